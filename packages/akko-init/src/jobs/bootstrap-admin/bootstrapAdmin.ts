import { defineJob } from '../../core/Job';
import { KeycloakSession } from '../../keycloak/KeycloakSession';
import { ensureAdmin } from './adminUser';
import { bootstrapAdminConfig } from './config';
import { ensureDefaultRole, ensureRoles } from './realmRoles';

/** Makes the platform's realm roles and its first administrator. */
export const bootstrapAdmin = defineJob({
  name: 'bootstrap-admin',
  summary: 'Realm roles and the first administrator in Keycloak',
  config: bootstrapAdminConfig,
  async run(context) {
    const keycloak = new KeycloakSession(context);
    const realm = await keycloak.whenReady();
    await ensureRoles(context, keycloak);
    await ensureDefaultRole(context, keycloak, realm);
    await ensureAdmin(context, keycloak);
  },
});
