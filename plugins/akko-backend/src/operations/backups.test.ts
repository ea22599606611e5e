import { TestDatabases } from '@backstage/backend-test-utils';
import type { Operation } from '@akko/backstage-plugin-akko-common';
import type { V1CronJob, V1Job } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { ClusterCallError } from '../clusters/ClusterCallError';
import {
  aCatalogue,
  aCronJob,
  aJob,
  aSucceededJob,
} from '../testing/kubernetesObjects';
import { AKKO, ANA, OperationBench } from './__testUtils__/OperationBench';
import type { DurableOperationService } from './DurableOperationService';

const BACKUP = { action: 'backup', backup: 'backup-postgres' } as const;

function cronJob(
  spec: Partial<V1CronJob['spec']> = {},
  name = 'backup-postgres',
): V1CronJob {
  const made = aCronJob({ name });
  return {
    ...made,
    metadata: { ...made.metadata, resourceVersion: '1' },
    spec: {
      ...made.spec!,
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        metadata: {
          labels: made.metadata?.labels,
          annotations: { 'akko.io/config-checksum': 'sha256:abc' },
        },
        spec: aJob({ name }).spec,
      },
      ...spec,
    },
  };
}

/** A Job that the schedule began, still running. */
function scheduledRun({ metadata }: V1CronJob, minute = '29711190'): V1Job {
  const job = aJob({ name: 'backup-postgres' });
  return {
    ...job,
    metadata: {
      ...job.metadata,
      name: `${metadata?.name}-${minute}`,
      uid: `scheduled-${minute}`,
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: metadata!.name!,
          uid: metadata!.uid!,
          controller: true,
        },
      ],
    },
  };
}

