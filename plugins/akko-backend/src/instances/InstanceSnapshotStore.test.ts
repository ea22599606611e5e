import { testDatabases } from '../database/testing/testDatabases';
import { InstanceSnapshotStore } from './InstanceSnapshotStore';
import type { JobCatalogue } from './types';

const REF = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const CATALOGUE: JobCatalogue = {
  fromChart: true,
  chart: 'akko-init-1.0.0',
  revision: 14,
  labels: { 'akko.io/owner': 'analytics' },
  jobs: [
    {
      name: 'minio-init',
      title: 'Object storage',
      enabled: true,
      dependsOn: [],
      simulated: false,
    },
  ],
  backups: [
    {
      name: 'backup-postgres',
      title: 'PostgreSQL backup',
      enabled: true,
      schedule: '30 2 * * *',
    },
  ],
  drills: [
    { name: 'drill-postgres', title: 'PostgreSQL drill', enabled: true },
  ],
};

describe.each(testDatabases())('sights of instances on $name', ({ create }) => {
  let store: InstanceSnapshotStore;

  beforeEach(async () => {
    store = await InstanceSnapshotStore.create({ database: await create() });
  });

  it('gives back what was seen last of each instance', async () => {
    const other = { ...REF, release: 'other' };
    await store.save({ ref: REF, catalogue: { ...CATALOGUE, revision: 13 } });
    await store.save({ ref: other, catalogue: CATALOGUE });
    await store.save({ ref: REF, catalogue: CATALOGUE });

    const sights = await store.list();
    expect(sights).toHaveLength(2);
    expect(sights).toContainEqual({ ref: REF, catalogue: CATALOGUE });
    expect(sights).toContainEqual({ ref: other, catalogue: CATALOGUE });
  });

  it('keeps no manifests', async () => {
    const [job] = CATALOGUE.jobs;
    await store.save({
      ref: REF,
      catalogue: {
        ...CATALOGUE,
        jobs: [{ ...job, manifest: { kind: 'Job' } }],
      },
    });
    expect((await store.list())[0].catalogue).toEqual(CATALOGUE);
  });

  it('takes writes of several replicas side by side', async () => {
    await Promise.all(
      Array.from({ length: 5 }, () =>
        store.save({ ref: REF, catalogue: CATALOGUE }),
      ),
    );
    await expect(store.list()).resolves.toHaveLength(1);
  });
});
