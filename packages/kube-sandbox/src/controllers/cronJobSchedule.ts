import { CronExpressionParser } from 'cron-parser';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';

/** More than so many missed times are worth a warning; the real controller's own number. */
const MANY = 100;

/** A time of the schedule that has passed and has no Job yet. */
export interface DueTime {
  /** Milliseconds since the epoch. */
  at: number;
  /** So many have passed that something is wrong: the clock, or who stopped the controller. */
  isOneOfTooMany: boolean;
}

/**
 * The newest time that has passed since the last one that was started, or since the CronJob was made. Times before its deadline are not looked at,
 * and therefore are missed without a word (`mostRecentScheduleTime` of kube-controller-manager).
 */
export function dueTime(
  cronJob: KubernetesObject,
  now: number,
): DueTime | undefined {
  const spec = cronJob.spec as Fields;
  const { lastScheduleTime } = (cronJob.status ?? {}) as Fields;
  const started = Date.parse(
    lastScheduleTime ?? cronJob.metadata.creationTimestamp,
  );
  const deadline = spec.startingDeadlineSeconds;
  const since =
    deadline === undefined ? started : Math.max(started, now - deadline * 1000);
  const at = parse(spec, now + 1)
    .prev()
    .getTime();
  return at > since
    ? { at, isOneOfTooMany: missedTimes(spec, since, now) > MANY }
    : undefined;
}

/** The schedule's next time after now. */
export function nextTime(cronJob: KubernetesObject, now: number): number {
  return parse(cronJob.spec as Fields, now)
    .next()
    .getTime();
}

/** Estimated from the distance of the first two, as the real controller does. */
function missedTimes(spec: Fields, since: number, now: number): number {
  const times = parse(spec, since);
  const first = times.next().getTime();
  const second = times.next().getTime();
  return now < second ? 0 : Math.floor((now - first) / (second - first)) + 1;
}

function parse({ schedule, timeZone }: Fields, currentDate: number) {
  return CronExpressionParser.parse(schedule, {
    currentDate: new Date(currentDate),
    tz: timeZone ?? 'Etc/UTC',
  });
}
