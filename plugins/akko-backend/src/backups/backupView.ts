import {
  ANNOTATION_PAUSED_AT,
  ANNOTATION_PAUSED_BY,
  ANNOTATION_PAUSED_REASON,
  maskText,
  type Backup,
  type BackupDrill,
  type BackupPause,
  type Run,
} from '@akko/backstage-plugin-akko-common';
import type { V1CronJob } from '@kubernetes/client-node';
import type { CataloguedBackup } from '../instances/types';
import { newestRun } from '../instances/newestRun';
import { isoTime } from '../runs/kubernetesTime';
import type { JobFacts } from '../runs/types';
import { DEFAULT_EXPECTATION, type BackupExpectation } from './expectations';
import { judgeFreshness } from './freshness';
import type { LedgerEntry, LedgerFacts } from './ledger/types';
import { nextTimes, readSchedule, type ReadSchedule } from './scheduleTimes';

/** Times of the schedule that are told. */
const NEXT_RUNS = 5;

/** What is known of the drill of a backup. */
export interface DrillInput {
  name: string;
  title: string;
  cronJob?: V1CronJob;
  live?: Run;
  facts?: JobFacts;
}

/** What is known of one backup. */
export interface BackupInput {
  catalogued: CataloguedBackup;
  cronJob?: V1CronJob;
  /** The newest Job on the cluster. */
  live?: Run;
  facts?: JobFacts;
  /** What the ledger knows. */
  ledger?: LedgerFacts;
  drill?: DrillInput;
  expectation?: BackupExpectation;
  /** The cluster was listed. */
  synced: boolean;
  now: Date;
}

function timeOf(time: Date | string | undefined): number | undefined {
  const iso = isoTime(time);
  return iso === undefined ? undefined : Date.parse(iso);
}

/** `@every` counts from the last run that it began. */
export function anchorOf(cronJob: V1CronJob | undefined): Date | undefined {
  const anchor =
    timeOf(cronJob?.status?.lastScheduleTime) ??
    timeOf(cronJob?.metadata?.creationTimestamp);
  return anchor === undefined ? undefined : new Date(anchor);
}

/** Needed for `@every` only: other schedules are the same whenever they began. */
function anchorFor(
  schedule: string | undefined,
  cronJob: V1CronJob | undefined,
): Date | undefined {
  return schedule?.includes('@every') ? anchorOf(cronJob) : undefined;
}

/** Since when a schedule is paused: as the portal wrote down, or at least since the first run that is missing was due. */
export function pauseOf(
  cronJob: V1CronJob | undefined,
  read: ReadSchedule | undefined,
  now: Date,
): BackupPause | undefined {
  if (!cronJob?.spec?.suspend) {
    return undefined;
  }
  const annotations = cronJob.metadata?.annotations ?? {};
  const since = Date.parse(annotations[ANNOTATION_PAUSED_AT] ?? '');
  if (!Number.isNaN(since)) {
    const reason = annotations[ANNOTATION_PAUSED_REASON];
    return {
      isExact: true,
      since: new Date(since).toISOString(),
      by: annotations[ANNOTATION_PAUSED_BY],
      reason: reason && maskText(reason),
    };
  }
  const anchor = anchorOf(cronJob);
  const missed =
    read && 'schedule' in read && anchor
      ? read.schedule.next(anchor, anchor)
      : undefined;
  return {
    isExact: false,
    since: missed && missed <= now ? missed.toISOString() : undefined,
  };
}

function drillView(
  input: BackupInput,
  expectation: BackupExpectation,
): BackupDrill | undefined {
  const { drill, ledger, now } = input;
  if (!drill) {
    return undefined;
  }
  const { cronJob } = drill;
  const ofChart = cronJob?.spec && !cronJob.spec.suspend;
  const cron = ofChart
    ? { cron: cronJob.spec!.schedule, timeZone: cronJob.spec!.timeZone }
    : expectation.drill;
  const read = cron && readSchedule(cron.cron, cron.timeZone);
  return {
    name: drill.name,
    title: drill.title,
    runnable: cronJob !== undefined,
    lastRun: newestRun(drill.live, drill.facts?.lastRun),
    restoreSeconds: ledger?.lastGoodDrill?.verification.restoreSeconds,
    ...(cron &&
      read &&
      'schedule' in read &&
      cronJob && {
        scheduledBy: ofChart ? ('chart' as const) : ('portal' as const),
        schedule: cron.cron,
        timeZone: cron.timeZone,
        nextRunAt: read.schedule
          .next(now, anchorFor(cron.cron, cronJob))
          ?.toISOString(),
      }),
  };
}

