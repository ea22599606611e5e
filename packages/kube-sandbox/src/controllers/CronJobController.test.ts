import { TestCluster } from './__testUtils__/TestCluster';

const HOUR = 3600;
let cluster: TestCluster;
afterEach(() => cluster.stop());

describe('the CronJob controller', () => {
  it('makes a Job at each time of its schedule, named after the minute', async () => {
    cluster = new TestCluster();
    cluster.createCronJob('nightly', { schedule: '30 * * * *' });
    await cluster.pass(2 * HOUR);
    const minute = Date.parse('2026-03-01T12:30:00Z') / 60_000;
    expect(cluster.names('jobs')).toEqual([
      `nightly-${minute}`,
      `nightly-${minute + 60}`,
    ]);
    expect(
      cluster.store.get('cronjobs', 'default', 'nightly')!.status,
    ).toMatchObject({
      lastScheduleTime: '2026-03-01T13:30:00Z',
      lastSuccessfulTime: expect.stringMatching(/^2026-03-01T13:30/),
    });
  });

  it('counts in the time zone of its schedule', async () => {
    cluster = new TestCluster({ start: '2026-07-01T00:00:00Z' });
    cluster.createCronJob('zone', {
      schedule: '0 3 * * *',
      timeZone: 'Europe/Paris',
    });
    await cluster.pass(HOUR - 60);
    expect(cluster.names('jobs')).toEqual([]);
    await cluster.pass(120);
    expect(cluster.names('jobs')).toHaveLength(1);
  });

  it('makes none while it is suspended', async () => {
    cluster = new TestCluster();
    cluster.createCronJob('paused', { schedule: '* * * * *', suspend: true });
    await cluster.pass(HOUR);
    expect(cluster.names('jobs')).toEqual([]);
    cluster.change('cronjobs', 'paused', { suspend: false });
    await cluster.pass(120);
    expect(cluster.names('jobs').length).toBeGreaterThan(0);
  });

  it.each([
    { policy: 'Allow', running: 3 },
    { policy: 'Forbid', running: 1 },
    { policy: 'Replace', running: 1 },
  ])(
    'has $running Jobs at once with concurrencyPolicy $policy',
    async ({ policy, running }) => {
      cluster = new TestCluster({ scenarios: [{ duration: 10 * HOUR }] });
      cluster.createCronJob('long', {
        schedule: '* * * * *',
        concurrencyPolicy: policy,
      });
      await cluster.pass(61);
      const [first] = cluster.names('jobs');
      await cluster.pass(120);
      expect(cluster.names('jobs')).toHaveLength(running);
      expect(cluster.names('jobs').includes(first)).toBe(policy !== 'Replace');
    },
  );

  it('keeps as many ended Jobs as it should', async () => {
    cluster = new TestCluster();
    cluster.createCronJob('tidy', {
      schedule: '* * * * *',
      successfulJobsHistoryLimit: 2,
    });
    await cluster.pass(10 * 60 + 30);
    expect(cluster.names('jobs')).toHaveLength(2);
  });

  it.each([
    { policy: 'Forbid', jobs: ['by-hand'] },
    { policy: 'Replace', jobs: ['long-29539500'] },
    { policy: 'Allow', jobs: ['by-hand', 'long-29539500'] },
  ])(
    'counts a Job of somebody else that stands among the active ones, with $policy',
    async ({ policy, jobs }) => {
      cluster = new TestCluster({ scenarios: [{ duration: 10 * HOUR }] });
      cluster.createCronJob('long', {
        schedule: '0 * * * *',
        concurrencyPolicy: policy,
      });
      const { name, namespace, uid } = cluster.createJob('by-hand').metadata;
      cluster.store.update(
        'cronjobs',
        'default',
        'long',
        cronJob => ({
          ...cronJob,
          status: { active: [{ kind: 'Job', name, namespace, uid }] },
        }),
        { status: true },
      );
      await cluster.pass(HOUR + 60);
      expect(cluster.names('jobs')).toEqual(jobs);
    },
  );

  it('makes up for what it missed as soon as nothing is in its way', async () => {
    cluster = new TestCluster({ scenarios: [{ duration: 1.5 * HOUR }] });
    cluster.createCronJob('slow', {
      schedule: '0 * * * *',
      concurrencyPolicy: 'Forbid',
    });
    await cluster.pass(2.6 * HOUR);
    expect(
      cluster.names('jobs').map(name => Number(name.split('-')[1]) % 60),
    ).toEqual([0, 0]);
    expect(cluster.store.get('cronjobs', 'default', 'slow')!.status).toEqual(
      expect.objectContaining({ lastScheduleTime: '2026-03-01T14:00:00Z' }),
    );
  });
});
