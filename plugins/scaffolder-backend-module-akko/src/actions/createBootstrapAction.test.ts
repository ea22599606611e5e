import { ActionBench, REF } from '../__testUtils__/ActionBench';
import { aJob, anInstance } from '../__testUtils__/instances';
import { createBootstrapAction } from './createBootstrapAction';

const LINK = `https://portal.test/akko/${REF}?tab=activity`;
const failedJobs = {
  jobs: [
    aJob('minio-init'),
    aJob('keycloak-clients', { state: 'failed' as const }),
  ],
};

describe('akko:bootstrap', () => {
  const bench = new ActionBench(createBootstrapAction).use();

  describe('what is asked for', () => {
    it('is the whole bootstrap when nothing is said', async () => {
      await bench.run({ reason: 'new buckets' });
      expect(bench.portal.asked()).toMatchObject([
        {
          path: `/instances/${REF}/operations`,
          body: { action: 'bootstrap', reason: 'new buckets' },
        },
      ]);
    });

    it.each([['failed'], [['minio-init']]])(
      'is a re-run for %j',
      async jobs => {
        bench.portal.instances.set(REF, anInstance(failedJobs));
        await bench.run({ jobs });
        expect(bench.portal.asked()[0].body).toMatchObject({
          action: 'rerun',
          jobs,
        });
      },
    );

    it('names the task where no reason is given, so that the task can be found from the operation', async () => {
      await bench.run({ reason: '' });
      expect(bench.portal.asked()[0].body?.reason).toBe(
        'Software template, task task-1',
      );
    });

    it('is asked in the name of whoever started the task', async () => {
      await bench.run({});
      expect(bench.portal.seen.map(({ token }) => token)).toEqual(
        bench.portal.seen.map(() =>
          expect.stringContaining('user:default/mock'),
        ),
      );
    });
  });

  describe('progress', () => {
    it('is a line per change of each job, with what the job did', async () => {
      bench.portal.looks = [
        { 'minio-init': { state: 'replacing' } },
        { 'minio-init': { state: 'running' } },
        {},
        {
          'minio-init': { state: 'succeeded' },
          'keycloak-clients': { state: 'running' },
        },
        { 'keycloak-clients': { state: 'succeeded' } },
      ];
      await bench.run({});
      expect(bench.task.lines).toEqual([
        `Bootstrap of ${REF}: operation op-1, ${LINK}`,
        'minio-init: the Job that is there is archived and replaced',
        'minio-init: running',
        'minio-init: succeeded in 12 s, created 1, unchanged 4',
        'keycloak-clients: running',
        'keycloak-clients: succeeded in 12 s, created 1, unchanged 4',
        `Bootstrap of ${REF} succeeded: 2 jobs. All 2 jobs done; the instance is healthy.`,
      ]);
    });

    it('goes on where the run of a job cannot be read', async () => {
      bench.portal.refuse = ({ path }) =>
        path.startsWith('/runs/')
          ? { status: 404, code: 'unknown-run' }
          : undefined;
      const outputs = await bench.run({});
      expect(bench.task.lines).toContain('minio-init: succeeded');
      expect(outputs.jobs).toEqual([
        { job: 'minio-init', outcome: 'succeeded' },
        { job: 'keycloak-clients', outcome: 'succeeded' },
      ]);
    });
  });

  it('tells operation, outcome of each job, health and link', async () => {
    expect(await bench.run({})).toEqual({
      instance: REF,
      link: LINK,
      operation: 'op-1',
      state: 'succeeded',
      joined: false,
      message: `Bootstrap of ${REF} succeeded: 2 jobs.`,
      health: 'healthy',
      jobs: ['minio-init', 'keycloak-clients'].map(job => ({
        job,
        outcome: 'succeeded',
        run: `op-1-${job}`,
        durationSeconds: 12,
        created: 1,
        updated: 0,
        unchanged: 4,
        skipped: 0,
      })),
    });
  });

  it('tells the health of after, when the view of the instance is behind', async () => {
    bench.portal.instances.set(REF, anInstance({ health: 'progressing' }));
    bench.clock.onSleep = () =>
      bench.portal.instances.set(REF, anInstance({ health: 'degraded' }));
    expect((await bench.run({})).health).toBe('degraded');
  });

  it('is done at once when it shall not wait', async () => {
    expect(await bench.run({ wait: false })).toMatchObject({
      operation: 'op-1',
      state: 'accepted',
      jobs: [],
    });
    expect(bench.portal.operations.get('op-1')?.state).toBe('queued');
  });

  it('succeeds when the failed jobs are asked for and none failed', async () => {
    expect(await bench.run({ jobs: 'failed' })).toMatchObject({
      state: 'nothing-to-do',
      message: 'There is nothing to run: no job failed.',
      jobs: [],
      health: 'healthy',
    });
    expect(bench.portal.operations.size).toBe(0);
  });

  it('fails when all jobs are asked for and the chart has none', async () => {
    bench.portal.instances.set(REF, anInstance({ jobs: [] }));
    await expect(bench.run({})).rejects.toThrow(
      `Bootstrap of ${REF} was refused (nothing-to-do): There is nothing to run`,
    );
  });

  describe('refusals', () => {
    it.each([
      [
        {
          status: 403,
          code: 'not-allowed',
          message: 'Not yours',
          fields: { permission: 'akko.job.run' },
        },
        `Bootstrap of ${REF} was refused (not-allowed): Not yours. It needs the permission akko.job.run.`,
      ],
      [
        { status: 503, code: 'cluster-unreachable', message: 'No contact' },
        `Bootstrap of ${REF} was refused (cluster-unreachable): No contact. Set waitForInstance to wait for the cluster.`,
      ],
      [
        { status: 422, code: 'not-runnable', message: 'It is off' },
        `Bootstrap of ${REF} was refused (not-runnable): It is off.`,
      ],
      [
        { status: 401, code: 'not-authenticated', message: 'Expired' },
        `Bootstrap of ${REF}: the portal no longer accepts the session of whoever started this task (Expired). Sign in again`,
      ],
    ])('are told with what to do next: %j', async (refusal, message) => {
      bench.portal.refuse = ({ body }) => (body ? refusal : undefined);
      await expect(bench.run({})).rejects.toThrow(message);
    });

    it('of an instance that nobody knows come at once', async () => {
      await expect(
        bench.run({ instance: 'prod-eu/akko/nobody' }),
      ).rejects.toThrow(
        "There is no AKKO instance 'prod-eu/akko/nobody'. If Helm is still installing it, set waitForInstance to wait for it.",
      );
    });
  });

  describe('its time', () => {
    it('ends the step, not the operation, and says so', async () => {
      bench.portal.looks = [{ 'minio-init': { state: 'running' } }];
      await expect(bench.run({ timeout: { minutes: 10 } })).rejects.toThrow(
        `Bootstrap of ${REF} did not end within 10 min. What was asked for goes on (operation op-1): ${LINK}`,
      );
      expect(bench.portal.operations.get('op-1')?.finishedAt).toBeUndefined();
    });

    it('ends when the task is cancelled', async () => {
      const cancelled = new AbortController();
      bench.portal.looks = [{ 'minio-init': { state: 'running' } }];
      bench.portal.onLook = () => cancelled.abort();
      await expect(bench.run({}, { signal: cancelled.signal })).rejects.toThrow(
        `Bootstrap of ${REF} is not waited for any longer, because the task was cancelled. What was asked for goes on (operation op-1): ${LINK}`,
      );
    });

    it.each([['soon'], [-1], [{ fortnights: 1 }], ['25h']])(
      'is refused when it is %j',
      async timeout => {
        await expect(bench.run({ timeout })).rejects.toThrow(
          /^The input timeout /,
        );
        expect(bench.portal.seen).toEqual([]);
      },
    );
  });

  describe('a dry run', () => {
    it('tells what would be done, and does nothing', async () => {
      expect(await bench.run({}, { isDryRun: true })).toMatchObject({
        state: 'planned',
        message: `Bootstrap of ${REF} would run 2 jobs. This is a dry run: nothing was done.`,
        jobs: [],
        warnings: [],
        plan: [
          {
            job: 'minio-init',
            wave: 0,
            jobName: 'akko-minio-init',
            replaces: true,
          },
          { job: 'keycloak-clients' },
        ],
      });
      expect(bench.task.lines[1]).toBe(
        'Wave 1: minio-init (replaces the Job that is there), keycloak-clients (replaces the Job that is there)',
      );
      expect(bench.portal.operations.size).toBe(0);
    });

    it('does not fail where the run itself would not', async () => {
      expect(
        await bench.run({ jobs: 'failed' }, { isDryRun: true }),
      ).toMatchObject({
        state: 'planned',
        plan: [],
      });
      expect(
        await bench.run(
          { instance: 'prod-eu/akko/new', waitForInstance: '20m' },
          { isDryRun: true },
        ),
      ).toMatchObject({
        message: expect.stringContaining('would wait for it for up to 20 min'),
      });
    });

    it('fails where the run itself would', async () => {
      await expect(
        bench.run({ instance: 'prod-eu/akko/nobody' }, { isDryRun: true }),
      ).rejects.toThrow('There is no AKKO instance');
    });
  });
});