describe('backups that somebody asks for', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: OperationBench;
  let service: DurableOperationService;
  let made: V1CronJob;

  beforeEach(async () => {
    bench = await OperationBench.start(databases);
    service = bench.replica();
    bench.prod.set(
      'configmaps',
      aCatalogue({ jobs: [{ name: 'minio-init' }] }),
    );
    made = cronJob();
    bench.prod.set('cronjobs', made);
    bench.prod.sync();
  });
  afterEach(() => bench.stop());

  const jobs = () =>
    bench.prod.mirror
      .list('jobs', 'akko')
      .filter(({ metadata }) => metadata?.name?.includes('backup-postgres'));
  const manual = () =>
    jobs().find(
      ({ metadata }) =>
        metadata?.annotations?.['cronjob.kubernetes.io/instantiate'] ===
        'manual',
    );
  const current = () =>
    bench.prod.mirror.get('cronjobs', 'akko', made.metadata!.name!)!;
  const active = () => (current().status?.active ?? []).map(({ name }) => name);
  const began = () => bench.until(() => active().length > 0 && manual());
  const end = (job: V1Job) =>
    bench.prod.set('jobs', { ...job, status: aSucceededJob().status });

  it('become a Job of the CronJob, which its controller counts, and an entry of the ledger', async () => {
    const asked = await service.request(
      AKKO,
      { ...BACKUP, reason: 'before the upgrade' },
      ANA,
    );
    expect(asked).toMatchObject({
      action: 'backup',
      backup: 'backup-postgres',
      state: 'queued',
    });
    await began();
    const job = manual()!;
    expect(job.metadata).toMatchObject({
      name: `akko-backup-postgres-${asked.id.slice(0, 8)}`,
      labels: {
        'app.kubernetes.io/component': 'backup-postgres',
        'akko.io/operation': asked.id,
      },
      annotations: {
        'akko.io/config-checksum': 'sha256:abc',
        'akko.io/triggered-by': 'user:default/ana',
        'akko.io/reason': 'before the upgrade',
      },
      ownerReferences: [{ uid: made.metadata!.uid, controller: true }],
    });
    expect(job.spec?.template).toEqual(
      JSON.parse(JSON.stringify(made.spec?.jobTemplate.spec?.template)),
    );
    expect(active()).toEqual([job.metadata!.name]);
    end(job);
    await expect(bench.ended(asked)).resolves.toMatchObject({
      state: 'succeeded',
    });
    await bench.recorder.settled();
    const { items } = await bench.ledger.entries(
      AKKO,
      'backup-postgres',
      {},
      { limit: 10 },
    );
    expect(items).toMatchObject([
      {
        origin: 'manual',
        by: 'user:default/ana',
        operation: asked.id,
        state: 'succeeded',
      },
    ]);
  });

  it('are one Job when fifty people ask at once', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        service.request(AKKO, BACKUP, {
          ...ANA,
          idempotencyKey: `key-${index}`,
        }),
      ),
    );
    const accepted = answers.filter(({ status }) => status === 'fulfilled');
    expect(accepted).toHaveLength(1);
    answers
      .filter(answer => answer.status === 'rejected')
      .forEach(({ reason }) =>
        expect(reason).toMatchObject({
          code: 'already-running',
          message: expect.stringContaining('backup-postgres'),
        }),
      );
    await began();
    expect(jobs()).toHaveLength(1);
  });

  it('may run beside a re-run of init jobs', async () => {
    bench.prod.set('jobs', aSucceededJob());
    await service.request(AKKO, { action: 'rerun', jobs: ['minio-init'] }, ANA);
    await service.request(AKKO, BACKUP, ANA);
    await began();
    expect(await service.active(AKKO)).toHaveLength(2);
  });

  describe('while the schedule runs one', () => {
    it('are refused under Forbid, with its name', async () => {
      bench.prod.set('jobs', scheduledRun(made));
      await expect(service.request(AKKO, BACKUP, ANA)).rejects.toMatchObject({
        code: 'already-running',
        message: expect.stringContaining('akko-backup-postgres-29711190'),
      });
    });

    it('fail under Forbid when it began after they were asked for', async () => {
      const list = jest
        .spyOn(bench.prod.client, 'listJobsOf')
        .mockResolvedValue([scheduledRun(made)]);
      const asked = await service.request(AKKO, BACKUP, ANA);
      await expect(bench.ended(asked)).resolves.toMatchObject({
        state: 'failed',
        steps: [{ error: expect.stringContaining('is running already') }],
      });
      list.mockRestore();
      expect(jobs()).toEqual([]);
    });

    it('are withdrawn under Forbid when it began in the same moment', async () => {
      const real = bench.prod.client.createJob.bind(bench.prod.client);
      jest
        .spyOn(bench.prod.client, 'createJob')
        .mockImplementation(async (namespace, job, options) => {
          const created = await real(namespace, job, options);
          if (!options?.dryRun) {
            bench.prod.set('jobs', scheduledRun(made));
          }
          return created;
        });
      const asked = await service.request(AKKO, BACKUP, ANA);
      await expect(bench.ended(asked)).resolves.toMatchObject({
        state: 'failed',
        steps: [{ error: expect.stringContaining('29711190') }],
      });
      expect(jobs().map(({ metadata }) => metadata?.name)).toEqual([
        'akko-backup-postgres-29711190',
      ]);
    });

    it('take its place under Replace, and keep its history', async () => {
      made = cronJob({ concurrencyPolicy: 'Replace' });
      bench.prod.set('cronjobs', made);
      bench.prod.set('jobs', scheduledRun(made));
      const plan = await service.plan(AKKO, BACKUP, ANA);
      expect(plan.warnings[0]).toContain('is stopped and replaced');
      await service.request(AKKO, BACKUP, ANA);
      await began();
      expect(jobs()).toHaveLength(1);
      expect(jobs()[0]).toBe(manual());
      await bench.recorder.settled();
      const stopped = await bench.runs.getByUid('prod', 'scheduled-29711190');
      expect(stopped).toMatchObject({ state: 'unknown', live: false });
    });

    it('run beside it under Allow', async () => {
      made = cronJob({ concurrencyPolicy: 'Allow' });
      bench.prod.set('cronjobs', made);
      bench.prod.set('jobs', scheduledRun(made));
      const plan = await service.plan(AKKO, BACKUP, ANA);
      expect(plan.warnings[0]).toContain('runs beside it');
      await service.request(AKKO, BACKUP, ANA);
      await began();
      expect(jobs()).toHaveLength(2);
    });
  });

  it('let a due time pass before they begin, because the controller acts then', async () => {
    const due = bench.clock.now() + 2000;
    const minute = new Date(Math.ceil(due / 60_000) * 60_000);
    bench.clock.advance(minute.getTime() - 2000 - bench.clock.now());
    made = cronJob({ schedule: '* * * * *' });
    bench.prod.set('cronjobs', made);
    await service.request(AKKO, BACKUP, ANA);
    await began();
    expect(bench.clock.now()).toBeGreaterThanOrEqual(minute.getTime() + 4000);
    expect(bench.clock.now()).toBeLessThan(minute.getTime() + 30_000);
  });

  it('write the status again when the controller was quicker', async () => {
    const conflict = new ClusterCallError({
      kind: 'conflict',
      cluster: 'prod',
      message: 'modified',
      upstreamStatus: 409,
    });
    const real = bench.prod.client.patchCronJob.bind(bench.prod.client);
    let tries = 0;
    jest
      .spyOn(bench.prod.client, 'patchCronJob')
      .mockImplementation(async (namespace, name, patch, options) => {
        if (!options?.dryRun && tries++ < 2) {
          throw conflict;
        }
        return real(namespace, name, patch, options);
      });
    await service.request(AKKO, BACKUP, ANA);
    await began();
    expect(tries).toBe(3);
  });

  it('do not begin where the right to protect them is missing', async () => {
    bench.prod.client.failNext(
      'patchCronJob',
      new ClusterCallError({
        kind: 'refused',
        cluster: 'prod',
        message: 'cannot patch resource "cronjobs/status"',
        upstreamStatus: 403,
      }),
    );
    const asked = await service.request(AKKO, BACKUP, ANA);
    await expect(bench.ended(asked)).resolves.toMatchObject({
      state: 'failed',
      steps: [
        { error: expect.stringContaining('may not patch cronjobs/status') },
      ],
    });
    expect(jobs()).toEqual([]);
  });

  it('say in the plan when the schedule is about to do the same', async () => {
    const done = scheduledRun(made, '29711000');
    bench.prod.set('jobs', {
      ...done,
      status: {
        startTime: new Date('2026-11-09T02:30:00Z'),
        completionTime: new Date('2026-11-09T03:30:00Z'),
        conditions: [
          {
            type: 'Complete',
            status: 'True',
            lastTransitionTime: new Date('2026-11-09T03:30:00Z'),
          },
        ],
      },
    });
    await bench.recorder.settled();
    const nextDue = new Date(bench.clock.now());
    nextDue.setUTCHours(26, 30, 0, 0);
    bench.clock.advance(nextDue.getTime() - 20 * 60_000 - bench.clock.now());
    const { steps, warnings } = await service.plan(AKKO, BACKUP, ANA);
    expect(warnings).toEqual([
      'The next scheduled run is in 20 minutes, and a run usually takes 1 hour. The scheduled run waits for this one to end, or is left out when its starting deadline is over before.',
    ]);
    expect(parse(steps[0].manifest)).toMatchObject({
      kind: 'Job',
      metadata: {
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
      },
    });
    expect(jobs()).toHaveLength(1);
  });

  it('name what there is when the backup is not there, or off', async () => {
    await expect(
      service.request(AKKO, { ...BACKUP, backup: 'backup-mars' }, ANA),
    ).rejects.toMatchObject({
      code: 'unknown-backup',
      message: expect.stringContaining('backup-postgres'),
    });
    await expect(
      service.request(AKKO, { ...BACKUP, action: 'drill' }, ANA),
    ).rejects.toMatchObject({
      code: 'not-runnable',
      message: expect.stringContaining("'drill-postgres' has no CronJob"),
    });
  });

  it('can be drills, which run although their schedule is paused', async () => {
    bench.prod.set('cronjobs', cronJob({ suspend: true }, 'drill-postgres'));
    const asked = await service.request(
      AKKO,
      { ...BACKUP, action: 'drill' },
      ANA,
    );
    const job = await bench.until(() =>
      bench.prod.mirror
        .list('jobs', 'akko')
        .find(({ metadata }) => metadata?.name?.includes('drill-postgres')),
    );
    end(job!);
    await expect(bench.ended(asked)).resolves.toMatchObject({
      state: 'succeeded',
      steps: [{ job: 'drill-postgres' }],
    });
  });

  describe('and a schedule', () => {
    const ask = (
      action: Operation['action'],
      reason?: string,
    ): Promise<Operation> =>
      service
        .request(AKKO, { action, backup: 'backup-postgres', reason }, ANA)
        .then(operation => bench.ended(operation));

    it('can be paused, with who, when and why on the CronJob, and resumed', async () => {
      await expect(ask('suspend', 'moving the storage')).resolves.toMatchObject(
        { state: 'succeeded' },
      );
      expect(current().spec?.suspend).toBe(true);
      const [backup] = (await bench.instances.get(AKKO))!.backups;
      expect(backup.paused).toMatchObject({
        isExact: true,
        by: 'user:default/ana',
        reason: 'moving the storage',
      });
      await expect(ask('suspend', 'again')).rejects.toMatchObject({
        code: 'nothing-to-do',
        message: expect.stringContaining('user:default/ana'),
      });
      await expect(ask('resume')).resolves.toMatchObject({
        state: 'succeeded',
      });
      expect(current().spec?.suspend).toBe(false);
      expect(current().metadata?.annotations).toEqual({});
      await expect(ask('resume')).rejects.toMatchObject({
        code: 'nothing-to-do',
      });
    });

    const missed = new Date('2026-11-10T02:30:00Z');
    it.each([
      ['no starting deadline', undefined, /^Kubernetes starts a run at once/],
      ['a deadline that is not over', 365 * 86_400, /^Kubernetes starts a run/],
      ['a deadline that is over', 60, /^The next run is at/],
    ])(
      'tells what happens when it is resumed with %s',
      async (_, startingDeadlineSeconds, first) => {
        bench.prod.set('cronjobs', {
          ...cronJob({ suspend: true, startingDeadlineSeconds }),
          status: { lastScheduleTime: missed },
        });
        bench.clock.advance(
          Math.max(
            0,
            missed.getTime() + 3 * 86_400_000 + 3_600_000 - bench.clock.now(),
          ),
        );
        const { notes } = await service.plan(
          AKKO,
          { action: 'resume', backup: 'backup-postgres' },
          ANA,
        );
        expect(notes?.[0]).toMatch(first);
        expect(notes).toHaveLength(2);
      },
    );

    it('keeps its pause apart from its runs', async () => {
      await service.request(AKKO, BACKUP, ANA);
      await began();
      await expect(ask('suspend', 'after this one')).resolves.toMatchObject({
        state: 'succeeded',
      });
    });
  });
});
