import { z } from 'zod';
import { commonConfig } from '../../core/loadConfig';
import { secretSource } from '../../core/Secrets';
import { keycloakConfig } from '../../keycloak/keycloakConfig';

const directoryConfig = z.strictObject({
  /** Name of the user federation in Keycloak. */
  name: z.string().min(1),
  /** As Keycloak reaches it. */
  url: z.url({ protocol: /^ldaps?$/ }),
  bindDn: z.string().min(1),
  bindPassword: secretSource,
  usersDn: z.string().min(1),
  usernameAttribute: z.string().min(1).default('uid'),
  rdnAttribute: z.string().min(1).default('uid'),
  uuidAttribute: z.string().min(1).default('entryUUID'),
  userObjectClasses: z.array(z.string().min(1)).min(1),
  /** Keycloak's name of the kind of directory: `other`, `ad`, `rhds`, `tivoli`, `edirectory`. */
  vendor: z.string().min(1).default('other'),
  /** Where groups are whose names are those of realm roles; without it no roles come from the directory. */
  groupsDn: z.string().min(1).optional(),
});

/** Configuration of `keycloak-sync`. */
export const keycloakSyncConfig = z.strictObject({
  ...commonConfig,
  keycloak: keycloakConfig,
  directory: directoryConfig,
  /** What is synchronised: users that changed since the last time, or all of them. */
  sync: z.enum(['changed', 'full']).default('changed'),
});

/** See {@link keycloakSyncConfig}. */
export type KeycloakSyncConfig = z.output<typeof keycloakSyncConfig>;

/** The directory as the values describe it. */
export type DirectoryConfig = KeycloakSyncConfig['directory'];
