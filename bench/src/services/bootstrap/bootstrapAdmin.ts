import { KeycloakAdmin } from '../clients/KeycloakAdmin';
import type { BootstrapJob } from './types';

const ROLES = [
  'akko-admin',
  'akko-engineer',
  'akko-analyst',
  'akko-user',
  'akko-viewer',
];
const DEFAULT_ROLE = 'akko-analyst';
const ADMIN = {
  username: 'admin-akko',
  email: 'admin@akko.local',
  password: 'only-for-the-benchmark',
};

/** The realm roles and the first administrator, in a realm of their own. */
export const bootstrapAdmin: BootstrapJob = {
  name: 'bootstrap-admin',
  what: `${ROLES.length} realm roles, the default role, the first administrator`,
  peer: 'kcadm.sh in the pod of Keycloak',
  script: require.resolve('../scripts/bootstrap-admin.sh'),
  async prepare({ cluster, cleanup }, names) {
    const keycloak = await KeycloakAdmin.connect(cluster);
    const realm = `${names}-admin`;
    const { username, email, password } = ADMIN;
    cleanup.add(`realm ${realm}`, () => keycloak.deleteRealm(realm));
    await keycloak.createRealm(realm);
    return {
      ours: {
        config: {
          keycloak: keycloak.config(realm),
          roles: ROLES.map(name => ({ name, description: `Role ${name}` })),
          defaultRole: DEFAULT_ROLE,
          admin: {
            enabled: true,
            username,
            email,
            password: { env: 'INITIAL_ADMIN_PASSWORD' },
            temporaryPassword: true,
            roles: ['akko-admin'],
          },
        },
        env: { ...keycloak.env, INITIAL_ADMIN_PASSWORD: password },
      },
      peer: {
        ...cluster.kubectlEnv,
        ...keycloak.env,
        REALM: realm,
        ROLES: ROLES.join(' '),
        DEFAULT_ROLE,
        ADMIN_USERNAME: username,
        ADMIN_EMAIL: email,
        ADMIN_PASSWORD: password,
        ADMIN_ROLE: 'akko-admin',
      },
      async observe() {
        const sortedNames = (roles: any[]) =>
          roles.map(({ name }) => name).sort();
        const [user] = await keycloak.read(
          realm,
          `users?username=${username}&exact=true`,
        );
        return JSON.stringify({
          roles: sortedNames(await keycloak.read(realm, 'roles')),
          inDefaultRole: sortedNames(
            await keycloak.read(
              realm,
              `roles/default-roles-${realm}/composites`,
            ),
          ),
          user: [user.username, user.email, user.enabled, user.requiredActions],
          userRoles: sortedNames(
            await keycloak.read(realm, `users/${user.id}/role-mappings/realm`),
          ),
        });
      },
    };
  },
};
