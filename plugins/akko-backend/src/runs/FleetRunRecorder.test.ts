import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Run } from '@akko/backstage-plugin-akko-common';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { ClusterCallError } from '../clusters/ClusterCallError';
import { aRunRecord } from '../testing/aRunRecord';
import { FakeFleet } from '../testing/FakeFleet';
import {
  aCatalogue,
  aFailedJob,
  aJob,
  aPod,
  aSucceededJob,
  terminated,
} from '../testing/kubernetesObjects';
import { DatabaseRunStore } from './DatabaseRunStore';
import { FleetRunRecorder } from './FleetRunRecorder';
import { runIdOf } from './runId';

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
  let fleet: FakeFleet;
  let store: DatabaseRunStore;
  let recorder: FleetRunRecorder;
  let changes: { run: Run; stored: boolean }[];

  const makeRecorder = (options: { slow?: boolean } = {}) => {
    const made = new FleetRunRecorder({
      fleet,
      store,
      logger: mockServices.logger.mock(),
      sleep: options.slow
        ? undefined
        : async (_, signal) => signal.throwIfAborted(),
    });
    return made;
  };
  const prod = () => fleet.cluster('prod')!;
  const stored = (job: V1Job) => store.get(runIdOf('prod', job.metadata!.uid!));
  const log = (job: V1Job, attempt = 1) =>
    store.readLog(runIdOf('prod', job.metadata!.uid!), attempt);

  beforeEach(async () => {
    fleet = new FakeFleet('prod', 'test');
    const client = await databases.init('SQLITE_3');
    store = await DatabaseRunStore.create({
      database: { getClient: async () => client },
    });
    recorder = makeRecorder();
    changes = [];
    recorder.onRunChanged((run, { stored: wrote }) =>
      changes.push({ run, stored: wrote }),
    );
    await recorder.start();
  });

  afterEach(() => recorder.stop());

  it('records a run from its first sight to its end, with log, report and manifest', async () => {
    const uid = 'job-1';
    prod().set('configmaps', aCatalogue());
    prod().set('jobs', aJob({ uid }));
    await recorder.settled();
    const job = aJob({ uid, startedAt: '2026-11-01T10:00:01Z' });
    prod().set('jobs', job);
    const pod = aPod(job, { uid: 'pod-1' });
    prod().set('pods', pod);
    await recorder.settled();
    prod().client.setLog('akko', pod.metadata!.name!, 'Bucket created\n');
    prod().set(
      'pods',
      aPod(job, { uid: 'pod-1', state: terminated(0, { message: REPORT }) }),
    );
    prod().set('jobs', aSucceededJob({ uid }));
    await recorder.settled();

    expect(await stored(job)).toMatchObject({
      state: 'succeeded',
      trigger: { type: 'helm', revision: 14 },
      durationSeconds: 12,
      exitCode: 0,
      report: { totals: { created: 1 } },
      attempts: [{ number: 1, pod: pod.metadata!.name, hasLog: true }],
      live: true,
    });
    expect(await log(job)).toEqual({ text: 'Bucket created\n' });
    expect(
      (await store.lastManifest(INSTANCE, 'minio-init'))?.metadata?.name,
    ).toBe('akko-minio-init');
    const states = changes.map(({ run }) => run.state);
    expect([...new Set(states)]).toEqual(['pending', 'running', 'succeeded']);
    expect(recorder.facts(INSTANCE)[0]).toMatchObject({
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
    prod().client.setLog(
      'akko',
      pod.metadata!.name!,
      'Connecting with hunter22\nFATAL: password authentication failed\nexit status 1\n',
    );
    prod().set('jobs', job);
    prod().set('pods', pod);
    await recorder.settled();

    expect(await stored(job)).toMatchObject({
      state: 'failed',
      finishedAt: '2026-11-01T10:00:20.000Z',
      reason: 'BackoffLimitExceeded',
      exitCode: 1,
      errorLine: 'FATAL: password authentication failed',
    });
    expect((await log(job))?.text).toContain('Connecting with ***');
  });

  it('reads the log when the container ends, before the Job has ended', async () => {
    const job = aJob({ startedAt: '2026-11-01T10:00:01Z' });
    const pod = aPod(job, { state: terminated(0) });
    prod().client.setLog('akko', pod.metadata!.name!, 'done\n');
    prod().set('jobs', job);
    prod().set('pods', pod);
    await recorder.settled();

    expect((await stored(job))?.state).toBe('running');
    expect(await log(job)).toEqual({ text: 'done\n' });
  });

  it('calls a run unknown when its Job vanishes before its end is seen', async () => {
    const job = aJob({ startedAt: '2026-11-01T10:00:01Z' });
    prod().set('jobs', job);
    prod().remove('jobs', 'akko', 'akko-minio-init');
    await recorder.settled();

    expect(await stored(job)).toMatchObject({
      state: 'unknown',
      live: false,
      reason: 'JobGone',
    });
  });

  it('takes the end from the last state of a deleted Job', async () => {
    const uid = 'job-1';
    prod().set('jobs', aJob({ uid }));
    const last = aSucceededJob({ uid });
    prod().remove('jobs', 'akko', 'akko-minio-init', last);
    await recorder.settled();

    expect(await stored(last)).toMatchObject({
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
          prod().client.setLog('akko', pod.metadata!.name!, () => {
            resolve();
            return `log of ${job.metadata!.uid}\n`;
          });
          prod().set('jobs', job);
          prod().set('pods', pod);
        });
      }),
    );
    await allRead;
    for (const job of jobs) {
      const name = job.metadata!.name!;
      prod().remove('jobs', 'akko', name);
      prod().remove('pods', 'akko', `${name}-abcde`);
    }
    await recorder.settled();

    for (const job of jobs) {
      expect(await stored(job)).toMatchObject({
        state: 'succeeded',
        live: false,
        report: { outcome: 'succeeded' },
        attempts: [{ hasLog: true }],
      });
      expect(await log(job)).toEqual({ text: `log of ${job.metadata!.uid}\n` });
    }
  });

  it('tells when a log was gone before it could be read', async () => {
    const job = aFailedJob();
    prod().set('jobs', job);
    prod().set('pods', aPod(job, { state: terminated(1) }));
    await recorder.settled();

    const run = await stored(job);
    expect(run?.attempts[0].hasLog).toBe(false);
    expect(run?.attempts[0].message).toContain('gone before it could be read');
  });

  it('reads a log again after the cluster refused or dropped the call', async () => {
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0) });
    prod().client.setLog('akko', pod.metadata!.name!, 'here\n');
    for (let times = 0; times < 3; times++) {
      prod().client.failNext('podLog', unreachable());
    }
    prod().set('jobs', job);
    prod().set('pods', pod);
    await recorder.settled();

    expect(await log(job)).toEqual({ text: 'here\n' });
  });

  it('reads logs at the next contact when the cluster did not answer for long', async () => {
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0) });
    let answers = false;
    prod().client.setLog('akko', pod.metadata!.name!, () => {
      if (!answers) {
        throw unreachable();
      }
      return 'late\n';
    });
    prod().set('jobs', job);
    prod().set('pods', pod);
    await recorder.settled();
    expect(await log(job)).toBeUndefined();

    answers = true;
    prod().sync();
    await recorder.settled();
    expect(await log(job)).toEqual({ text: 'late\n' });
    expect((await stored(job))?.attempts[0].message).toBeUndefined();
  });

  it('keeps every attempt of a pod that restarts in place, also after the pod is deleted', async () => {
    const job = aJob({ startedAt: '2026-11-01T10:00:01Z' });
    const name = `${job.metadata!.name}-abcde`;
    prod().client.setLog('akko', name, ({ previous }) =>
      previous ? 'Error: first\n' : 'Error: second\n',
    );
    prod().set('jobs', job);
    const first = terminated(1, {
      at: '2026-11-01T10:00:05Z',
      containerId: 'c1',
    });
    prod().set(
      'pods',
      aPod(job, { uid: 'p', state: first, containerId: 'c1' }),
    );
    await recorder.settled();
    prod().set(
      'pods',
      aPod(job, {
        uid: 'p',
        restarts: 1,
        lastState: first,
        state: terminated(2, { containerId: 'c2' }),
        containerId: 'c2',
      }),
    );
    await recorder.settled();
    prod().remove('pods', 'akko', name);
    prod().set('jobs', aFailedJob({ uid: job.metadata!.uid }));
    await recorder.settled();

    expect(await stored(job)).toMatchObject({
      state: 'failed',
      exitCode: 2,
      errorLine: 'Error: second',
      attempts: [
        { number: 1, exitCode: 1, hasLog: true },
        { number: 2, exitCode: 2, hasLog: true },
      ],
    });
    // Read when it was the present container's, so not as the previous one.
    expect((await log(job, 1))?.text).toBe('Error: second\n');
  });

  it('records what ran while the portal was down from what is still there', async () => {
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0, { message: REPORT }) });
    await recorder.stop();
    prod().client.setLog('akko', pod.metadata!.name!, 'while away\n');
    prod().set('jobs', job);
    prod().set('pods', pod);

    recorder = makeRecorder();
    await recorder.start();
    await recorder.settled();
    expect(await stored(job)).toMatchObject({
      state: 'succeeded',
      report: { outcome: 'succeeded' },
    });
    expect(await log(job)).toEqual({ text: 'while away\n' });
  });

  it('marks runs whose Jobs vanished while the portal was down', async () => {
    await recorder.stop();
    await store.upsert(
      aRunRecord({ uid: 'ran', state: 'running', finishedAt: undefined }),
    );
    await store.upsert(aRunRecord({ uid: 'done', name: 'polaris-init' }));
    await store.upsert(aRunRecord({ uid: 'elsewhere', cluster: 'test' }));

    recorder = makeRecorder();
    fleet.cluster('test')!.mirror.synced = false;
    const gone = new Promise<void>(resolve => {
      let count = 0;
      recorder.onRunChanged(() => ++count === 2 && resolve());
    });
    await recorder.start();
    await gone;

    await expect(store.getByUid('prod', 'ran')).resolves.toMatchObject({
      state: 'unknown',
      live: false,
    });
    await expect(store.getByUid('prod', 'done')).resolves.toMatchObject({
      state: 'succeeded',
      live: false,
    });
    await expect(store.getByUid('test', 'elsewhere')).resolves.toMatchObject({
      live: true,
    });
  });

  it('does not call a run gone because its own mirror does not have the Job yet', async () => {
    await recorder.stop();
    const job = aJob({ uid: 'young' });
    await store.upsert(aRunRecord({ uid: 'young', state: 'running' }));
    await store.upsert(
      aRunRecord({ uid: 'gone', name: 'polaris-init', jobName: 'akko-gone' }),
    );
    jest
      .spyOn(prod().client, 'getJob')
      .mockImplementation(async (_, name) =>
        name === 'akko-minio-init' ? job : undefined,
      );

    recorder = makeRecorder();
    const told = new Promise<Run>(resolve => recorder.onRunChanged(resolve));
    await recorder.start();
    await expect(told).resolves.toMatchObject({ uid: 'gone', live: false });
    await recorder.settled();
    await expect(store.getByUid('prod', 'young')).resolves.toMatchObject({
      state: 'running',
      live: true,
    });
  });

  it('asks neither cluster nor database about what a restart finds unchanged', async () => {
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0) });
    prod().client.setLog('akko', pod.metadata!.name!, 'once\n');
    prod().set('jobs', job);
    prod().set('pods', pod);
    await recorder.settled();
    await recorder.stop();
    const calls = prod().client.calls.length;
    const upsert = jest.spyOn(store, 'upsert');

    recorder = makeRecorder();
    await recorder.start();
    await recorder.settled();
    expect(upsert).not.toHaveBeenCalled();
    expect(prod().client.calls).toHaveLength(calls);
    expect(recorder.knownInstances()).toEqual([INSTANCE]);
  });

  it('writes one row when two replicas record the same cluster', async () => {
    const other = makeRecorder();
    await other.start();
    const job = aSucceededJob();
    const pod = aPod(job, { state: terminated(0) });
    prod().client.setLog('akko', pod.metadata!.name!, 'both\n');
    prod().set('jobs', job);
    prod().set('pods', pod);
    await Promise.all([recorder.settled(), other.settled()]);

    const page = await store.list({
      instance: INSTANCE,
      name: 'minio-init',
      limit: 10,
    });
    expect(page.items).toHaveLength(1);
    expect(page.items[0].attempts).toHaveLength(1);
    expect(other.facts(INSTANCE)[0].lastRun.state).toBe('succeeded');
    await other.stop();
  });

  it('writes again when the database failed', async () => {
    const job = aSucceededJob();
    jest
      .spyOn(store, 'upsert')
      .mockRejectedValueOnce(new Error('database is locked'));
    prod().set('jobs', job);
    await recorder.settled();
    expect(await stored(job)).toMatchObject({ state: 'succeeded' });
  });

  it('survives a listener that throws', async () => {
    recorder.onRunChanged(() => {
      throw new Error('broken');
    });
    const job = aSucceededJob();
    prod().set('jobs', job);
    await recorder.settled();
    expect(await stored(job)).toBeDefined();
  });

  it('ignores Jobs that are not AKKO jobs', async () => {
    const job = aSucceededJob({ name: 'something', labels: {} });
    prod().set('jobs', job);
    await recorder.settled();
    expect(await stored(job)).toBeUndefined();
    await expect(recorder.archive('prod', job)).rejects.toThrow(
      'is not an AKKO job',
    );
  });

  describe('archive', () => {
    it('has manifest, report and log in the history when it answers', async () => {
      const job = aFailedJob();
      const pod: V1Pod = aPod(job, { state: terminated(1) });
      prod().client.setLog('akko', pod.metadata!.name!, 'Error: broken\n');
      prod().set('jobs', job);
      prod().set('pods', pod);

      const run = await recorder.archive('prod', job);
      expect(run).toMatchObject({
        state: 'failed',
        errorLine: 'Error: broken',
        attempts: [{ hasLog: true }],
      });
      await expect(store.readManifest(run.id)).resolves.toMatchObject({
        kind: 'Job',
        metadata: { name: 'akko-minio-init' },
        spec: JSON.parse(JSON.stringify(job.spec)),
      });
    });

    it('works for a Job that the mirror has not seen', async () => {
      const job = aFailedJob();
      const run = await recorder.archive('prod', job);
      expect(run.state).toBe('failed');
      await expect(store.readManifest(run.id)).resolves.toBeDefined();
    });

    it('fails when the row cannot be written, so that nothing is deleted', async () => {
      const upsert = jest
        .spyOn(store, 'upsert')
        .mockRejectedValue(new Error('database is gone'));
      const slow = makeRecorder({ slow: true });
      await expect(slow.archive('prod', aFailedJob())).rejects.toThrow(
        'database is gone',
      );
      upsert.mockRestore();
      await slow.stop();
    });

    it('answers without the log when the log cannot be read', async () => {
      const job = aFailedJob();
      prod().set('jobs', job);
      prod().set('pods', aPod(job, { state: terminated(1) }));
      const run = await recorder.archive('prod', job);
      expect(run.attempts[0].hasLog).toBe(false);
    });
  });
});
