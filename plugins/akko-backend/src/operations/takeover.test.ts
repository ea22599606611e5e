import { TestDatabases } from '@backstage/backend-test-utils';
import { aCatalogue, aFailedJob } from '../testing/kubernetesObjects';
import type { StepPhase } from './steps';
import { dyingStore } from './__testUtils__/DyingStore';
import {
  AKKO,
  ANA,
  OperationBench,
  rerun,
} from './__testUtils__/OperationBench';

const PHASES: StepPhase[] = [
  'archiving',
  'deleting',
  'creating',
  'observing',
  'succeeded',
];

describe('two replicas on one database', () => {
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

  /** Creations without the trials before. */
  const countCreations = () => {
    const count = { value: 0 };
    const create = bench.prod.client.createJob.bind(bench.prod.client);
    bench.prod.client.createJob = async (namespace, job, options) => {
      const made = await create(namespace, job, options);
      count.value += options?.dryRun ? 0 : 1;
      return made;
    };
    return count;
  };

  it('make one Job of one operation', async () => {
    const old = bench.job();
    const creations = countCreations();
    const replicas = [bench.replica(), bench.replica()];
    const answers = await Promise.allSettled(
      replicas.flatMap(replica => [
        replica.request(AKKO, rerun('minio-init'), ANA),
        replica.request(AKKO, rerun('minio-init'), ANA),
      ]),
    );
    const [taken, ...more] = answers.filter(
      answer => answer.status === 'fulfilled',
    );
    expect(more).toEqual([]);
    await bench.replaced(old);
    bench.end();
    const ended = await bench.ended(taken.value);
    expect(ended.state).toBe('succeeded');
    expect(creations.value).toBe(1);
    await expect(replicas[1].get(ended.id)).resolves.toEqual(ended);
  });

  describe.each(PHASES)('when one dies at "%s"', phase => {
    it.each(['before it is stored', 'after it is stored'] as const)(
      '%s, the other ends the operation with one new Job',
      async when => {
        const old = bench.job()!;
        const creations = countCreations();
        let isDead = false;
        const dying = bench.replica(
          dyingStore(bench.store, phase, when, () => {
            isDead = true;
          }),
        );
        const operation = await dying.request(AKKO, rerun('minio-init'), ANA);
        const endWhenReplaced = () => {
          const job = bench.job();
          if (job && job.metadata!.uid !== old.metadata!.uid) {
            bench.end();
          }
        };
        await bench.until(() => {
          if (phase === 'succeeded') {
            endWhenReplaced();
          }
          return isDead;
        });
        bench.forget(dying);

        const other = bench.replica();
        const ended = await bench.until(
          () => {
            endWhenReplaced();
            return other.get(operation.id);
          },
          found => !!found?.finishedAt,
        );
        expect(ended).toMatchObject({ state: 'succeeded' });
        expect(creations.value).toBe(1);
        const oldRun = await bench.runs.getByUid('prod', old.metadata!.uid!);
        await expect(
          bench.runs.readManifest(oldRun!.id),
        ).resolves.toMatchObject({ metadata: { name: 'akko-minio-init' } });
      },
    );
  });

  it('hand an operation over at once when one of them stops', async () => {
    const old = bench.job();
    const first = bench.replica();
    const operation = await first.request(AKKO, rerun('minio-init'), ANA);
    await bench.replaced(old);
    await bench.until(
      () => first.get(operation.id),
      now => now!.steps[0].state === 'running',
    );
    bench.forget(first);
    await first.stop();
    await expect(
      bench.store.claim('next', new Date(0), new Date(bench.clock.now())),
    ).resolves.toEqual([operation.id]);
  });
});
