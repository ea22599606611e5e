import type { Calendar } from './fields';
import { firstAfter, isEmpty, matchesDate, matchesMonth } from './occurrences';
import { DAY, HOUR, SECOND, floorTo } from './units';
import type { WallClock } from './WallClock';

/** More than the five years the controller looks ahead: eight may lie between two 29 February. */
const YEARS_BACK = 8;
/** Days after an odd change of clocks within which times still depend on where counting started. */
const ODD_DAYS = 4;

/**
 * The last time of a schedule at or before a moment, both in Unix milliseconds, and not before `since`. The controller only ever walks forward;
 * so does this, from a moment from which every earlier start would have led to the same times.
 */
export function lastUntil(
  calendar: Calendar,
  clock: WallClock,
  moment: number,
  since = -Infinity,
): number | undefined {
  if (isEmpty(calendar)) {
    return undefined;
  }
  for (const start of starts(calendar, clock, moment)) {
    // One in the day to come counts too: it may take that day's midnight away.
    const odd = clock.oddChange(start - ODD_DAYS * DAY, start + DAY);
    const from = odd === undefined ? start : Math.min(start, odd - DAY);
    const search = clock.oddChange(from, moment) === undefined ? halve : walk;
    const last = search(calendar, clock, from, moment);
    if (last !== undefined) {
      return last >= since ? last : undefined;
    }
    if (start < since - DAY) {
      return undefined;
    }
  }
  return undefined;
}

/** The last time in (start, moment], by one after the other. */
function walk(
  calendar: Calendar,
  clock: WallClock,
  start: number,
  moment: number,
): number | undefined {
  let last: number | undefined;
  let time = firstAfter(calendar, clock, start, moment);
  while (time !== undefined) {
    last = time;
    time = firstAfter(calendar, clock, time, moment);
  }
  return last;
}

/** The last time in (start, moment], where it does not matter from which moment in between the walk starts. */
function halve(
  calendar: Calendar,
  clock: WallClock,
  start: number,
  moment: number,
): number | undefined {
  let last = firstAfter(calendar, clock, start, moment);
  // There is no time in (high, moment].
  let high = moment;
  while (last !== undefined && last < high) {
    const time = firstAfter(calendar, clock, last, moment);
    if (time === undefined) {
      return last;
    }
    const middle = Math.floor((time + high) / 2);
    const later = firstAfter(calendar, clock, middle, moment);
    if (later === undefined) {
      high = middle;
    }
    last = later ?? time;
  }
  return last;
}

/** Moments to start from, later ones first: two hours ago, for times that are many; then the beginning of each date of the schedule. */
function* starts(calendar: Calendar, clock: WallClock, moment: number) {
  yield moment - 2 * HOUR;
  let date = floorTo(clock.wall(moment), DAY);
  const firstYear = new Date(date).getUTCFullYear() - YEARS_BACK;
  while (new Date(date).getUTCFullYear() >= firstYear) {
    if (matchesDate(calendar, date)) {
      yield clock.moment(date) - SECOND;
    }
    date = matchesMonth(calendar, date) ? date - DAY : endOfMonthBefore(date);
  }
}

function endOfMonthBefore(date: number): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 0);
}
