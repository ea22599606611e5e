import {
  ANNOTATION_INSTANCE,
  parseInstanceRef,
  stringifyInstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { notPassedOn } from '../task/notPassedOn';

/** The two ways in which a template says which instance it means. */
export interface InstanceInput {
  /** `cluster/namespace/release` */
  instance?: string;
  /** Of an entity that has the annotation `akko.io/instance`. */
  entityRef?: string;
}

/** What {@link instanceOf} works with. */
export interface InstanceOfOptions {
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  /** Of whoever started the task: only entities that they may see count. */
  credentials: BackstageCredentials;
}

/**
 * Finds out which instance a step is about. An empty text, as a form gives for a field that was left out, counts as nothing.
 * @returns the ref, `cluster/namespace/release`
 * @throws InputError, NotFoundError
 */
export async function instanceOf(
  { entityRef, instance }: InstanceInput,
  options: InstanceOfOptions,
): Promise<string> {
  if (Boolean(instance) === Boolean(entityRef)) {
    throw new InputError(
      `Give ${
        instance ? 'only one of' : 'one of'
      } the inputs instance (cluster/namespace/release) and entityRef (an entity with the annotation ${ANNOTATION_INSTANCE}).`,
    );
  }
  return instance
    ? refOf(instance, 'The input instance')
    : refOfEntity(entityRef!, options);
}

async function refOfEntity(
  text: string,
  { catalog, credentials }: InstanceOfOptions,
): Promise<string> {
  const entityRef = stringifyEntityRef(
    parseEntityRef(text, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    }),
  );
  const entity = await catalog
    .getEntityByRef(entityRef, { credentials })
    .catch(error => {
      throw notPassedOn(error, 'catalog');
    });
  if (!entity) {
    throw new NotFoundError(
      `There is no entity ${entityRef} in the catalog, or you may not see it.`,
    );
  }
  const annotation = entity.metadata.annotations?.[ANNOTATION_INSTANCE];
  if (!annotation) {
    throw new InputError(
      `Entity ${entityRef} stands for no AKKO instance. Give it the annotation ${ANNOTATION_INSTANCE}: cluster/namespace/release, or choose another.`,
    );
  }
  return refOf(
    annotation,
    `The annotation ${ANNOTATION_INSTANCE} of ${entityRef}`,
  );
}

function refOf(text: string, where: string): string {
  const ref = parseInstanceRef(text);
  if (!ref) {
    throw new InputError(
      `${where} is no instance ref: '${text}'. Write cluster/namespace/release.`,
    );
  }
  return stringifyInstanceRef(ref);
}
