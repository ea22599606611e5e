import type { AkkoClient } from '@akko/backstage-plugin-akko-common';
import { createApiRef } from '@backstage/core-plugin-api';

/**
 * What the pages and cards ask of the backend; {@link AkkoClient} answers.
 * @public
 */
export type AkkoApi = Pick<AkkoClient, keyof AkkoClient>;

/** @public */
export const akkoApiRef = createApiRef<AkkoApi>({ id: 'plugin.akko.service' });
