import { z } from 'zod';
import { baseUrl } from '../core/loadConfig';
import { secretSource } from '../core/Secrets';

/** How to reach Keycloak's Admin API, and the realm that is worked on. */
export const keycloakConfig = z.strictObject({
  url: baseUrl,
  /** The realm of the platform. */
  realm: z.string().min(1).default('akko'),
  /** The realm in which the administrator signs in. */
  adminRealm: z.string().min(1).default('master'),
  /** A public client of that realm with direct access grants. */
  adminClientId: z.string().min(1).default('admin-cli'),
  user: secretSource,
  password: secretSource,
});

/** See {@link keycloakConfig}. */
export type KeycloakConfig = z.output<typeof keycloakConfig>;
