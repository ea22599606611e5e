import { ANNOTATION_INSTANCE } from '@akko/backstage-plugin-akko-common';
import type { Entity } from '@backstage/catalog-model';

/**
 * Whether an entity is annotated with an AKKO instance, `akko.io/instance`.
 * @public
 */
export function isAkkoAvailable(entity: Entity): boolean {
  return Boolean(entity.metadata.annotations?.[ANNOTATION_INSTANCE]);
}
