import { TestDatabases } from '@backstage/backend-test-utils';
import type { Run } from '@akko/backstage-plugin-akko-common';
import { aRunRecord } from '../testing/aRunRecord';
import {
  aJob,
  aPod,
  aSucceededJob,
  terminated,
} from '../testing/kubernetesObjects';
import { RecorderBench } from './testing/RecorderBench';

const INSTANCE = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const REPORT = JSON.stringify({
  schema: 'akko.io/report/v1',
  job: 'minio-init',
  outcome: 'succeeded',
  totals: { created: 1, updated: 0, unchanged: 4, skipped: 0 },
});

describe('a recorder after a restart, or beside another', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: RecorderBench;

  beforeEach(async () => {
    bench = await RecorderBench.start(databases);
  });

  afterEach(() => bench.recorder.stop());

  it('records what ran while the portal was down from what is still there', async () => {
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0, { message: REPORT }) });
    await bench.recorder.stop();
    bench.prod.client.setLog('akko', pod.metadata!.name!, 'while away\n');
    bench.prod.set('jobs', job);
    bench.prod.set('pods', pod);

    bench.recorder = bench.makeRecorder();
    await bench.recorder.start();
    await bench.recorder.settled();
    expect(await bench.run(job)).toMatchObject({
      state: 'succeeded',
      report: { outcome: 'succeeded' },
    });
    expect(await bench.log(job)).toEqual({ text: 'while away\n' });
  });

  it('marks runs whose Jobs vanished while the portal was down', async () => {
    await bench.recorder.stop();
    await bench.store.upsert(
      aRunRecord({ uid: 'ran', state: 'running', finishedAt: undefined }),
    );
    await bench.store.upsert(aRunRecord({ uid: 'done', name: 'polaris-init' }));
    await bench.store.upsert(aRunRecord({ uid: 'elsewhere', cluster: 'test' }));

    bench.recorder = bench.makeRecorder();
    bench.fleet.cluster('test')!.mirror.synced = false;
    const gone = new Promise<void>(resolve => {
      let count = 0;
      bench.recorder.onRunChanged(() => ++count === 2 && resolve());
    });
    await bench.recorder.start();
    await gone;

    await expect(bench.store.getByUid('prod', 'ran')).resolves.toMatchObject({
      state: 'unknown',
      live: false,
    });
    await expect(bench.store.getByUid('prod', 'done')).resolves.toMatchObject({
      state: 'succeeded',
      live: false,
    });
    await expect(
      bench.store.getByUid('test', 'elsewhere'),
    ).resolves.toMatchObject({
      live: true,
    });
  });

  it('does not call a run gone because its own mirror does not have the Job yet', async () => {
    await bench.recorder.stop();
    const job = aJob({ uid: 'young' });
    await bench.store.upsert(aRunRecord({ uid: 'young', state: 'running' }));
    await bench.store.upsert(
      aRunRecord({ uid: 'gone', name: 'polaris-init', jobName: 'akko-gone' }),
    );
    jest
      .spyOn(bench.prod.client, 'getJob')
      .mockImplementation(async (_, name) =>
        name === 'akko-minio-init' ? job : undefined,
      );

    bench.recorder = bench.makeRecorder();
    const told = new Promise<Run>(resolve =>
      bench.recorder.onRunChanged(resolve),
    );
    await bench.recorder.start();
    await expect(told).resolves.toMatchObject({ uid: 'gone', live: false });
    await bench.recorder.settled();
    await expect(bench.store.getByUid('prod', 'young')).resolves.toMatchObject({
      state: 'running',
      live: true,
    });
  });

  it('asks neither cluster nor database about what a restart finds unchanged', async () => {
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0) });
    bench.prod.client.setLog('akko', pod.metadata!.name!, 'once\n');
    bench.prod.set('jobs', job);
    bench.prod.set('pods', pod);
    await bench.recorder.settled();
    await bench.recorder.stop();
    const calls = bench.prod.client.calls.length;
    const upsert = jest.spyOn(bench.store, 'upsert');

    bench.recorder = bench.makeRecorder();
    await bench.recorder.start();
    await bench.recorder.settled();
    expect(upsert).not.toHaveBeenCalled();
    expect(bench.prod.client.calls).toHaveLength(calls);
    expect(bench.recorder.knownInstances()).toEqual([INSTANCE]);
  });

  it('writes one row when two replicas record the same cluster', async () => {
    const other = bench.makeRecorder();
    await other.start();
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0) });
    bench.prod.client.setLog('akko', pod.metadata!.name!, 'both\n');
    bench.prod.set('jobs', job);
    bench.prod.set('pods', pod);
    await Promise.all([bench.recorder.settled(), other.settled()]);

    const page = await bench.store.list({
      instance: INSTANCE,
      name: 'minio-init',
      limit: 10,
    });
    expect(page.items).toHaveLength(1);
    expect(page.items[0].attempts).toHaveLength(1);
    expect(other.facts(INSTANCE)[0].lastRun.state).toBe('succeeded');
    await other.stop();
  });
});
