import type { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_INSTANCE,
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Type of the relation from an entity to those whom it belongs to. */
const OWNED_BY = 'ownedBy';

/** Asks the catalog, as the plugin itself, whom the entities belong to that are annotated with an instance. */
export function ownersOfInstance(options: {
  catalog: CatalogService;
  auth: AuthService;
}): (instance: InstanceRef) => Promise<string[]> {
  return async instance => {
    const { items } = await options.catalog.getEntities(
      {
        filter: {
          [`metadata.annotations.${ANNOTATION_INSTANCE}`]:
            stringifyInstanceRef(instance),
        },
        fields: ['relations'],
      },
      { credentials: await options.auth.getOwnServiceCredentials() },
    );
    return items.flatMap(({ relations = [] }) =>
      relations
        .filter(({ type }) => type === OWNED_BY)
        .map(({ targetRef }) => targetRef),
    );
  };
}
