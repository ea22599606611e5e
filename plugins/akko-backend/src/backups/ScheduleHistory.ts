import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { V1CronJob } from '@kubernetes/client-node';
import type { Knex } from 'knex';
import type { Fleet } from '../clusters/types';
import type { DeclaredInstance } from '../config';
import { applyMigrations } from '../database/applyMigrations';
import type { BackupScheduleRow } from '../database/tables';
import { identify } from '../instances/identify';
import { isoTime } from '../runs/kubernetesTime';
import type { BackupRef } from './ledger/types';
import { readSchedule } from './scheduleTimes';

/** Times that are computed of one schedule, the newest: an hourly one for half a year. */
const MOST_TIMES = 5000;

type Plan = Pick<BackupScheduleRow, 'schedule' | 'time_zone' | 'suspended'>;

/**
 * Remembers which schedule a backup had when. What was due in the past cannot be told from the schedule of today: it may have been changed, or
 * paused. What was before the first sight is not known, and nothing is claimed of it.
 */
export class ScheduleHistory {
  private readonly known = new Map<string, Plan>();
  private readonly writing = new Map<string, Promise<void>>();
  private unsubscribe?: () => void;

  private constructor(
    private readonly client: Knex,
    private readonly options: {
      fleet: Fleet;
      logger: LoggerService;
      declared?: readonly DeclaredInstance[];
      now?: () => Date;
    },
  ) {}

  static async create(options: {
    database: DatabaseService;
    fleet: Fleet;
    logger: LoggerService;
    declared?: readonly DeclaredInstance[];
    now?: () => Date;
  }): Promise<ScheduleHistory> {
    return new ScheduleHistory(
      await applyMigrations(options.database),
      options,
    );
  }

  /** Reads the newest of each, then listens. */
  async start(): Promise<void> {
    const rows = await this.client<BackupScheduleRow>(
      'backup_schedules',
    ).orderBy('since_at');
    for (const row of rows) {
      this.known.set(
        keyOf({ instance: row, backup: row.name }),
        planOfRow(row),
      );
    }
    this.unsubscribe = this.options.fleet.subscribe({
      onChange: change => {
        if (change.kind === 'cronjobs') {
          this.see(change.cluster, change.object, change.type === 'deleted');
        }
      },
      onSynced: cluster => this.seeAll(cluster),
    });
    this.options.fleet.clusters().forEach(({ name }) => this.seeAll(name));
  }

  async stop(): Promise<void> {
    this.unsubscribe?.();
    await this.settled();
  }

  /** Resolves when everything seen so far is written. */
  async settled(): Promise<void> {
    await Promise.all(this.writing.values());
  }

  /**
   * Times in (from, to] at which a run was due, by the schedule that the backup had then; oldest first. Of a schedule that comes very often, only the
   * newest.
   */
  async dueIn(ref: BackupRef, from: Date, to: Date): Promise<Date[]> {
    const { cluster, namespace, release } = ref.instance;
    const rows = await this.client<BackupScheduleRow>('backup_schedules')
      .where({ cluster, namespace, release, name: ref.backup })
      .where('since_at', '<', to.toISOString())
      .orderBy('since_at');
    const times: Date[] = [];
    rows.forEach((row, index) => {
      const begins = new Date(row.since_at);
      const ends = rows[index + 1] ? new Date(rows[index + 1].since_at) : to;
      const [start, end] = [
        begins > from ? begins : from,
        ends < to ? ends : to,
      ];
      if (start >= end || row.schedule === null || row.suspended) {
        return;
      }
      const read = readSchedule(row.schedule, row.time_zone ?? undefined);
      if ('schedule' in read) {
        const { schedule } = read;
        const interval = schedule.intervalSeconds(end, begins) ?? 0;
        const earliest = end.getTime() - MOST_TIMES * interval * 1000;
        const first = new Date(Math.max(start.getTime(), earliest));
        times.push(
          ...schedule.between(first, end, 2 * MOST_TIMES, begins).times,
        );
      }
    });
    return times;
  }

  private seeAll(cluster: string): void {
    this.options.fleet
      .cluster(cluster)
      ?.mirror.list('cronjobs')
      .forEach(cronJob => this.see(cluster, cronJob, false));
  }

  private see(cluster: string, cronJob: V1CronJob, isGone: boolean): void {
    const identity = identify(cluster, cronJob, this.options.declared);
    if (!identity || identity.kind === 'init') {
      return;
    }
    const ref = { instance: identity.instance, backup: identity.name };
    const key = keyOf(ref);
    const plan: Plan = {
      schedule: isGone ? null : cronJob.spec?.schedule ?? null,
      time_zone: cronJob.spec?.timeZone ?? null,
      suspended: cronJob.spec?.suspend ?? false,
    };
    const before = this.known.get(key);
    if (before && isSame(before, plan)) {
      return;
    }
    this.known.set(key, plan);
    // One after the other, so that the newest is the last.
    const writing = (this.writing.get(key) ?? Promise.resolve())
      .then(() =>
        this.write(
          ref.instance,
          ref.backup,
          plan,
          this.sinceOf(cronJob, before),
        ),
      )
      .catch(error => {
        // Seen again with the next change or list.
        this.known.delete(key);
        this.options.logger.warn(
          `The schedule of ${key} could not be remembered; it is at the next sight of it`,
          error,
        );
      })
      .finally(() => {
        if (this.writing.get(key) === writing) {
          this.writing.delete(key);
        }
      });
    this.writing.set(key, writing);
  }

  /** A CronJob whose specification was never changed has had it since it was made. */
  private sinceOf(cronJob: V1CronJob, before: Plan | undefined): string {
    const created = isoTime(cronJob.metadata?.creationTimestamp);
    return !before && cronJob.metadata?.generation === 1 && created
      ? created
      : (this.options.now ?? (() => new Date()))().toISOString();
  }

  private async write(
    { cluster, namespace, release }: InstanceRef,
    name: string,
    plan: Plan,
    since: string,
  ): Promise<void> {
    const job = { cluster, namespace, release, name };
    const newest = await this.client<BackupScheduleRow>('backup_schedules')
      .where(job)
      .orderBy('since_at', 'desc')
      .first();
    // Another replica may have been quicker.
    if (newest && isSame(planOfRow(newest), plan)) {
      return;
    }
    await this.client<BackupScheduleRow>('backup_schedules')
      .insert({ ...job, ...plan, since_at: since })
      .onConflict([...(Object.keys(job) as (keyof typeof job)[]), 'since_at'])
      .merge();
  }
}

function planOfRow(row: BackupScheduleRow): Plan {
  return {
    schedule: row.schedule,
    time_zone: row.time_zone,
    suspended: Boolean(row.suspended),
  };
}

function isSame(a: Plan, b: Plan): boolean {
  return (
    a.schedule === b.schedule &&
    a.time_zone === b.time_zone &&
    a.suspended === b.suspended
  );
}

function keyOf({ instance, backup }: BackupRef): string {
  return `${stringifyInstanceRef(instance)} ${backup}`;
}