/** Without what was found wrong with its run: the newest good one has nothing. */
function whole(entry: LedgerEntry | undefined): Backup['lastGood'] {
  return entry && { ...entry, findings: [] };
}

/**
 * A backup as pages show it.
 * @returns the view, and the time in milliseconds until which it holds when nothing happens
 */
export function backupView(input: BackupInput): {
  backup: Backup;
  validUntil: number;
} {
  const { catalogued, cronJob, facts, live, now } = input;
  const ledger = input.ledger ?? { verified: {} };
  const expectation = input.expectation ?? DEFAULT_EXPECTATION;
  const schedule = cronJob?.spec?.schedule ?? catalogued.schedule;
  const timeZone = cronJob?.spec?.timeZone ?? catalogued.timeZone;
  const enabled = catalogued.enabled || cronJob !== undefined;
  const read =
    schedule === undefined ? undefined : readSchedule(schedule, timeZone);
  const anchor = anchorFor(schedule, cronJob);
  const paused = pauseOf(cronJob, read, now);
  const lastRun = newestRun(live, facts?.lastRun);
  const isRunning =
    lastRun?.state === 'running' || lastRun?.state === 'pending';
  const lastSuccessfulTime = timeOf(cronJob?.status?.lastSuccessfulTime);
  const { freshness, concerns, graceMilliseconds, validUntil } = judgeFreshness(
    {
      enabled,
      isKnown: input.synced || ledger.lastEnded !== undefined,
      schedule: read,
      anchor,
      createdAt: timeOf(cronJob?.metadata?.creationTimestamp),
      runningSince: isRunning
        ? Date.parse(lastRun.trigger.scheduledFor ?? lastRun.createdAt)
        : undefined,
      paused,
      lastSuccessfulTime,
      lastScheduleTime: timeOf(cronJob?.status?.lastScheduleTime),
      usualDurationSeconds: facts?.usualDurationSeconds,
      facts: ledger,
      expectation,
      now: now.getTime(),
    },
  );
  const next =
    enabled && !paused && read && 'schedule' in read
      ? nextTimes(read.schedule, now, NEXT_RUNS, anchor)
      : [];
  const lastGood = [
    ledger.lastGood?.finishedAt,
    isoTime(cronJob?.status?.lastSuccessfulTime),
  ]
    .filter(time => time !== undefined)
    .sort();
  return {
    backup: {
      name: catalogued.name,
      title: catalogued.title,
      enabled,
      freshness,
      concerns,
      schedule,
      timeZone,
      suspended: cronJob?.spec?.suspend,
      paused,
      concurrencyPolicy: cronJob?.spec
        ?.concurrencyPolicy as Backup['concurrencyPolicy'],
      nextRunAt: next[0]?.toISOString(),
      nextRuns: next.map(time => time.toISOString()),
      lastGoodAt: lastGood[lastGood.length - 1],
      lastScheduledGoodAt: ledger.lastScheduledGood?.finishedAt,
      lastVerifiedAt: ledger.verified[expectation.verifiedLevel]?.finishedAt,
      lastRestoredAt: ledger.verified.restored?.finishedAt,
      lastGood: whole(ledger.lastGood),
      lastRun,
      usualDurationSeconds: facts?.usualDurationSeconds,
      retention: catalogued.retention,
      target: targetOf(expectation, graceMilliseconds),
      drill: drillView(input, expectation),
      runnable: cronJob !== undefined,
      simulated: catalogued.simulated,
    },
    validUntil,
  };
}

function targetOf(
  expectation: BackupExpectation,
  grace: number,
): Backup['target'] {
  const seconds = (milliseconds: number | undefined) =>
    milliseconds === undefined ? undefined : milliseconds / 1000;
  return {
    recoveryPointSeconds: seconds(expectation.recoveryPoint),
    graceSeconds: grace / 1000,
    verifiedLevel: expectation.verifiedLevel,
    verifiedWithinSeconds: expectation.verifiedWithin / 1000,
    pausedWithinSeconds: seconds(expectation.pausedWithin),
    shrunkBelow: expectation.shrunkBelow,
    grownAbove: expectation.grownAbove,
  };
}
