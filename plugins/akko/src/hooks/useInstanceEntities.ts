import { ANNOTATION_INSTANCE } from '@akko/backstage-plugin-akko-common';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  useEntityOwnership,
} from '@backstage/plugin-catalog-react';
import useAsync from 'react-use/esm/useAsync';

/** The catalog's entities of instances, as far as the viewer may see them. */
export interface InstanceEntities {
  isLoading: boolean;
  /** The catalog could not be asked. */
  error?: Error;
  /** The entity that is annotated with an instance. @param ref - `cluster/namespace/release` */
  entityOf(ref: string): Entity | undefined;
  /** Whether that entity belongs to the viewer or to a group of theirs. @param ref - `cluster/namespace/release` */
  isOwned(ref: string): boolean;
}

/** Asks the catalog once which entities are annotated with an instance. */
export function useInstanceEntities(): InstanceEntities {
  const catalog = useApi(catalogApiRef);
  const ownership = useEntityOwnership();
  const { error, loading, value } = useAsync(async () => {
    const { items } = await catalog.getEntities({
      filter: {
        [`metadata.annotations.${ANNOTATION_INSTANCE}`]: CATALOG_FILTER_EXISTS,
      },
      fields: ['kind', 'metadata', 'relations'],
    });
    return new Map(
      items.map(entity => [
        entity.metadata.annotations?.[ANNOTATION_INSTANCE]?.trim() ?? '',
        entity,
      ]),
    );
  }, [catalog]);
  const entityOf = (ref: string) => value?.get(ref);
  return {
    isLoading: loading || ownership.loading,
    error,
    entityOf,
    isOwned: ref => {
      const entity = entityOf(ref);
      return entity !== undefined && ownership.isOwnedEntity(entity);
    },
  };
}
