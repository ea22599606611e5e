import { z } from 'zod';
import { commonConfig } from '../../core/loadConfig';
import { secretSource } from '../../core/Secrets';
import { keycloakConfig } from '../../keycloak/keycloakConfig';

const adminConfig = z.strictObject({
  /** Whether a first administrator is made. */
  enabled: z.boolean().default(true),
  username: z.string().min(1),
  email: z.email(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  /** Needed only while there is no such user. */
  password: secretSource,
  /** Whether Keycloak asks for another password at the first sign-in. */
  temporaryPassword: z.boolean().default(true),
  /** Realm roles. */
  roles: z.array(z.string().min(1)).default([]),
});

/** Configuration of `bootstrap-admin`. */
export const bootstrapAdminConfig = z.strictObject({
  ...commonConfig,
  keycloak: keycloakConfig,
  roles: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        description: z.string().optional(),
      }),
    )
    .default([]),
  /** A realm role that every user of the realm gets. */
  defaultRole: z.string().min(1).optional(),
  admin: adminConfig,
});

/** See {@link bootstrapAdminConfig}. */
export type BootstrapAdminConfig = z.output<typeof bootstrapAdminConfig>;

/** The first administrator as the values describe it. */
export type AdminConfig = BootstrapAdminConfig['admin'];
