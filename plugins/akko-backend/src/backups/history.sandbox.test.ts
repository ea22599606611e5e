import { Sandbox, VirtualClock } from '@akko/kube-sandbox';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { createFleet, SystemClock, type Fleet } from '../clusters';
import { DatabaseFindingStore } from '../diagnosis';
import { DatabaseRunStore, FleetRunRecorder } from '../runs';
import { chartLabels } from '../testing/kubernetesObjects';
import {
  DatabaseLedgerStore,
  LedgerService,
  ScheduleHistory,
  WatchLog,
} from '.';

const RUNS = 1000;
const KEPT = 3;
const MINUTE = 60_000;
const INSTANCE = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const START = '2026-03-01T00:00:30Z';

jest.setTimeout(300_000);

/** What a portal does with backups, without its API. */
class Portal {
  private constructor(
    private readonly fleet: Fleet,
    private readonly recorder: FleetRunRecorder,
    private readonly watchLog: WatchLog,
    private readonly schedules: ScheduleHistory,
    readonly ledger: LedgerService,
  ) {}

  static async start(
    sandbox: Sandbox,
    clock: VirtualClock,
    client: Awaited<ReturnType<TestDatabases['init']>>,
  ): Promise<Portal> {
    const database = { getClient: async () => client };
    const logger = mockServices.logger.mock();
    const store = await DatabaseRunStore.create({ database });
    const { url, caCertificate, token } = sandbox.clusters.get('prod')!;
    const fleet = createFleet({
      logger,
      config: {
        clusters: [
          {
            name: 'prod',
            title: 'prod',
            access: { type: 'url', url, caData: caCertificate, token },
          },
        ],
      },
    });
    const recorder = new FleetRunRecorder({ fleet, store, logger });
    const now = () => new Date(clock.now());
    const timers = new SystemClock();
    const watchLog = await WatchLog.create({
      database,
      fleet,
      logger,
      clock: { now: () => clock.now(), after: timers.after },
    });
    const schedules = await ScheduleHistory.create({
      database,
      fleet,
      logger,
      now,
    });
    const ledger = new LedgerService({
      store: await DatabaseLedgerStore.create({ database }),
      schedules,
      findings: await DatabaseFindingStore.create({ database }),
      now: () => clock.now(),
    });
    await recorder.start();
    await schedules.start();
    watchLog.start();
    const synced = new Promise<void>(resolve => {
      fleet.subscribe({ onSynced: () => resolve() });
    });
    await fleet.start();
    await synced;
    return new Portal(fleet, recorder, watchLog, schedules, ledger);
  }

  /** Waits until so many runs have been seen to succeed, and are written. */
  async recorded(ended: Set<string>, count: number): Promise<void> {
    const { mirror } = this.fleet.cluster('prod')!;
    for (;;) {
      mirror
        .list('jobs')
        .filter(({ status }) => status?.completionTime)
        .forEach(({ metadata }) => ended.add(metadata!.uid!));
      if (ended.size >= count) {
        await this.recorder.settled();
        return;
      }
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  async stop(): Promise<void> {
    await this.watchLog.stop();
    await this.schedules.stop();
    await this.recorder.stop();
    await this.fleet.stop();
  }
}

describe('the ledger of a CronJob that keeps three Jobs', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let clock: VirtualClock;
  let sandbox: Sandbox;

  beforeEach(async () => {
    clock = new VirtualClock(START);
    sandbox = await Sandbox.start({
      clock,
      clusters: [
        {
          name: 'prod',
          namespaces: [INSTANCE.namespace],
          workloads: {
            scenarios: [
              {
                duration: 2,
                log: ['dumping'],
                terminationMessage: {
                  schema: 'akko.io/report/v1',
                  job: 'backup-postgres',
                  outcome: 'succeeded',
                  backup: {
                    id: '{{job}}',
                    location: '/backups/{{job}}',
                    bytes: 1000,
                    level: 'readable',
                  },
                },
              },
            ],
          },
        },
      ],
    });
    const labels = chartLabels('akko', 'backup-postgres');
    sandbox.clusters.get('prod')!.store.create('cronjobs', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: {
        name: 'akko-backup-postgres',
        namespace: INSTANCE.namespace,
        labels,
      },
      spec: {
        schedule: '* * * * *',
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: KEPT,
        jobTemplate: {
          metadata: { labels },
          spec: {
            template: {
              metadata: { labels },
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'main', image: 'akko-init:1.0.0' }],
              },
            },
          },
        },
      },
    });
  });
  afterEach(() => sandbox.stop());

  it('has a thousand runs once each and in order; and a gap where nobody watched', async () => {
    const client = await databases.init('SQLITE_3');
    let portal = await Portal.start(sandbox, clock, client);
    const ended = new Set<string>();
    // As many at a time as Kubernetes keeps.
    for (let run = 0; run < RUNS; run += KEPT) {
      const more = Math.min(KEPT, RUNS - run);
      await clock.advance(more * MINUTE);
      await portal.recorded(ended, run + more);
    }
    await portal.stop();

    // Ten runs, of which Kubernetes keeps three.
    await clock.advance(10 * MINUTE);
    portal = await Portal.start(sandbox, clock, client);
    await portal.recorded(ended, RUNS + KEPT);

    const entries = [];
    for await (const page of portal.ledger.export(
      INSTANCE,
      'backup-postgres',
      {},
    )) {
      entries.push(...page);
    }
    const due = (minute: number) =>
      new Date(
        Date.parse('2026-03-01T00:00:00Z') + minute * MINUTE,
      ).toISOString();
    const minutes = [
      ...Array.from({ length: RUNS }, (_, index) => index + 1),
      ...[RUNS + 8, RUNS + 9, RUNS + 10],
    ];
    expect(entries.map(({ scheduledFor }) => scheduledFor)).toEqual(
      minutes.map(due).reverse(),
    );
    expect(new Set(entries.map(({ id }) => id)).size).toBe(RUNS + KEPT);
    expect(
      entries.every(
        ({ bytes, hasLog, origin, state }) =>
          state === 'succeeded' && origin === 'scheduled' && bytes && hasLog,
      ),
    ).toBe(true);

    const { gaps } = await portal.ledger.entries(
      INSTANCE,
      'backup-postgres',
      {},
      { limit: 50 },
    );
    expect(gaps).toMatchObject([{ missed: 7 }]);
    const { gaps: earlier } = await portal.ledger.entries(
      INSTANCE,
      'backup-postgres',
      {},
      {
        limit: 50,
        cursor: (
          await portal.ledger.entries(
            INSTANCE,
            'backup-postgres',
            {},
            { limit: 50 },
          )
        ).nextCursor,
      },
    );
    expect(earlier).toEqual([]);
    await portal.stop();
  });
});
