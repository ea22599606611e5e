import { ActionBench, REF } from '../__testUtils__/ActionBench';
import { aJob, anInstance, aRun } from '../__testUtils__/instances';
import { createBootstrapAction } from '../actions/createBootstrapAction';

const bench = new ActionBench(createBootstrapAction).use();

const failedJobs = {
  jobs: [
    aJob('minio-init'),
    aJob('keycloak-clients', { state: 'failed' as const }),
  ],
};

describe('when an operation is active', () => {
  const start = (jobs: string[]) => {
    bench.portal.start(
      {
        id: 'other',
        steps: jobs.map(job => ({ job, state: 'running', wave: 0 })),
      },
      [{}, Object.fromEntries(jobs.map(job => [job, { state: 'succeeded' }]))],
    );
  };

  it('fails and says how to wait', async () => {
    start(['minio-init']);
    await expect(bench.run({})).rejects.toThrow(
      /was refused \(already-running\): .*operation other.* Set ifRunning to wait for it\./,
    );
  });

  it('takes its outcome with join, where it runs all that is asked for', async () => {
    start(['minio-init', 'keycloak-clients']);
    expect(await bench.run({ ifRunning: 'join' })).toMatchObject({
      operation: 'other',
      joined: true,
      state: 'succeeded',
    });
    expect(bench.task.lines[0]).toBe(
      'A bootstrap that user:default/ana asked for is active (operation other); it is waited for.',
    );
  });

  it('counts with join only the jobs that are asked for', async () => {
    bench.portal.start(
      {
        id: 'other',
        steps: ['minio-init', 'keycloak-clients'].map(job => ({
          job,
          state: 'running',
          wave: 0,
        })),
      },
      [
        {
          'minio-init': { state: 'succeeded' },
          'keycloak-clients': { state: 'failed' },
        },
      ],
    );
    expect(
      await bench.run({ ifRunning: 'join', jobs: ['minio-init'] }),
    ).toMatchObject({
      state: 'succeeded',
      jobs: [{ job: 'minio-init', outcome: 'succeeded' }],
    });
  });

  it.each([['all'], ['failed'], [['keycloak-clients']]])(
    'waits with join and asks for %j after, where it does not',
    async jobs => {
      bench.portal.instances.set(REF, anInstance(failedJobs));
      start(['minio-init']);
      expect(await bench.run({ ifRunning: 'join', jobs })).toMatchObject({
        operation: 'op-2',
        joined: false,
        state: 'succeeded',
      });
    },
  );
});

describe('when init jobs run by themselves', () => {
  const helm = { type: 'helm' as const, revision: 15 };
  const upgrading = anInstance({
    health: 'progressing',
    jobs: [
      aJob('minio-init', {
        lastRun: aRun({ id: 'new-minio', name: 'minio-init', trigger: helm }),
      }),
      aJob('keycloak-clients', {
        state: 'running',
        lastRun: aRun({
          id: 'new-keycloak',
          name: 'keycloak-clients',
          state: 'running',
          trigger: helm,
        }),
      }),
    ],
  });
  const after = (state: 'succeeded' | 'failed') => {
    bench.clock.onSleep = () =>
      bench.portal.instances.set(
        REF,
        anInstance({
          jobs: [
            upgrading.jobs[0],
            aJob('keycloak-clients', {
              state,
              lastRun: aRun({
                id: 'new-keycloak',
                name: 'keycloak-clients',
                state,
                trigger: helm,
                durationSeconds: 9,
                errorLine:
                  state === 'failed' ? 'HTTP 401 from Keycloak' : undefined,
              }),
            }),
          ],
        }),
      );
  };
  beforeEach(() => {
    bench.portal.instances.set(REF, upgrading);
  });

  it('does not stop them in the middle', async () => {
    await expect(bench.run({})).rejects.toThrow(
      `Init jobs of ${REF} are running (Helm, revision 15): keycloak-clients. Nothing was asked for. Set ifRunning: join`,
    );
    expect(bench.portal.asked()).toEqual([]);
  });

  it('takes their outcome with join, also of those of the same upgrade that had ended before', async () => {
    after('succeeded');
    const outputs = await bench.run({ ifRunning: 'join' });
    expect(outputs).toMatchObject({
      joined: true,
      state: 'succeeded',
      jobs: [
        { job: 'minio-init', outcome: 'succeeded', run: 'new-minio' },
        {
          job: 'keycloak-clients',
          outcome: 'succeeded',
          run: 'new-keycloak',
        },
      ],
    });
    expect(outputs).not.toHaveProperty('operation');
    expect(bench.task.lines).toEqual([
      'keycloak-clients: running',
      'keycloak-clients: succeeded in 9 s',
      `Bootstrap of ${REF} succeeded: 2 jobs. All 2 jobs done; the instance is healthy.`,
    ]);
    expect(bench.portal.asked()).toEqual([]);
  });

  it('fails with join when they do', async () => {
    after('failed');
    await expect(bench.run({ ifRunning: 'join' })).rejects.toThrow(
      '1 of 2 jobs did not succeed (keycloak-clients). keycloak-clients: HTTP 401 from Keycloak.',
    );
  });

  it('runs again what has failed with join, when that is what is asked for', async () => {
    after('failed');
    expect(
      await bench.run({ ifRunning: 'join', jobs: 'failed' }),
    ).toMatchObject({
      operation: 'op-1',
      joined: false,
    });
    expect(bench.portal.asked()[0].body?.jobs).toBe('failed');
  });

  it('does not wait for a job that is suspended', async () => {
    bench.portal.instances.set(
      REF,
      anInstance({
        jobs: [
          aJob('minio-init', {
            state: 'pending',
            lastRun: aRun({
              id: 'suspended',
              name: 'minio-init',
              state: 'pending',
              reason: 'Suspended',
            }),
          }),
        ],
      }),
    );
    expect(await bench.run({})).toMatchObject({ operation: 'op-1' });
  });
});
