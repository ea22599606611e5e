import { TestDatabases } from '@backstage/backend-test-utils';
import { ClusterCallError } from '../clusters/ClusterCallError';
import {
  aCatalogue,
  aFailedJob,
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

function unreachable(): ClusterCallError {
  return new ClusterCallError({
    kind: 'unreachable',
    cluster: 'prod',
    message: 'connection refused',
  });
}

describe('FleetRunRecorder', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: RecorderBench;

  beforeEach(async () => {
    bench = await RecorderBench.start(databases);
  });

  afterEach(() => bench.recorder.stop());

  it('records a run from its first sight to its end, with log, report and manifest', async () => {
    const uid = 'job-1';
    bench.prod.set('configmaps', aCatalogue());
    bench.prod.set('jobs', aJob({ uid }));
    await bench.recorder.settled();
    const job = aJob({ uid, startedAt: '2026-11-01T10:00:01Z' });
    bench.prod.set('jobs', job);
    const pod = aPod(job, { uid: 'pod-1' });
    bench.prod.set('pods', pod);
    await bench.recorder.settled();
    bench.prod.client.setLog('akko', pod.metadata!.name!, 'Bucket created\n');
    bench.prod.set(
      'pods',
      aPod(job, { uid: 'pod-1', state: terminated(0, { message: REPORT }) }),
    );
    bench.prod.set('jobs', aSucceededJob({ uid }));
    await bench.recorder.settled();

    expect(await bench.run(job)).toMatchObject({
      state: 'succeeded',
      trigger: { type: 'helm', revision: 14 },
      durationSeconds: 12,
      exitCode: 0,
      report: { totals: { created: 1 } },
      attempts: [{ number: 1, pod: pod.metadata!.name, hasLog: true }],
      live: true,
    });
    expect(await bench.log(job)).toEqual({ text: 'Bucket created\n' });
    expect(
      (await bench.store.lastManifest(INSTANCE, 'minio-init'))?.metadata?.name,
    ).toBe('akko-minio-init');
    const states = bench.changes.map(({ run }) => run.state);
    expect([...new Set(states)]).toEqual(['pending', 'running', 'succeeded']);
    expect(bench.recorder.facts(INSTANCE)[0]).toMatchObject({
      name: 'minio-init',
      lastRun: { state: 'succeeded' },
      lastSuccessAt: '2026-11-01T10:00:13.000Z',
      usualDurationSeconds: 12,
    });
  });

  it('keeps the line that tells most of a failed run, with secrets masked', async () => {
    const job = aFailedJob({
      env: [{ name: 'PGPASSWORD', value: 'hunter22' }],
    });
    const pod = aPod(job, { state: terminated(1) });
    bench.prod.client.setLog(
      'akko',
      pod.metadata!.name!,
      'Connecting with hunter22\nFATAL: password authentication failed\nexit status 1\n',
    );
    bench.prod.set('jobs', job);
    bench.prod.set('pods', pod);
    await bench.recorder.settled();

    expect(await bench.run(job)).toMatchObject({
      state: 'failed',
      finishedAt: '2026-11-01T10:00:20.000Z',
      reason: 'BackoffLimitExceeded',
      exitCode: 1,
      errorLine: 'FATAL: password authentication failed',
    });
    expect((await bench.log(job))?.text).toContain('Connecting with ***');
  });

  it('reads the log when the container ends, before the Job has ended', async () => {
    const job = aJob({ startedAt: '2026-11-01T10:00:01Z' });
    const pod = aPod(job, { state: terminated(0) });
    bench.prod.client.setLog('akko', pod.metadata!.name!, 'done\n');
    bench.prod.set('jobs', job);
    bench.prod.set('pods', pod);
    await bench.recorder.settled();

    expect((await bench.run(job))?.state).toBe('running');
    expect(await bench.log(job)).toEqual({ text: 'done\n' });
  });

  it('calls a run unknown when its Job vanishes before its end is seen', async () => {
    const job = aJob({ startedAt: '2026-11-01T10:00:01Z' });
    bench.prod.set('jobs', job);
    bench.prod.remove('jobs', 'akko', 'akko-minio-init');
    await bench.recorder.settled();

    expect(await bench.run(job)).toMatchObject({
      state: 'unknown',
      live: false,
      reason: 'JobGone',
    });
  });

  it('takes the end from the last state of a deleted Job', async () => {
    const uid = 'job-1';
    bench.prod.set('jobs', aJob({ uid }));
    const last = aSucceededJob({ uid });
    bench.prod.remove('jobs', 'akko', 'akko-minio-init', last);
    await bench.recorder.settled();

    expect(await bench.run(last)).toMatchObject({
      state: 'succeeded',
      live: false,
    });
  });

  it('keeps log, report and outcome of 100 Jobs that vanish as soon as their logs are read', async () => {
    const jobs = Array.from({ length: 100 }, (_, index) =>
      aSucceededJob({
        uid: `job-${index}`,
        release: `r${index}`,
      }),
    );
    const allRead = Promise.all(
      jobs.map(job => {
        const pod = aPod(job, {
          uid: `pod-${job.metadata!.uid}`,
          state: terminated(0, { message: REPORT }),
        });
        return new Promise<void>(resolve => {
          bench.prod.client.setLog('akko', pod.metadata!.name!, () => {
            resolve();
            return `log of ${job.metadata!.uid}\n`;
          });
          bench.prod.set('jobs', job);
          bench.prod.set('pods', pod);
        });
      }),
    );
    await allRead;
    for (const job of jobs) {
      const name = job.metadata!.name!;
      bench.prod.remove('jobs', 'akko', name);
      bench.prod.remove('pods', 'akko', `${name}-abcde`);
    }
    await bench.recorder.settled();

    for (const job of jobs) {
      expect(await bench.run(job)).toMatchObject({
        state: 'succeeded',
        live: false,
        report: { outcome: 'succeeded' },
        attempts: [{ hasLog: true }],
      });
      expect(await bench.log(job)).toEqual({
        text: `log of ${job.metadata!.uid}\n`,
      });
    }
  });

  it('tells when a log was gone before it could be read', async () => {
    const job = aFailedJob();
    bench.prod.set('jobs', job);
    bench.prod.set('pods', aPod(job, { state: terminated(1) }));
    await bench.recorder.settled();

    const run = await bench.run(job);
    expect(run?.attempts[0].hasLog).toBe(false);
    expect(run?.attempts[0].message).toContain('gone before it could be read');
  });

  it('reads a log again after the cluster refused or dropped the call', async () => {
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0) });
    bench.prod.client.setLog('akko', pod.metadata!.name!, 'here\n');
    for (let times = 0; times < 3; times++) {
      bench.prod.client.failNext('podLog', unreachable());
    }
    bench.prod.set('jobs', job);
    bench.prod.set('pods', pod);
    await bench.recorder.settled();

    expect(await bench.log(job)).toEqual({ text: 'here\n' });
  });

  it('reads logs at the next contact when the cluster did not answer for long', async () => {
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0) });
    let answers = false;
    bench.prod.client.setLog('akko', pod.metadata!.name!, () => {
      if (!answers) {
        throw unreachable();
      }
      return 'late\n';
    });
    bench.prod.set('jobs', job);
    bench.prod.set('pods', pod);
    await bench.recorder.settled();
    expect(await bench.log(job)).toBeUndefined();

    answers = true;
    bench.prod.sync();
    await bench.recorder.settled();
    expect(await bench.log(job)).toEqual({ text: 'late\n' });
    expect((await bench.run(job))?.attempts[0].message).toBeUndefined();
  });

  it('keeps every attempt of a pod that restarts in place, also after the pod is deleted', async () => {
    const job = aJob({ startedAt: '2026-11-01T10:00:01Z' });
    const name = `${job.metadata!.name}-abcde`;
    bench.prod.client.setLog('akko', name, ({ previous }) =>
      previous ? 'Error: first\n' : 'Error: second\n',
    );
    bench.prod.set('jobs', job);
    const first = terminated(1, {
      at: '2026-11-01T10:00:05Z',
      containerId: 'c1',
    });
    bench.prod.set(
      'pods',
      aPod(job, { uid: 'p', state: first, containerId: 'c1' }),
    );
    await bench.recorder.settled();
    bench.prod.set(
      'pods',
      aPod(job, {
        uid: 'p',
        restarts: 1,
        lastState: first,
        state: terminated(2, { containerId: 'c2' }),
        containerId: 'c2',
      }),
    );
    await bench.recorder.settled();
    bench.prod.remove('pods', 'akko', name);
    bench.prod.set('jobs', aFailedJob({ uid: job.metadata!.uid }));
    await bench.recorder.settled();

    expect(await bench.run(job)).toMatchObject({
      state: 'failed',
      exitCode: 2,
      errorLine: 'Error: second',
      attempts: [
        { number: 1, exitCode: 1, hasLog: true },
        { number: 2, exitCode: 2, hasLog: true },
      ],
    });
    // Read when it was the present container's, so not as the previous one.
    expect((await bench.log(job, 1))?.text).toBe('Error: second\n');
  });

  it('writes again when the database failed', async () => {
    const job = aSucceededJob();
    jest
      .spyOn(bench.store, 'upsert')
      .mockRejectedValueOnce(new Error('database is locked'));
    bench.prod.set('jobs', job);
    await bench.recorder.settled();
    expect(await bench.run(job)).toMatchObject({ state: 'succeeded' });
  });

  it('survives a listener that throws', async () => {
    bench.recorder.onRunChanged(() => {
      throw new Error('broken');
    });
    const job = aSucceededJob();
    bench.prod.set('jobs', job);
    await bench.recorder.settled();
    expect(await bench.run(job)).toBeDefined();
  });

  it('ignores Jobs that are not AKKO jobs', async () => {
    const job = aSucceededJob({ name: 'something', labels: {} });
    bench.prod.set('jobs', job);
    await bench.recorder.settled();
    expect(await bench.run(job)).toBeUndefined();
    await expect(bench.recorder.archive('prod', job)).rejects.toThrow(
      'is not an AKKO job',
    );
  });
});
