import { PolarisAdmin } from '../clients/PolarisAdmin';
import type { BootstrapJob } from './types';

const NAMESPACES = [
  'banking',
  'healthcare',
  'retail',
  'telecom',
  'manufacturing',
  'raw',
  'staging',
  'analytics',
];
const ENDPOINT = 'http://akko-minio:9000';
const REGION = 'us-east-1';

/** The Iceberg catalog with its namespaces. */
export const polarisInit: BootstrapJob = {
  name: 'polaris-init',
  what: `a catalog with ${NAMESPACES.length} namespaces, on the testbed's stand-in of Polaris`,
  peer: 'curl',
  script: require.resolve('../scripts/polaris-init.sh'),
  async prepare({ cluster, cleanup }, names) {
    const polaris = await PolarisAdmin.connect(cluster);
    const catalog = `${names}-warehouse`;
    const baseLocation = `s3://${catalog}`;
    cleanup.add(`catalog ${catalog}`, () => polaris.deleteCatalog(catalog));
    return {
      ours: {
        config: {
          polaris: {
            url: polaris.url,
            healthUrl: polaris.healthUrl,
            clientId: 'root',
            clientSecret: { env: 'POLARIS_ROOT_SECRET' },
          },
          catalog: {
            name: catalog,
            storage: {
              type: 'S3',
              baseLocation,
              endpoint: ENDPOINT,
              region: REGION,
              pathStyleAccess: true,
            },
          },
          namespaces: NAMESPACES,
        },
        env: { POLARIS_ROOT_SECRET: polaris.rootSecret },
      },
      peer: {
        POLARIS_URL: polaris.url,
        POLARIS_HEALTH_URL: polaris.healthUrl,
        POLARIS_ROOT_SECRET: polaris.rootSecret,
        CATALOG: catalog,
        CATALOG_JSON: JSON.stringify({
          catalog: {
            name: catalog,
            type: 'INTERNAL',
            properties: { 'default-base-location': baseLocation },
            storageConfigInfo: {
              storageType: 'S3',
              allowedLocations: [baseLocation],
              endpoint: ENDPOINT,
              region: REGION,
              pathStyleAccess: true,
            },
          },
        }),
        NAMESPACES: NAMESPACES.join(' '),
      },
      async observe() {
        const { catalog: made, namespaces } = (await polaris.read(catalog))!;
        const { storageType, allowedLocations, endpoint, region } =
          made.storageConfigInfo;
        return JSON.stringify({
          properties: made.properties,
          storage: { storageType, allowedLocations, endpoint, region },
          namespaces: namespaces.sort(),
        });
      },
    };
  },
};
