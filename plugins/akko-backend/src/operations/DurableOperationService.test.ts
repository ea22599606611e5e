import { TestDatabases } from '@backstage/backend-test-utils';
import type { ClusterCallErrorKind } from '../clusters/ClusterCallError';
import { ClusterCallError } from '../clusters/ClusterCallError';
import {
  aCatalogue,
  aFailedJob,
  aJob,
  aPod,
  aSucceededJob,
  terminated,
} from '../testing/kubernetesObjects';
import type { DurableOperationService } from './DurableOperationService';
import {
  AKKO,
  ANA,
  OperationBench,
  rerun,
} from './__testUtils__/OperationBench';

const FAILURE = (kind: ClusterCallErrorKind, upstreamStatus?: number) =>
  new ClusterCallError({
    kind,
    cluster: 'prod',
    message: kind,
    upstreamStatus,
  });
const CREATE = 'createJob akko/akko-minio-init';

describe('DurableOperationService', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: OperationBench;
  let service: DurableOperationService;

  beforeEach(async () => {
    bench = await OperationBench.start(databases);
    service = bench.replica();
  });
  afterEach(() => bench.stop());

  const failedJob = async () => {
    bench.prod.set(
      'configmaps',
      aCatalogue({ jobs: [{ name: 'minio-init' }] }),
    );
    const job = aFailedJob();
    bench.prod.set('jobs', job);
    await bench.recorder.settled();
    return job;
  };

  it('runs a failed job again, from the request to its success', async () => {
    const old = await failedJob();
    const operation = await service.request(
      AKKO,
      { ...rerun('minio-init'), reason: 'rotated the password' },
      ANA,
    );
    expect(operation).toMatchObject({
      instance: 'prod/akko/akko',
      action: 'rerun',
      state: 'queued',
      requestedBy: 'user:default/ana',
      via: 'portal',
      reason: 'rotated the password',
      steps: [{ job: 'minio-init', state: 'waiting' }],
    });
    const job = await bench.replaced(old);
    expect(job.metadata!.labels).toMatchObject({
      'akko.io/operation': operation.id,
      'app.kubernetes.io/managed-by': 'Helm',
    });
    await bench.until(
      () => service.get(operation.id),
      now => now!.steps[0].state === 'running',
    );

    bench.end();
    const ended = await bench.ended(operation);
    expect(ended).toMatchObject({ state: 'succeeded', error: undefined });
    await expect(bench.runs.get(ended.steps[0].run!)).resolves.toMatchObject({
      uid: job.metadata!.uid,
      state: 'succeeded',
      trigger: { type: 'portal', by: ANA.principal, operation: operation.id },
    });
  });

  it('keeps manifest, report and log of the old Job before it deletes it', async () => {
    const old = await failedJob();
    const message = JSON.stringify({
      schema: 'akko.io/report/v1',
      job: 'minio-init',
      outcome: 'failed',
    });
    bench.prod.client.setLog('akko', 'akko-minio-init-abcde', 'access denied');
    bench.prod.set('pods', aPod(old, { state: terminated(1, { message }) }));
    const remove = bench.prod.client.deleteJob.bind(bench.prod.client);
    const atDelete: unknown[] = [];
    bench.prod.client.deleteJob = async (...call) => {
      const run = await bench.runs.getByUid('prod', old.metadata!.uid!);
      atDelete.push(
        run?.report?.outcome,
        (await bench.runs.readLog(run!.id, 1))?.text.trim(),
        (await bench.runs.readManifest(run!.id))?.metadata?.name,
      );
      return remove(...call);
    };
    await service.request(AKKO, rerun('minio-init'), ANA);
    await bench.replaced(old);
    expect(atDelete).toEqual(['failed', 'access denied', 'akko-minio-init']);
  });

  it("fails with the job's own words when the new Job fails", async () => {
    const old = await failedJob();
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    await bench.replaced(old);
    bench.end('minio-init', 'failed');
    await expect(bench.ended(operation)).resolves.toMatchObject({
      state: 'failed',
      error: {
        code: 'job-failed',
        message: '1 of 1 job did not succeed: minio-init',
      },
      steps: [
        {
          state: 'failed',
          error: 'Job has reached the specified backoff limit',
        },
      ],
    });
  });

  it('starts jobs when those that they wait for have succeeded, and skips those behind a failure', async () => {
    bench.prod.set(
      'configmaps',
      aCatalogue({
        jobs: [
          { name: 'a-init' },
          { name: 'b-init', dependsOn: ['a-init'] },
          { name: 'c-init', dependsOn: ['b-init'] },
          { name: 'd-init', dependsOn: ['a-init'] },
        ],
      }),
    );
    const names = ['a-init', 'b-init', 'c-init', 'd-init'];
    names.forEach(name => bench.prod.set('jobs', aSucceededJob({ name })));
    const old = Object.fromEntries(names.map(name => [name, bench.job(name)]));

    const operation = await service.request(AKKO, { action: 'bootstrap' }, ANA);
    expect(operation.steps.map(({ job, wave }) => [job, wave])).toEqual([
      ['a-init', 0],
      ['b-init', 1],
      ['d-init', 1],
      ['c-init', 2],
    ]);
    await bench.replaced(old['a-init'], 'a-init');
    expect(bench.job('b-init')).toBe(old['b-init']);
    bench.end('a-init');
    await bench.replaced(old['b-init'], 'b-init');
    await bench.replaced(old['d-init'], 'd-init');
    bench.end('b-init', 'failed');
    bench.end('d-init');

    const { state, steps } = await bench.ended(operation);
    expect(state).toBe('failed');
    expect(steps.map(step => [step.job, step.state, step.error])).toEqual([
      ['a-init', 'succeeded', undefined],
      ['b-init', 'failed', 'Job has reached the specified backoff limit'],
      ['d-init', 'succeeded', undefined],
      ['c-init', 'skipped', 'Not started: b-init did not succeed'],
    ]);
    expect(bench.job('c-init')).toBe(old['c-init']);
  });

  it('takes its own Job when it was created unnoticed', async () => {
    const old = await failedJob();
    const create = bench.prod.client.createJob.bind(bench.prod.client);
    bench.prod.client.createJob = async (namespace, job, options) => {
      const created = await create(namespace, job, options);
      if (options?.dryRun) {
        return created;
      }
      bench.prod.client.createJob = create;
      throw FAILURE('unreachable');
    };
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    const job = await bench.replaced(old);
    bench.end();
    await expect(bench.ended(operation)).resolves.toMatchObject({
      state: 'succeeded',
    });
    expect(bench.job()!.metadata!.uid).toBe(job.metadata!.uid);
  });

  it("waits for Helm's Job when Helm was faster", async () => {
    const old = await failedJob();
    const helms = aJob({ startedAt: '2026-11-01T11:00:00Z' });
    const create = bench.prod.client.createJob.bind(bench.prod.client);
    bench.prod.client.createJob = async (namespace, job, options) => {
      if (!options?.dryRun) {
        bench.prod.set('jobs', helms);
      }
      return create(namespace, job, options);
    };
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    await bench.replaced(old);
    await bench.until(
      () => service.get(operation.id),
      now => now!.steps[0].state === 'running',
    );
    bench.end();
    await expect(bench.ended(operation)).resolves.toMatchObject({
      state: 'succeeded',
    });
    expect(bench.job()!.metadata!.uid).toBe(helms.metadata!.uid);
  });

  it('runs a job that has no Job object, from the catalogue of the chart', async () => {
    const manifest = JSON.stringify(aJob({ uid: 'none' }));
    bench.prod.set(
      'configmaps',
      aCatalogue({
        jobs: [{ name: 'minio-init', manifest: 'minio-init.yaml' }],
        manifests: { 'minio-init.yaml': manifest },
      }),
    );
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    const job = await bench.replaced(undefined);
    expect(job.metadata!.uid).not.toBe('none');
    bench.end();
    await expect(bench.ended(operation)).resolves.toMatchObject({
      state: 'succeeded',
    });
  });

  it('runs a job that has no Job object, as it ran last', async () => {
    const old = await failedJob();
    bench.prod.remove('jobs', 'akko', 'akko-minio-init');
    await bench.recorder.settled();
    const plan = await service.plan(AKKO, rerun('minio-init'), ANA);
    expect(plan).toMatchObject({
      steps: [{ source: 'history', replaces: false }],
      warnings: [expect.stringContaining('created as it last ran')],
    });
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    await bench.replaced(old);
    bench.end();
    await expect(bench.ended(operation)).resolves.toMatchObject({
      state: 'succeeded',
    });
  });

  it('goes on when the cluster does not answer for a while in the middle', async () => {
    const old = await failedJob();
    for (let count = 0; count < 8; count++) {
      bench.prod.client.failNext('deleteJob', FAILURE('unreachable', 503));
    }
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    await bench.until(
      () => bench.calls.filter(call => call.startsWith('deleteJob')).length,
      count => count > 5,
    );
    await expect(service.get(operation.id)).resolves.toMatchObject({
      state: 'running',
    });
    await bench.replaced(old);
    bench.end();
    await expect(bench.ended(operation)).resolves.toMatchObject({
      state: 'succeeded',
    });
  });

  it.each(['refused', 'invalid'] as const)(
    'leaves the old Job alone when the new one would be %s',
    async kind => {
      const old = await failedJob();
      bench.prod.client.failNext('createJob', FAILURE(kind));
      const operation = await service.request(AKKO, rerun('minio-init'), ANA);
      await expect(bench.ended(operation)).resolves.toMatchObject({
        state: 'failed',
        steps: [{ state: 'failed', error: kind }],
      });
      expect(bench.job()).toBe(old);
      expect(bench.calls).toContain(CREATE);
      expect(bench.calls.join()).not.toContain('deleteJob');
    },
  );

  it('makes one Job of 100 requests at once', async () => {
    const old = await failedJob();
    const answers = await Promise.allSettled(
      Array.from({ length: 100 }, () =>
        service.request(AKKO, rerun('minio-init'), ANA),
      ),
    );
    const taken = answers.filter(answer => answer.status === 'fulfilled');
    expect(taken).toHaveLength(1);
    const [{ value: operation }] = taken;
    for (const answer of answers.filter(other => other !== taken[0])) {
      expect(answer).toMatchObject({
        reason: {
          code: 'already-running',
          fields: { operation: operation.id },
        },
      });
    }
    await bench.replaced(old);
    bench.end();
    await bench.ended(operation);
    // One is the trial before the delete.
    expect(bench.calls.filter(call => call === CREATE)).toHaveLength(2);
  });

  it('answers when an operation that is waited for ends, or when the time is over', async () => {
    const old = await failedJob();
    const { id } = await service.request(AKKO, rerun('minio-init'), ANA);
    const { signal } = new AbortController();
    const patience = service.wait(id, 600, signal);
    const impatience = service.wait(id, 0, signal);
    await expect(impatience).resolves.toMatchObject({ id });
    await bench.replaced(old);
    bench.end();
    await bench.until(
      () => service.get(id),
      now => !!now!.finishedAt,
    );
    await expect(patience).resolves.toMatchObject({ state: 'succeeded' });
    await expect(service.wait('none', 60, signal)).resolves.toBeUndefined();
  });
});
