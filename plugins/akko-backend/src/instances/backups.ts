import type {
  Backup,
  BackupFreshness,
  Run,
} from '@akko/backstage-plugin-akko-common';
import type { V1CronJob } from '@kubernetes/client-node';
import { CronExpressionParser } from 'cron-parser';
import { isoTime } from '../runs/kubernetesTime';
import type { JobFacts } from '../runs/types';
import { newestRun } from './newestRun';
import type { CataloguedBackup } from './types';

/** What is known of one backup. */
export interface BackupInput {
  catalogued: CataloguedBackup;
  cronJob?: V1CronJob;
  /** The newest Job on the cluster. */
  live?: Run;
  facts?: JobFacts;
  /** The cluster was listed. */
  synced: boolean;
  now: Date;
}

const MINUTE = 60_000;
const SHORTEST_GRACE = 15 * MINUTE;
const LONGEST_GRACE = 60 * MINUTE;
/** Kubernetes runs schedules without a zone in that of the controller manager, which is UTC nearly everywhere. */
const DEFAULT_TIME_ZONE = 'Etc/UTC';

/** A schedule around a moment. */
export interface ScheduleTimes {
  previous: Date;
  next: Date;
  /** How long after a due time a backup may still be on its way: a quarter of the interval, from 15 minutes to an hour. */
  graceMilliseconds: number;
}

const knownTimes = new Map<string, ScheduleTimes>();
/** Fleets share a handful of schedules; this is only a bound. */
const MOST_KNOWN_TIMES = 1000;

/**
 * Due times around a moment. Remembered until the next one, because walking a calendar is slow and all views of a fleet ask for it.
 *
 * @returns undefined for a schedule or zone that cannot be read
 */
export function scheduleTimes(
  schedule: string,
  timeZone: string | undefined,
  now: Date,
): ScheduleTimes | undefined {
  const key = `${timeZone ?? DEFAULT_TIME_ZONE} ${schedule}`;
  const known = knownTimes.get(key);
  if (known && known.previous <= now && now < known.next) {
    return known;
  }
  const times = findTimes(schedule, timeZone ?? DEFAULT_TIME_ZONE, now);
  if (times) {
    if (knownTimes.size >= MOST_KNOWN_TIMES) {
      knownTimes.clear();
    }
    knownTimes.set(key, times);
  }
  return times;
}

function findTimes(
  schedule: string,
  tz: string,
  now: Date,
): ScheduleTimes | undefined {
  try {
    const at = (currentDate: Date) =>
      CronExpressionParser.parse(schedule, { currentDate, tz });
    // A moment later, so that what is due right now counts as previous.
    const previous = at(new Date(now.getTime() + 1)).prev();
    const next = at(now).next();
    const interval = next.getTime() - previous.getTime();
    return {
      previous: previous.toDate(),
      next: next.toDate(),
      graceMilliseconds: Math.min(
        LONGEST_GRACE,
        Math.max(SHORTEST_GRACE, interval / 4),
      ),
    };
  } catch {
    return undefined;
  }
}

/** The newest good backup that the history or Kubernetes knows of. */
function lastGoodOf(input: BackupInput): string | undefined {
  const liveEnd =
    input.live?.state === 'succeeded' ? input.live.finishedAt : undefined;
  const known = [
    liveEnd,
    input.facts?.lastSuccessAt,
    isoTime(input.cronJob?.status?.lastSuccessfulTime),
  ].filter(time => time !== undefined);
  return known.sort()[known.length - 1];
}

/**
 * How fresh a backup is against its schedule. Late is when the last due time and its grace are over and no backup has succeeded since; a
 * schedule that is younger than its last due time cannot be late.
 */
export function backupFreshness(
  input: BackupInput,
  times: ScheduleTimes | undefined,
): BackupFreshness {
  const { cronJob, live, facts, now } = input;
  if (!input.catalogued.enabled && !cronJob) {
    return 'disabled';
  }
  if (live?.state === 'running' || live?.state === 'pending') {
    return 'running';
  }
  if (cronJob?.spec?.suspend) {
    return 'paused';
  }
  const lastRun = newestRun(live, facts?.lastRun);
  if (lastRun?.state === 'failed') {
    return 'failing';
  }
  const lastGood = lastGoodOf(input);
  if (!times) {
    return input.synced || lastGood === undefined ? 'unknown' : 'fresh';
  }
  const due =
    now.getTime() - times.previous.getTime() >= times.graceMilliseconds
      ? times.previous
      : undefined;
  const since =
    isoTime(cronJob?.metadata?.creationTimestamp) ?? lastRun?.createdAt;
  const wasDue = due && (!since || since < due.toISOString());
  if (lastGood === undefined) {
    if (!input.synced && !lastRun) {
      return 'unknown';
    }
    return wasDue && since ? 'late' : 'never';
  }
  return wasDue && lastGood < due.toISOString() ? 'late' : 'fresh';
}

/** A backup as pages show it. */
export function backupView(input: BackupInput): Backup {
  const { catalogued, cronJob, facts, live } = input;
  const schedule = cronJob?.spec?.schedule ?? catalogued.schedule;
  const timeZone = cronJob?.spec?.timeZone ?? catalogued.timeZone;
  const suspended = cronJob?.spec?.suspend;
  const times = schedule
    ? scheduleTimes(schedule, timeZone, input.now)
    : undefined;
  const freshness = backupFreshness(input, times);
  return {
    name: catalogued.name,
    title: catalogued.title,
    enabled: catalogued.enabled || cronJob !== undefined,
    freshness,
    concerns: [],
    schedule,
    timeZone,
    suspended,
    nextRunAt:
      suspended || freshness === 'disabled'
        ? undefined
        : times?.next.toISOString(),
    lastGoodAt: lastGoodOf(input),
    lastRun: newestRun(live, facts?.lastRun),
    simulated: catalogued.simulated,
  };
}

/** When the answer of {@link backupView} may change although nothing happens: at the end of the grace, or at the next due time. */
export function freshUntil(backup: Backup, now: Date): number {
  const times = backup.schedule
    ? scheduleTimes(backup.schedule, backup.timeZone, now)
    : undefined;
  if (!times) {
    return Number.POSITIVE_INFINITY;
  }
  const graceEnd = times.previous.getTime() + times.graceMilliseconds;
  return graceEnd > now.getTime() ? graceEnd : times.next.getTime();
}
