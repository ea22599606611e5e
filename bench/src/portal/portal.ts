import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { entities } from './entities';
import { serve } from '../child';
import { TOKEN } from './token';

/** Where the portal under test listens, and the one cluster that both plugins watch. */
export interface PortalOptions {
  port: number;
  kubeconfig: string;
  cluster: { url: string; token: string; caCertificate: string };
}

serve({
  /** A Backstage backend with this plugin and, as the peer, the Kubernetes plugin on the same cluster. */
  async start(options: PortalOptions) {
    const backend = createBackend();
    backend.add(
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () => new ConfigReader(configOf(options)),
      }),
    );
    backend.add(catalogServiceMock.factory({ entities }));
    backend.add(import('@akko/backstage-plugin-akko-backend'));
    backend.add(import('@backstage/plugin-events-backend'));
    backend.add(import('@backstage/plugin-signals-backend'));
    backend.add(import('@backstage/plugin-kubernetes-backend'));
    await backend.start();
  },
});

function configOf({ port, kubeconfig, cluster }: PortalOptions) {
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { port, host: '127.0.0.1' },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'bench' } },
        ],
      },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    akko: {
      clusters: [
        { name: 'bench', kubeconfig: { file: kubeconfig, context: 'bench' } },
      ],
      // One caller asks as often as it can.
      rateLimits: { reads: false, changes: false },
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      objectTypes: ['jobs', 'cronjobs', 'pods', 'configmaps'],
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'bench',
              url: cluster.url,
              authProvider: 'serviceAccount',
              serviceAccountToken: cluster.token,
              caData: Buffer.from(cluster.caCertificate).toString('base64'),
              skipMetricsLookup: true,
            },
          ],
        },
      ],
    },
  };
}
