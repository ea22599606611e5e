import {
  ANNOTATION_INSTANCE,
  parseInstanceRef,
  stringifyInstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { isOfProvider, originOf } from '../entities';
import type { PublishedInstance } from './types';

/** What the catalog has of instances. */
export interface CatalogSight {
  /** Entities of the provider. */
  published: PublishedInstance[];
  /** Refs of the instances that entities written by hand stand for. */
  describedByHand: ReadonlySet<string>;
}

/**
 * Asks the catalog which of its entities are annotated with an instance.
 *
 * @param options - `trustedLocations`: beginnings of the origin locations whose entities may stand for an instance
 */
export async function readCatalog(options: {
  auth: AuthService;
  catalog: CatalogService;
  trustedLocations: readonly string[];
}): Promise<CatalogSight> {
  const { auth, catalog, trustedLocations } = options;
  const published: PublishedInstance[] = [];
  const describedByHand = new Set<string>();
  const pages = catalog.streamEntities(
    {
      query: {
        [`metadata.annotations.${ANNOTATION_INSTANCE}`]: { $exists: true },
      },
      fields: ['kind', 'metadata'],
    },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  for await (const page of pages) {
    for (const entity of page) {
      const { annotations, labels } = entity.metadata;
      const ref = parseInstanceRef(annotations?.[ANNOTATION_INSTANCE] ?? '');
      if (!ref) {
        continue;
      }
      if (isOfProvider(entity)) {
        published.push({ ref, labels });
      } else if (
        trustedLocations.some(place => originOf(entity).startsWith(place))
      ) {
        describedByHand.add(stringifyInstanceRef(ref));
      }
    }
  }
  return { published, describedByHand };
}
