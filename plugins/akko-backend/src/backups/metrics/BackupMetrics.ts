import type {
  MetricAttributes,
  MetricOptions,
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceObservableCallback,
} from '@backstage/backend-plugin-api/alpha';
import {
  parseInstanceRef,
  type BackupConcernType,
  type BackupFreshness,
  type Run,
} from '@akko/backstage-plugin-akko-common';
import type { Fleet } from '../../clusters/types';
import type { RunChange, RunRecorder } from '../../runs/types';
import { backupOfDrill } from '../ledger/entryOfRecord';
import { BACKUP_GAUGES } from './backupGauges';
import { FleetBackups, type FleetBackupsOptions } from './FleetBackups';
import { Flags } from './Flags';
import type {
  ClusterAttributes,
  ConcernAttributes,
  MeasuredBackup,
  RunAttributes,
  StateAttributes,
} from './types';

/** What {@link BackupMetrics} is made of. */
export interface BackupMetricsOptions extends FleetBackupsOptions {
  metrics: MetricsService;
  fleet: Pick<Fleet, 'clusters'>;
  recorder: Pick<RunRecorder, 'onRunChanged'>;
}

/** Measures the backups of the fleet, for whatever OpenTelemetry is set up to tell; docs/metrics.md has what it looks like to Prometheus. */
export class BackupMetrics {
  private readonly backups: FleetBackups;
  private readonly states = new Flags<BackupFreshness>();
  private readonly concerns = new Flags<BackupConcernType>();
  private readonly begun = new Set<string>();
  private undo: (() => void)[] = [];
  private isStopped = false;

  constructor(private readonly options: BackupMetricsOptions) {
    this.backups = new FleetBackups(options);
  }

  /** Does nothing after {@link BackupMetrics.stop}: a portal may be told to stop while it starts. */
  start(): void {
    if (this.isStopped) {
      return;
    }
    for (const { name, valueOf, ...options } of BACKUP_GAUGES) {
      this.gauge(name, options, async result => {
        for (const measured of await this.backups.read()) {
          const value = valueOf(measured);
          if (value !== undefined) {
            result.observe(value, measured.attributes);
          }
        }
      });
    }
    this.measureConcerns();
    this.measureStates();
    this.measureClusters();
    this.countRuns();
  }

  stop(): void {
    this.isStopped = true;
    this.undo.forEach(undo => undo());
    this.undo = [];
  }

  private gauge<TAttributes extends MetricAttributes>(
    name: string,
    options: MetricOptions,
    callback: MetricsServiceObservableCallback<TAttributes>,
  ): void {
    const gauge = this.options.metrics.createObservableGauge<TAttributes>(
      name,
      options,
    );
    gauge.addCallback(callback);
    this.undo.push(() => gauge.removeCallback(callback));
  }

  private measureConcerns(): void {
    this.gauge<ConcernAttributes>(
      'akko.backup.concern',
      { description: '1 where this speaks against relying on the backup' },
      async result => {
        for (const { attributes, backup } of await this.backups.read()) {
          const present = backup.concerns.map(({ type }) => type);
          for (const [concern, value] of this.concerns.of(
            keyOf(attributes),
            present,
          )) {
            result.observe(value, { ...attributes, concern });
          }
        }
      },
    );
  }

  private measureStates(): void {
    this.gauge<StateAttributes>(
      'akko.backup.state',
      { description: '1 for the state that the backup is in' },
      async result => {
        for (const { attributes, backup } of await this.backups.read()) {
          for (const [state, value] of this.states.of(keyOf(attributes), [
            backup.freshness,
          ])) {
            result.observe(value, { ...attributes, state });
          }
        }
      },
    );
  }

  private measureClusters(): void {
    this.gauge<ClusterAttributes>(
      'akko.cluster.reachable',
      {
        description:
          '1 where the last contact succeeded; what is told of the backups of others is as of the last contact',
      },
      result => {
        for (const { name, state } of this.clusters()) {
          result.observe(state.reachable ? 1 : 0, { cluster: name });
        }
      },
    );
    this.gauge<ClusterAttributes>(
      'akko.cluster.last_contact.age_seconds',
      { unit: 's', description: 'Time since the last contact' },
      result => {
        for (const { name, state } of this.clusters()) {
          if (state.lastContactAt !== undefined) {
            const age = this.options.now() - Date.parse(state.lastContactAt);
            result.observe(Math.max(0, age / 1000), { cluster: name });
          }
        }
      },
    );
  }

  private clusters() {
    return this.options.fleet
      .clusters()
      .map(cluster => ({ name: cluster.name, state: cluster.state() }));
  }

  private countRuns(): void {
    const { metrics, recorder } = this.options;
    const counter = metrics.createCounter<RunAttributes>('akko.backup.runs', {
      description: 'Runs of backups and drills that ended',
    });
    this.undo.push(
      recorder.onRunChanged((run, change) => {
        const attributes = endOf(run, change);
        if (attributes) {
          counter.add(1, attributes);
        }
      }),
    );
    this.beginAtZero(counter);
  }

  /** A series that begins with 1 has no increase in the eyes of Prometheus: the first failure after a start would go unseen. */
  private beginAtZero(counter: MetricsServiceCounter<RunAttributes>): void {
    this.gauge(
      'akko.backups',
      { description: 'Backups that are measured' },
      async result => {
        const all = await this.backups.read();
        all.forEach(measured => this.beginRuns(counter, measured));
        result.observe(all.length);
      },
    );
  }

  private beginRuns(
    counter: MetricsServiceCounter<RunAttributes>,
    { attributes, backup }: MeasuredBackup,
  ): void {
    for (const kind of ['backup', 'drill'] as const) {
      const key = `${keyOf(attributes)} ${kind}`;
      if (!this.begun.has(key) && (kind === 'backup' || backup.drill)) {
        this.begun.add(key);
        for (const outcome of ['succeeded', 'failed'] as const) {
          counter.add(0, { ...attributes, kind, outcome });
        }
      }
    }
  }
}

function keyOf(attributes: MeasuredBackup['attributes']): string {
  return Object.values(attributes).join('/');
}

/** Labels for the end of a run, where this replica is the one that wrote it down; so that the counts of all replicas make a sum. */
function endOf(
  { finishedAt, instance, kind, name, state }: Run,
  { previous, stored }: RunChange,
): RunAttributes | undefined {
  const ref = parseInstanceRef(instance);
  const isNews = stored && finishedAt && !previous?.finishedAt;
  if (
    !ref ||
    !isNews ||
    kind === 'init' ||
    // Nobody saw how it ended.
    (state !== 'succeeded' && state !== 'failed')
  ) {
    return undefined;
  }
  const { cluster, namespace, release } = ref;
  return {
    cluster,
    namespace,
    release,
    backup: backupOfDrill(name),
    kind,
    outcome: state,
  };
}
