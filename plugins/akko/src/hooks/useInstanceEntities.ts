import { ANNOTATION_INSTANCE } from '@akko/backstage-plugin-akko-common';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
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
  /** Whether the entity that is annotated with an instance belongs to the viewer or to a group of theirs. @param ref - `cluster/namespace/release` */
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
  return {
    isLoading: loading || ownership.loading,
    error,
    isOwned: ref => {
      const entity = value?.get(ref);
      return entity !== undefined && ownership.isOwnedEntity(entity);
    },
  };
}
