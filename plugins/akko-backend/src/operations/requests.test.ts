import { TestDatabases } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import {
  aCatalogue,
  aFailedJob,
  aJob,
  aSucceededJob,
} from '../testing/kubernetesObjects';
import type { DurableOperationService } from './DurableOperationService';
import {
  AKKO,
  ANA,
  OperationBench,
  rerun,
} from './__testUtils__/OperationBench';

describe('requests for operations', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: OperationBench;
  let service: DurableOperationService;

  beforeEach(async () => {
    bench = await OperationBench.start(databases);
    service = bench.replica();
    bench.prod.set(
      'configmaps',
      aCatalogue({
        jobs: [
          { name: 'minio-init' },
          { name: 'off-init', enabled: false },
          { name: 'never-init' },
        ],
      }),
    );
  });
  afterEach(() => bench.stop());

  it('name the instances, jobs and clusters that are not there', async () => {
    const ask = (changes: Partial<typeof AKKO>, job = 'minio-init') =>
      service.request({ ...AKKO, ...changes }, rerun(job), ANA);
    await expect(ask({ cluster: 'mars' })).rejects.toMatchObject({
      code: 'unknown-cluster',
      message: expect.stringContaining("'mars'"),
    });
    await expect(ask({ release: 'other' })).rejects.toMatchObject({
      code: 'unknown-instance',
      message: expect.stringContaining('prod/akko/other'),
    });
    await expect(ask({}, 'other-init')).rejects.toMatchObject({
      code: 'unknown-job',
      message: expect.stringContaining('minio-init, off-init, never-init'),
    });
  });

  it('are refused for jobs that are off, and for those without any manifest', async () => {
    await expect(
      service.request(AKKO, rerun('off-init'), ANA),
    ).rejects.toMatchObject({
      code: 'not-runnable',
      message: expect.stringContaining('off in the chart'),
    });
    await expect(
      service.request(AKKO, rerun('never-init'), ANA),
    ).rejects.toMatchObject({
      code: 'not-runnable',
      message: expect.stringContaining('helm upgrade'),
    });
  });

  it('keep no secret that somebody wrote into the reason', async () => {
    bench.prod.set('jobs', aSucceededJob());
    const { reason } = await service.request(
      AKKO,
      { ...rerun('minio-init'), reason: 'set password=hunter22 again' },
      ANA,
    );
    expect(reason).toBe('set password=*** again');
  });

  it('are refused when no job failed', async () => {
    bench.prod.set('jobs', aSucceededJob());
    await expect(
      service.request(AKKO, { action: 'rerun', jobs: 'failed' }, ANA),
    ).rejects.toMatchObject({ code: 'nothing-to-do' });
  });

  it('run only what failed when that is asked for', async () => {
    bench.prod.set('jobs', aFailedJob());
    await expect(
      service.request(AKKO, { action: 'rerun', jobs: 'failed' }, ANA),
    ).resolves.toMatchObject({ steps: [{ job: 'minio-init' }] });
  });

  it('are refused for Jobs of another controller, and nothing is stored', async () => {
    const job = aFailedJob();
    bench.prod.set('jobs', {
      ...job,
      spec: { ...job.spec!, managedBy: 'kueue.x-k8s.io/multikueue' },
    });
    await expect(
      service.request(AKKO, rerun('minio-init'), ANA),
    ).rejects.toMatchObject({
      code: 'job-not-ours',
      message: expect.stringContaining('kueue.x-k8s.io/multikueue'),
    });
    await expect(service.active(AKKO)).resolves.toEqual([]);
  });

  it('are refused while another operation runs, with its id', async () => {
    bench.prod.set('jobs', aFailedJob());
    const { id } = await service.request(AKKO, rerun('minio-init'), ANA);
    await expect(
      service.request(AKKO, { action: 'rerun', jobs: 'all' }, ANA),
    ).rejects.toMatchObject({
      code: 'already-running',
      fields: { operation: id },
    });
    await expect(service.active(AKKO)).resolves.toMatchObject([{ id }]);
    await expect(service.list(AKKO, { limit: 10 })).resolves.toMatchObject({
      items: [{ id }],
    });
  });

  it.each([
    ['cluster-unreachable', 'connect ECONNREFUSED'],
    ['cluster-refused', 'Unauthorized'],
  ] as const)('say %s while the cluster is out', async (code, message) => {
    bench.prod.setState({
      reachable: false,
      staleSince: '2026-11-01T09:00:00.000Z',
      error: { code, message },
    });
    await expect(
      service.request(AKKO, rerun('minio-init'), ANA),
    ).rejects.toMatchObject({
      code,
      message: expect.stringMatching(
        new RegExp(`'prod'.*2026-11-01T09:00:00.000Z.*${message}`),
      ),
    });
  });

  it('get the first answer again under the same key, also when the operation has ended', async () => {
    const old = aFailedJob();
    bench.prod.set('jobs', old);
    const caller = { ...ANA, idempotencyKey: 'key-1' };
    const first = await service.request(AKKO, rerun('minio-init'), caller);
    await expect(
      service.request(AKKO, rerun('minio-init'), caller),
    ).resolves.toMatchObject({ id: first.id });
    await bench.replaced(old);
    bench.end();
    await bench.ended(first);
    await expect(
      service.request(AKKO, rerun('minio-init'), caller),
    ).resolves.toMatchObject({ id: first.id, state: 'succeeded' });
    await expect(
      service.request(AKKO, rerun('never-init'), caller),
    ).rejects.toMatchObject({
      code: 'idempotency-mismatch',
      fields: { operation: first.id },
    });
  });

  it('get one answer when they come at once under one key', async () => {
    bench.prod.set('jobs', aFailedJob());
    const caller = { ...ANA, idempotencyKey: 'key-1' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        service.request(AKKO, rerun('minio-init'), caller),
      ),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });

  it('get the first answer under a key while the request was being stored', async () => {
    bench.prod.set('jobs', aFailedJob());
    const caller = { ...ANA, idempotencyKey: 'key-1' };
    let first: string | undefined;
    const active = bench.store.active.bind(bench.store);
    const findByKey = bench.store.findByKey.bind(bench.store);
    const between = async () => {
      bench.store.active = active;
      bench.store.findByKey = findByKey;
      first = (await service.request(AKKO, rerun('minio-init'), caller)).id;
    };
    bench.store.active = async instance => {
      const found = await active(instance);
      await between();
      return found;
    };
    bench.store.findByKey = async (...key) => {
      const found = await findByKey(...key);
      await between();
      return found;
    };
    const second = await service.request(AKKO, rerun('minio-init'), caller);
    expect(second.id).toBe(first);
  });

  it('show the exact manifest with secrets masked in a dry run, and change nothing', async () => {
    const job = aFailedJob({
      env: [{ name: 'MINIO_PASSWORD', value: 'correct-horse-battery' }],
    });
    bench.prod.set('jobs', job);
    const plan = await service.plan(AKKO, rerun('minio-init'), ANA);
    expect(plan).toMatchObject({
      instance: 'prod/akko/akko',
      action: 'rerun',
      warnings: [],
      steps: [
        {
          job: 'minio-init',
          wave: 0,
          jobName: 'akko-minio-init',
          replaces: true,
          source: 'live',
        },
      ],
    });
    const [{ manifest }] = plan.steps;
    expect(manifest).not.toContain('correct-horse-battery');
    const planned = parse(manifest);
    expect(bench.calls).toEqual([]);
    await expect(service.active(AKKO)).resolves.toEqual([]);
    expect(bench.job()).toBe(job);

    await service.request(AKKO, rerun('minio-init'), ANA);
    const made = await bench.replaced(job);
    const { operation, ...labels } = {
      operation: '',
      ...planned.metadata.labels,
    };
    expect(made.metadata!.labels).toMatchObject({
      ...labels,
      'akko.io/operation': expect.any(String),
    });
    expect(made.metadata!.annotations).toEqual(planned.metadata.annotations);
    expect(made.spec!.template.spec!.containers[0].env).toEqual(
      job.spec!.template.spec!.containers[0].env,
    );
  });

  it('warn in a dry run that a running Job is stopped', async () => {
    bench.prod.set('jobs', aJob({ startedAt: '2026-11-01T10:00:01Z' }));
    await expect(
      service.plan(AKKO, rerun('minio-init'), ANA),
    ).resolves.toMatchObject({
      warnings: [expect.stringContaining('it is stopped and started again')],
    });
  });
});
