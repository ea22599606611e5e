import {
  BACKUP_FRESHNESSES,
  type Backup,
  type BackupConcernType,
  type BackupCounts,
  type Failure,
  type InitJob,
  type InstanceHealth,
  type JobCounts,
} from '@akko/backstage-plugin-akko-common';
import { isDone } from './initJobs';

/** What makes an instance degraded: without a good backup soon, or with one that nobody may rely on. */
const DEGRADING: readonly BackupConcernType[] = [
  'failing',
  'late',
  'over-target',
  'schedule-invalid',
  'paused-too-long',
  'manual-only',
  'drill-failed',
];

/** Whether it takes away from an instance's health. */
export function isDegrading({ concerns }: Pick<Backup, 'concerns'>): boolean {
  return concerns.some(({ type }) => DEGRADING.includes(type));
}

/** Number of init jobs per state; `total` counts all, disabled ones too. */
export function jobCounts(jobs: readonly InitJob[]): JobCounts {
  const counts: JobCounts = {
    total: jobs.length,
    succeeded: 0,
    failed: 0,
    running: 0,
    pending: 0,
    expired: 0,
    missing: 0,
    disabled: 0,
    unknown: 0,
  };
  jobs.forEach(({ state }) => counts[state]++);
  return counts;
}

/** Backups in one line; disabled ones are not counted. */
export function backupCounts(backups: readonly Backup[]): BackupCounts {
  const enabled = backups.filter(({ freshness }) => freshness !== 'disabled');
  // The instance is as well protected as its least protected part.
  const oldest = (times: (string | undefined)[]) =>
    times.every(time => time !== undefined) ? [...times].sort()[0] : undefined;
  return {
    total: enabled.length,
    worst: BACKUP_FRESHNESSES.find(freshness =>
      enabled.some(backup => backup.freshness === freshness),
    ),
    lastGoodAt: oldest(enabled.map(({ lastGoodAt }) => lastGoodAt)),
    lastVerifiedAt: oldest(enabled.map(({ lastVerifiedAt }) => lastVerifiedAt)),
  };
}

/**
 * Health of an instance (architecture: state of an init job), worst first. `degraded` supposes that the bootstrap is over, so one that is
 * still going on is `progressing` whatever its backups are.
 */
export function healthOf(
  counts: JobCounts,
  backups: readonly Backup[],
): InstanceHealth {
  if (counts.failed > 0) {
    return 'failed';
  }
  if (counts.running > 0 || counts.pending > 0) {
    return 'progressing';
  }
  if (counts.missing > 0 || backups.some(isDegrading)) {
    return 'degraded';
  }
  const enabled = counts.total - counts.disabled;
  return counts.unknown > 0 || enabled === 0 ? 'unknown' : 'healthy';
}

/** The state of the init jobs in one sentence, such as "7 of 9 jobs done, 1 failed, 1 waiting". */
export function headlineOf(jobs: readonly InitJob[]): string {
  const enabled = jobs.filter(({ state }) => state !== 'disabled');
  const count = (...states: string[]) =>
    enabled.filter(({ state }) => states.includes(state)).length;
  const total = enabled.length;
  if (total === 0) {
    return 'No init job was seen so far';
  }
  const noun = total === 1 ? 'job' : 'jobs';
  const done = enabled.filter(({ state }) => isDone(state)).length;
  if (done === total) {
    return total === 1 ? 'The only job is done' : `All ${total} jobs done`;
  }
  if (count('missing') === total) {
    return `None of ${total} ${noun} has run`;
  }
  if (count('unknown') === total) {
    return `The state of ${total} ${noun} is not known`;
  }
  const parts = [
    [count('failed'), 'failed'],
    [count('running'), 'running'],
    [count('pending'), 'waiting'],
    [count('missing'), 'never ran'],
    [count('unknown'), 'not known'],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, word]) => `${number} ${word}`);
  return [`${done} of ${total} ${noun} done`, ...parts].join(', ');
}

/** The failure to look at first: of the failed job that comes first in dependency order, because others may follow from it. */
export function topFailureOf(jobs: readonly InitJob[]): Failure | undefined {
  const failed = jobs.find(
    ({ state, lastRun }) => state === 'failed' && lastRun,
  );
  const run = failed?.lastRun;
  if (!failed || !run) {
    return undefined;
  }
  return {
    job: failed.name,
    run: run.id,
    code: run.report?.error?.code,
    service: run.report?.error?.service,
    message:
      run.report?.error?.message ??
      run.errorLine ??
      run.message ??
      run.reason ??
      'The job failed without saying why',
    at: run.finishedAt,
  };
}
