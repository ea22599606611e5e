import { KeycloakAdmin } from '../clients/KeycloakAdmin';
import type { BootstrapJob } from './types';

/** Clients, and the name before the domain where each is. */
const CLIENTS = {
  'oauth2-proxy': 'cockpit',
  airflow: 'airflow',
  grafana: 'dashboards',
  jupyterhub: 'lab',
  minio: 'minio',
  openmetadata: 'metadata',
  polaris: 'catalog',
  superset: 'bi',
};
const DOMAIN = 'akko.local';

/** The OAuth clients with their redirect URIs, in a realm of their own. */
export const keycloakClients: BootstrapJob = {
  name: 'keycloak-clients',
  what: `${Object.keys(CLIENTS).length} clients with redirect URIs`,
  peer: 'kcadm.sh in the pod of Keycloak',
  script: require.resolve('../scripts/keycloak-clients.sh'),
  async prepare({ cluster, cleanup }, names) {
    const keycloak = await KeycloakAdmin.connect(cluster);
    const realm = `${names}-clients`;
    cleanup.add(`realm ${realm}`, () => keycloak.deleteRealm(realm));
    await keycloak.createRealm(realm);
    return {
      ours: {
        config: {
          keycloak: keycloak.config(realm),
          domain: DOMAIN,
          clients: Object.entries(CLIENTS).map(([clientId, host]) => ({
            clientId,
            redirectUris: [`https://${host}.{domain}/*`],
            webOrigins: [`https://${host}.{domain}`],
          })),
        },
        env: keycloak.env,
      },
      peer: {
        ...cluster.kubectlEnv,
        ...keycloak.env,
        REALM: realm,
        CLIENTS: Object.entries(CLIENTS)
          .map(([clientId, host]) => `${clientId}=https://${host}.${DOMAIN}`)
          .join(' '),
      },
      async observe() {
        const clients: any[] = await keycloak.read(realm, 'clients');
        return clients
          .filter(({ clientId }) => clientId in CLIENTS)
          .map(
            ({ clientId, enabled, publicClient, redirectUris, webOrigins }) =>
              JSON.stringify({
                clientId,
                enabled,
                publicClient,
                redirectUris,
                webOrigins,
              }),
          )
          .sort()
          .join('\n');
      },
    };
  },
};
