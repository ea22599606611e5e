import { ALIAS, ObjectStorage } from '../clients/ObjectStorage';
import type { BootstrapJob } from './types';

const BUCKETS = ['warehouse', 'production', 'projects', 'shared', 'users'];

/** The buckets of a release. */
export const minioInit: BootstrapJob = {
  name: 'minio-init',
  what: `${BUCKETS.length} buckets`,
  peer: 'mc',
  script: require.resolve('../scripts/minio-init.sh'),
  async prepare({ cluster, tidying, programs, cleanup }, names) {
    const storage = await ObjectStorage.connect(cluster, tidying, programs);
    const buckets = BUCKETS.map(name => `${names}-${name}`);
    for (const bucket of buckets) {
      cleanup.add(`bucket ${bucket}`, () => storage.removeBucket(bucket));
    }
    return {
      ours: {
        config: {
          objectStorage: storage.config,
          buckets: buckets.map(name => ({ name })),
        },
        env: storage.env,
      },
      peer: {
        ...storage.env,
        MC: programs.mc,
        ALIAS,
        ENDPOINT: storage.endpoint,
        BUCKETS: buckets.join(' '),
      },
      async observe() {
        return (await storage.buckets(`${names}-`)).join('\n');
      },
    };
  },
};
