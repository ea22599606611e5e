import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { DeclaredInstance } from '../config';
import { DatabaseRunStore } from '../runs/DatabaseRunStore';
import { FleetRunRecorder } from '../runs/FleetRunRecorder';
import { FakeFleet } from '../testing/FakeFleet';
import {
  aCatalogue,
  aCronJob,
  aFailedJob,
  aJob,
  aPod,
  aSucceededJob,
  terminated,
} from '../testing/kubernetesObjects';
import { FleetInstanceService } from './FleetInstanceService';
import { InstanceSnapshotStore } from './InstanceSnapshotStore';

const AKKO = { cluster: 'prod', namespace: 'akko', release: 'akko' };

describe('FleetInstanceService', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const logger = mockServices.logger.mock();
  let database: DatabaseService;
  let fleet: FakeFleet;
  let store: DatabaseRunStore;
  let recorder: FleetRunRecorder;
  let service: FleetInstanceService;
  let now: Date;

  const start = async (declared?: DeclaredInstance[]) => {
    recorder = new FleetRunRecorder({
      fleet,
      store,
      logger,
      declared,
      sleep: async (_, signal) => signal.throwIfAborted(),
    });
    service = new FleetInstanceService({
      fleet,
      recorder,
      snapshots: await InstanceSnapshotStore.create({ database }),
      logger,
      declared,
      now: () => now,
    });
    await recorder.start();
    await service.start();
  };
  const stop = async () => {
    await recorder.settled();
    await service.stop();
    await recorder.stop();
  };
  const prod = () => fleet.cluster('prod')!;
  const states = async () =>
    Object.fromEntries(
      (await service.get(AKKO))!.segments.map(({ name, state }) => [
        name,
        state,
      ]),
    );
  const catalogued = (...names: string[]) =>
    aCatalogue({ jobs: names.map(name => ({ name })) });

  beforeEach(async () => {
    now = new Date('2026-11-01T12:00:00Z');
    fleet = new FakeFleet('prod', 'test');
    const client = await databases.init('SQLITE_3');
    database = { getClient: async () => client };
    store = await DatabaseRunStore.create({ database });
    await start();
  });

  afterEach(stop);

  it('shows a Job in its new state at once, before the history has it', async () => {
    prod().set('configmaps', catalogued('minio-init'));
    const job = aJob({ startedAt: '2026-11-01T10:00:01Z' });
    prod().set('jobs', job);
    await expect(states()).resolves.toEqual({ 'minio-init': 'running' });

    prod().set('jobs', aSucceededJob({ uid: job.metadata!.uid }));
    await expect(states()).resolves.toEqual({ 'minio-init': 'succeeded' });
    await expect(service.get(AKKO)).resolves.toMatchObject({
      ref: 'prod/akko/akko',
      health: 'healthy',
      headline: 'The only job is done',
      chartVersion: '1.0.0',
      revision: 14,
      jobs: [{ lastRun: { state: 'succeeded', durationSeconds: 12 } }],
    });
  });

  it('tells expired from missing by the history', async () => {
    prod().set('configmaps', catalogued('minio-init', 'postgres-init'));
    prod().set('jobs', aSucceededJob());
    prod().remove('jobs', 'akko', 'akko-minio-init');
    await recorder.settled();

    await expect(states()).resolves.toEqual({
      'minio-init': 'expired',
      'postgres-init': 'missing',
    });
    await expect(service.get(AKKO)).resolves.toMatchObject({
      health: 'degraded',
      headline: '1 of 2 jobs done, 1 never ran',
    });
  });

  it('puts instances that need attention first, and counts them by health', async () => {
    const releases = { good: aSucceededJob, bad: aFailedJob, busy: aJob };
    for (const [release, make] of Object.entries(releases)) {
      prod().set('jobs', make({ release, startedAt: '2026-11-01T10:00:01Z' }));
    }
    const { items, totals } = await service.list({});
    expect(items.map(({ release }) => release)).toEqual([
      'bad',
      'busy',
      'good',
    ]);
    expect(totals).toEqual({
      total: 3,
      failed: 1,
      degraded: 0,
      progressing: 1,
      healthy: 1,
      unknown: 0,
    });
  });

  it('filters by cluster, namespace, health and text; totals leave health out', async () => {
    prod().set('jobs', aFailedJob({ release: 'one', namespace: 'a' }));
    prod().set('jobs', aSucceededJob({ release: 'two', namespace: 'b' }));
    fleet.cluster('test')!.set('jobs', aSucceededJob({ release: 'three' }));
    const found = async (filter: Parameters<typeof service.list>[0]) =>
      (await service.list(filter)).items.map(({ release }) => release);

    await expect(found({ cluster: 'test' })).resolves.toEqual(['three']);
    await expect(found({ namespace: 'b' })).resolves.toEqual(['two']);
    await expect(found({ q: ' PROD/b ' })).resolves.toEqual(['two']);
    await expect(found({ health: 'failed' })).resolves.toEqual(['one']);
    const { totals } = await service.list({ health: 'failed' });
    expect(totals.total).toBe(3);
  });

  it('shows the error of the first failed job in dependency order', async () => {
    prod().set(
      'configmaps',
      aCatalogue({
        jobs: [
          { name: 'polaris-init', dependsOn: ['minio-init'] },
          { name: 'minio-init' },
        ],
      }),
    );
    const job = aFailedJob();
    const message = JSON.stringify({
      schema: 'akko.io/report/v1',
      job: 'minio-init',
      outcome: 'failed',
      error: {
        code: 'authentication-failed',
        service: 'object-storage',
        message: 'The access key is not known',
      },
    });
    prod().set('jobs', job);
    prod().set('pods', aPod(job, { state: terminated(1, { message }) }));
    await recorder.settled();

    await expect(service.get(AKKO)).resolves.toMatchObject({
      health: 'failed',
      headline: '0 of 2 jobs done, 1 failed, 1 waiting',
      topFailure: {
        job: 'minio-init',
        code: 'authentication-failed',
        message: 'The access key is not known',
      },
      jobs: [
        { name: 'minio-init', state: 'failed' },
        {
          name: 'polaris-init',
          state: 'pending',
          waitingFor: ['minio-init'],
          note: 'Waiting for minio-init',
        },
      ],
    });
  });

  it('calls a backup late when its time comes and goes, though nothing happens', async () => {
    prod().set(
      'cronjobs',
      aCronJob({
        createdAt: '2026-10-31T00:00:00Z',
        lastSuccessfulTime: '2026-11-01T02:31:00Z',
      }),
    );
    const worst = async () => (await service.list({})).items[0].backups.worst;
    await expect(worst()).resolves.toBe('fresh');
    now = new Date('2026-11-02T02:50:00Z');
    await expect(worst()).resolves.toBe('due');
    now = new Date('2026-11-02T03:31:00Z');
    await expect(worst()).resolves.toBe('late');
  });

  it('makes a view once, and again only when something of it changed', async () => {
    prod().set('configmaps', catalogued('minio-init'));
    prod().set('jobs', aSucceededJob());
    await recorder.settled();
    const facts = jest.spyOn(recorder, 'facts');
    await service.list({});
    const calls = facts.mock.calls.length;
    await service.list({});
    await service.get(AKKO);
    expect(facts).toHaveBeenCalledTimes(calls);

    prod().set('jobs', aFailedJob({ name: 'postgres-init' }));
    await service.list({});
    expect(facts.mock.calls.length).toBeGreaterThan(calls);
  });

  it('tells listeners which instance changed', async () => {
    const heard: string[] = [];
    const unsubscribe = service.onInstanceChanged(({ release }) =>
      heard.push(release),
    );
    prod().set('jobs', aJob({ release: 'one' }));
    expect(heard).toEqual(['one']);
    unsubscribe();
  });

  it('shows an unreachable cluster from its mirror, marked stale', async () => {
    prod().set('jobs', aSucceededJob());
    prod().setState({
      reachable: false,
      stale: true,
      staleSince: '2026-11-01T11:00:00.000Z',
    });
    await expect(service.get(AKKO)).resolves.toMatchObject({
      stale: true,
      staleSince: '2026-11-01T11:00:00.000Z',
      health: 'healthy',
      clusterState: { reachable: false },
    });
  });

  it('shows instances of a cluster that does not answer after a restart from history', async () => {
    const chart = aCatalogue({
      jobs: [{ name: 'minio-init' }, { name: 'polaris-init' }],
      backups: [
        { name: 'backup-postgres', enabled: true, schedule: '30 2 * * *' },
      ],
    });
    chart.metadata!.labels!.environment = 'production';
    prod().set('configmaps', chart);
    prod().set('jobs', aSucceededJob());
    prod().set(
      'jobs',
      aJob({ name: 'polaris-init', startedAt: '2026-11-01T10:00:01Z' }),
    );
    await stop();

    fleet = new FakeFleet('prod');
    fleet.cluster('prod')!.mirror.synced = false;
    await start();
    await expect(service.get(AKKO)).resolves.toMatchObject({
      chartVersion: '1.0.0',
      labels: { environment: 'production' },
      segments: [
        { name: 'minio-init', state: 'succeeded' },
        { name: 'polaris-init', state: 'unknown' },
      ],
      backups: [{ name: 'backup-postgres', schedule: '30 2 * * *' }],
    });
  });

  it('forgets an instance whose catalogue and Jobs are gone', async () => {
    prod().set('configmaps', catalogued('minio-init'));
    prod().set('jobs', aSucceededJob());
    await recorder.settled();
    prod().remove('jobs', 'akko', 'akko-minio-init');
    prod().remove('configmaps', 'akko', 'akko-init-jobs');

    await expect(service.get(AKKO)).resolves.toBeUndefined();
    await expect(service.catalogue(AKKO)).resolves.toBeUndefined();
    expect((await service.list({})).items).toEqual([]);
  });

  it('remembers an instance without catalogue whose Jobs were all cleaned up', async () => {
    prod().set('jobs', aSucceededJob());
    prod().remove('jobs', 'akko', 'akko-minio-init');
    await recorder.settled();

    const instance = await service.get(AKKO);
    expect(instance).toMatchObject({
      health: 'healthy',
      headline: 'The only job is done',
    });
    const minio = instance!.jobs.find(({ name }) => name === 'minio-init');
    expect(minio?.state).toBe('expired');
    const polaris = instance!.jobs.find(({ name }) => name === 'polaris-init');
    expect(polaris).toMatchObject({ state: 'disabled', enabled: false });
    expect(polaris?.note).toContain('no job catalogue');
  });

  it('shows declared instances, and finds their Jobs by name', async () => {
    await stop();
    await start([{ ...AKKO, title: 'Akko of the bank' }]);
    prod().set('jobs', aFailedJob({ labels: {} }));
    await expect(service.get(AKKO)).resolves.toMatchObject({
      title: 'Akko of the bank',
      health: 'failed',
    });
  });

  it('finds the newest Job of a backup', async () => {
    const make = (hour: number) =>
      aJob({
        name: 'backup-postgres',
        uid: `at-${hour}`,
        createdAt: `2026-11-01T0${hour}:00:00Z`,
      });
    for (const hour of [2, 3, 1]) {
      const job = make(hour);
      job.metadata!.name += `-${hour}`;
      prod().set('jobs', job);
    }
    expect(service.liveJob(AKKO, 'backup-postgres')?.metadata?.uid).toBe(
      'at-3',
    );
    expect(service.liveJob(AKKO, 'minio-init')).toBeUndefined();
  });

  it('answers nothing for clusters and instances that it does not know', async () => {
    await expect(
      service.get({ ...AKKO, cluster: 'elsewhere' }),
    ).resolves.toBeUndefined();
    await expect(service.get(AKKO)).resolves.toBeUndefined();
  });
});
