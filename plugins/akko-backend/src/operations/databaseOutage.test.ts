import { TestDatabases } from '@backstage/backend-test-utils';
import { aCatalogue, aFailedJob } from '../testing/kubernetesObjects';
import type { OperationStore } from './OperationStore';
import type { StepRecord } from './steps';
import {
  AKKO,
  ANA,
  OperationBench,
  rerun,
} from './__testUtils__/OperationBench';

/** The store with some calls replaced. */
function storeWith(
  store: OperationStore,
  calls: Partial<OperationStore>,
): OperationStore {
  return new Proxy(store, {
    get: (target, name: keyof OperationStore) =>
      calls[name] ?? (target[name] as Function).bind(target),
  });
}

describe('operations while the database does not answer', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: OperationBench;

  beforeEach(async () => {
    bench = await OperationBench.start(databases);
    bench.prod.set(
      'configmaps',
      aCatalogue({ jobs: [{ name: 'minio-init' }] }),
    );
    bench.prod.set('jobs', aFailedJob());
    await bench.recorder.settled();
  });
  afterEach(() => bench.stop());

  it.each(['deleting', 'creating', 'observing'] as const)(
    'go on when it answers again, with one new Job: %s could not be stored',
    async phase => {
      const old = bench.job();
      let failures = 0;
      const service = bench.replica(
        storeWith(bench.store, {
          saveStep: async (id, owner, step) => {
            if (step.phase === phase && failures < 6) {
              failures++;
              throw new Error('the database is down');
            }
            await bench.store.saveStep(id, owner, step);
          },
        }),
      );
      const operation = await service.request(AKKO, rerun('minio-init'), ANA);
      const job = await bench.replaced(old);
      await bench.until(
        () => service.get(operation.id),
        now => now!.steps[0].state === 'running',
      );
      bench.end();
      await expect(bench.ended(operation)).resolves.toMatchObject({
        state: 'succeeded',
      });
      expect(failures).toBe(6);
      expect(bench.job()!.metadata!.uid).toBe(job.metadata!.uid);
    },
  );

  it('are carried out once by a replica whose leases could not be renewed', async () => {
    const old = bench.job();
    const saved: StepRecord[] = [];
    const service = bench.replica(
      storeWith(bench.store, {
        renew: async () => {
          throw new Error('the database is down');
        },
        saveStep: async (id, owner, step) => {
          saved.push(step);
          await bench.store.saveStep(id, owner, step);
        },
      }),
    );
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    await bench.replaced(old);
    const until = bench.clock.now() + 60_000;
    await bench.until(() => bench.clock.now() > until);
    bench.end();
    await expect(bench.ended(operation)).resolves.toMatchObject({
      state: 'succeeded',
    });
    expect(saved.map(({ phase }) => phase)).toEqual([
      'archiving',
      'deleting',
      'creating',
      'observing',
      'succeeded',
    ]);
  });
});
