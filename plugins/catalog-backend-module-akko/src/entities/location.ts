import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  parseLocationRef,
  stringifyLocationRef,
  type Entity,
} from '@backstage/catalog-model';

/** Type of the locations that the provider's entities come from. */
const LOCATION_TYPE = 'akko';

/** Annotations that tell the catalog where an entity comes from. */
export function locationAnnotations(target: string): Record<string, string> {
  const location = stringifyLocationRef({ type: LOCATION_TYPE, target });
  return {
    [ANNOTATION_LOCATION]: location,
    [ANNOTATION_ORIGIN_LOCATION]: location,
  };
}

/** Where an entity came from at first; empty where it does not say. */
export function originOf(entity: Entity): string {
  return entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION] ?? '';
}

/** Whether an entity is this provider's. The catalog itself writes where an entity comes from, so nobody else can say this. */
export function isOfProvider(entity: Entity): boolean {
  try {
    return parseLocationRef(originOf(entity)).type === LOCATION_TYPE;
  } catch {
    return false;
  }
}
