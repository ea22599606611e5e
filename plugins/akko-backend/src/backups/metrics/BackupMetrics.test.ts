import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import type {
  Backup,
  BackupEntry,
  Cluster,
  Instance,
  InstanceRef,
  Run,
} from '@akko/backstage-plugin-akko-common';
import { AggregationTemporality } from '@opentelemetry/sdk-metrics';
import type { FleetCluster } from '../../clusters/types';
import type { RunChange } from '../../runs/types';
import { PrometheusPage } from './__testUtils__/PrometheusPage';
import { BackupMetrics } from './BackupMetrics';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const OF_BACKUP = ['cluster', 'namespace', 'release', 'backup'];
const LABELS =
  'cluster="prod",namespace="data",release="akko",backup="backup-postgres"';

const backup = (changes: Partial<Backup> = {}): Backup => ({
  name: 'backup-postgres',
  title: 'PostgreSQL',
  enabled: true,
  freshness: 'fresh',
  concerns: [],
  ...changes,
});

const ended = (changes: Partial<Run> = {}) =>
  ({
    instance: 'prod/data/akko',
    name: 'backup-postgres',
    kind: 'backup',
    state: 'succeeded',
    finishedAt: '2026-11-29T11:59:00Z',
    ...changes,
  } as Run);

describe('BackupMetrics', () => {
  let page: PrometheusPage;
  let now: number;
  let backups: Backup[];
  let tell: (run: Run, change: RunChange) => void;
  let running: BackupMetrics;
  const cluster: Partial<Cluster> = {};
  const unsubscribe = jest.fn();
  const list = jest.fn();
  const get = jest.fn();

  function measure(metrics = page.metrics): BackupMetrics {
    return new BackupMetrics({
      metrics,
      fleet: {
        clusters: () => [
          { name: 'prod', state: () => cluster } as unknown as FleetCluster,
        ],
      },
      instances: { list, get },
      recorder: {
        onRunChanged: listener => {
          tell = listener;
          return unsubscribe;
        },
      },
      now: () => now,
    });
  }

  beforeEach(() => {
    jest.resetAllMocks();
    page = new PrometheusPage();
    now = NOW;
    backups = [];
    Object.assign(cluster, {
      reachable: true,
      lastContactAt: '2026-11-29T11:59:55Z',
    });
    list.mockImplementation(async () => ({
      items: [{ ref: 'prod/data/akko' }],
    }));
    get.mockImplementation(
      async (ref: InstanceRef) => ({ ...ref, backups } as unknown as Instance),
    );
    running = measure();
    running.start();
  });
  afterEach(() => running.stop());

  it('tells every number under the name and unit that Prometheus expects', async () => {
    backups = [
      backup({
        lastGoodAt: '2026-11-29T02:10:00Z',
        lastVerifiedAt: '2026-11-28T02:10:00Z',
        lastRestoredAt: '2026-11-22T02:10:00Z',
        nextRunAt: '2026-11-30T02:00:00Z',
        lastGood: { bytes: 4096, durationSeconds: 600.5 } as BackupEntry,
        drill: {
          name: 'drill-postgres',
          title: 'Drill',
          runnable: true,
          restoreSeconds: 42,
        },
        target: { recoveryPointSeconds: 93_600 } as Backup['target'],
        freshness: 'shrunk',
        concerns: [{ type: 'shrunk', message: '' }],
      }),
    ];

    const text = await page.text();

    for (const line of [
      `akko_backup_last_good_age_seconds{${LABELS}} 35400`,
      `akko_backup_last_verified_age_seconds{${LABELS}} 121800`,
      `akko_backup_last_restored_age_seconds{${LABELS}} 640200`,
      `akko_backup_last_good_size_bytes{${LABELS}} 4096`,
      `akko_backup_last_good_duration_seconds{${LABELS}} 600.5`,
      `akko_backup_restore_duration_seconds{${LABELS}} 42`,
      `akko_backup_recovery_point_target_seconds{${LABELS}} 93600`,
      `akko_backup_next_run_timestamp_seconds{${LABELS}} 1796004000`,
      `akko_backup_paused{${LABELS}} 0`,
      `akko_backup_state{${LABELS},state="shrunk"} 1`,
      `akko_backup_concern{${LABELS},concern="shrunk"} 1`,
      `akko_backup_runs_total{${LABELS},kind="drill",outcome="failed"} 0`,
      'akko_cluster_reachable{cluster="prod"} 1',
      'akko_cluster_last_contact_age_seconds{cluster="prod"} 5',
      'akko_backups 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).toContain('# TYPE akko_backup_runs_total counter');
    expect(text).toContain('# TYPE akko_backup_last_good_age_seconds gauge');
  });

  it('tells no age, size or time where there is no backup, rather than a false one', async () => {
    backups = [
      backup({
        freshness: 'never',
        concerns: [{ type: 'never' }] as Backup['concerns'],
      }),
    ];

    const text = await page.text();

    const numbers = text
      .split('\n')
      .filter(line => /^akko_backup_\w+(_seconds|_bytes)\{/.test(line));
    expect(numbers).toEqual([]);
    expect(text).toContain(`akko_backup_state{${LABELS},state="never"} 1`);
  });

  it('tells nothing of backups that the chart does not have', async () => {
    backups = [backup({ enabled: false, freshness: 'disabled' })];

    const text = await page.text();

    expect(text).not.toContain('backup-postgres');
    expect(text).toMatch(/^akko_backups 0$/m);
  });

  it('has a flag for each concern, which goes down when it is settled', async () => {
    backups = [
      backup({
        freshness: 'failing',
        concerns: [
          { type: 'failing', message: 'secret reason' },
          { type: 'over-target', message: '' },
        ],
        paused: { isExact: false },
      }),
    ];

    expect(await page.series('akko_backup_concern', OF_BACKUP)).toEqual({
      'concern="failing"': 1,
      'concern="over-target"': 1,
    });
    const text = await page.text();
    expect(text).toContain(`akko_backup_paused{${LABELS}} 1`);
    expect(text).not.toContain('secret');

    backups = [
      backup({
        freshness: 'over-target',
        concerns: [{ type: 'over-target', message: '' }],
      }),
    ];
    now += 1000;
    expect(await page.series('akko_backup_concern', OF_BACKUP)).toEqual({
      'concern="failing"': 0,
      'concern="over-target"': 1,
    });
  });

  it.each([AggregationTemporality.DELTA, AggregationTemporality.CUMULATIVE])(
    'tells one state at a time, whatever the reader keeps (temporality %s)',
    async temporality => {
      page = new PrometheusPage(temporality);
      running.stop();
      running = measure();
      running.start();
      backups = [backup({ freshness: 'late' })];
      await page.text();
      backups = [backup()];
      now += 1000;

      expect(await page.series('akko_backup_state', OF_BACKUP)).toEqual({
        'state="late"': 0,
        'state="fresh"': 1,
      });
    },
  );

  it('forgets a backup that is gone', async () => {
    backups = [backup({ lastGoodAt: '2026-11-29T02:10:00Z' })];
    await page.text();
    backups = [];
    now += 1000;

    expect(await page.series('akko_backup_last_good_age_seconds')).toEqual({});
  });

  it('goes on telling of a cluster without contact, and says so', async () => {
    backups = [backup({ lastGoodAt: '2026-11-29T02:10:00Z' })];
    cluster.reachable = false;
    now += 3_600_000;

    expect(await page.series('akko_cluster_reachable')).toEqual({
      'cluster="prod"': 0,
    });
    expect(await page.series('akko_cluster_last_contact_age_seconds')).toEqual({
      'cluster="prod"': 3605,
    });
    expect(await page.series('akko_backup_last_good_age_seconds')).toEqual({
      [LABELS]: 39_000,
    });
  });

  it('has no age below zero when the clock of a cluster is ahead', async () => {
    backups = [backup({ lastGoodAt: '2026-11-29T12:00:03Z' })];

    expect(await page.series('akko_backup_last_good_age_seconds')).toEqual({
      [LABELS]: 0,
    });
  });

  it('passes over the fleet once per scrape', async () => {
    await page.text();
    expect(list).toHaveBeenCalledTimes(1);
    expect(get).toHaveBeenCalledTimes(1);

    now += 1000;
    await page.text();
    expect(list).toHaveBeenCalledTimes(2);
  });

  it('tries again at the next scrape when the fleet could not be read', async () => {
    backups = [backup()];
    list.mockRejectedValueOnce(new Error('not now'));
    await expect(page.text()).rejects.toThrow('not now');

    expect(await page.text()).toContain('akko_backups 1');
  });

  const runs = () =>
    page.series('akko_backup_runs_total', ['cluster', 'namespace', 'release']);

  it('counts the end of a run once, where this replica wrote it down', async () => {
    const before = ended({ state: 'running', finishedAt: undefined });
    tell(before, { stored: true });
    tell(ended(), { stored: true, previous: before });
    // Its log came later; the other replica's word; its own word again.
    tell(ended(), { stored: true, previous: ended() });
    tell(ended(), { stored: false, previous: before });
    tell(ended(), { stored: false, previous: ended() });
    tell(ended({ state: 'failed' }), { stored: true });

    expect(await runs()).toEqual({
      'backup="backup-postgres",kind="backup",outcome="succeeded"': 1,
      'backup="backup-postgres",kind="backup",outcome="failed"': 1,
    });
  });

  it('counts a drill for the backup that it proves, and no init job', async () => {
    tell(ended({ name: 'drill-postgres', kind: 'drill' }), { stored: true });
    tell(ended({ name: 'minio-init', kind: 'init' }), { stored: true });
    tell(ended({ state: 'unknown' }), { stored: true });

    expect(await runs()).toEqual({
      'backup="backup-postgres",kind="drill",outcome="succeeded"': 1,
    });
  });

  it('begins to count at zero, so that the first failure is an increase', async () => {
    backups = [backup()];
    await page.text();
    tell(ended({ state: 'failed' }), { stored: true });
    now += 1000;

    expect(await runs()).toEqual({
      'backup="backup-postgres",kind="backup",outcome="succeeded"': 0,
      'backup="backup-postgres",kind="backup",outcome="failed"': 1,
    });
  });

  it('measures nothing any more once it is stopped, and does not start again', async () => {
    running.stop();
    running.start();
    await page.text();

    expect(list).not.toHaveBeenCalled();
    expect(unsubscribe).toHaveBeenCalledTimes(1);
  });

  it('works where nobody set metrics up', () => {
    const metrics = metricsServiceMock.mock();
    const silent = measure(metrics);
    silent.start();
    tell(ended(), { stored: true });
    silent.stop();

    expect(metrics.createCounter).toHaveBeenCalledTimes(1);
  });
});
