import type { Calendar } from './fields';
import { DAY, HOUR, MINUTE, SECOND, floorTo } from './units';
import type { WallClock } from './WallClock';

/** The controller gives up after the fifth year. */
const YEARS_AHEAD = 5;

/** Where a search came to; `settled` is false where a new day or hour began on the way, whose date must be looked at again. */
interface Step {
  moment: number;
  settled: boolean;
}

const hourOf = (wall: number) => Math.floor((wall - floorTo(wall, DAY)) / HOUR);
const minuteOf = (wall: number) =>
  Math.floor((wall - floorTo(wall, HOUR)) / MINUTE);

/** A field of nothing but commas leaves no time, and would be searched for in vain minute by minute. */
export const isEmpty = ({ minute, hour, month }: Calendar) =>
  [minute, hour, month].some(({ values }) => values.size === 0);

export const matchesMonth = ({ month }: Calendar, wall: number) =>
  month.values.has(new Date(wall).getUTCMonth() + 1);

/** Whether a wall time's date belongs to the schedule. Day of month and weekday are alternatives once neither of them is "any". */
export function matchesDate(
  { dayOfMonth, month, weekday }: Calendar,
  wall: number,
): boolean {
  const date = new Date(wall);
  if (!month.values.has(date.getUTCMonth() + 1)) {
    return false;
  }
  const inMonth = dayOfMonth.values.has(date.getUTCDate());
  const inWeek = weekday.values.has(date.getUTCDay());
  return dayOfMonth.any || weekday.any ? inMonth && inWeek : inMonth || inWeek;
}

/**
 * The first time of a schedule strictly after a moment, both in Unix milliseconds; undefined if there is none up to `until`, or to the end of
 * the fifth year after the moment's.
 *
 * It walks as the controller does, which tells for most days nothing else than their calendar: a time in the gap when clocks go forward is left
 * out, and one in the hour that comes twice when they go back comes twice. Where a zone's clocks change at midnight or by half an hour the walk
 * itself shows, and it is the walk that decides whether there is a backup:
 *
 * - Hours are found in steps of 60 minutes from midnight. On Lord Howe Island, whose clocks go from 2:00 to 2:30, they begin at half past from
 *   then on, so that `0 3 * * *` finds no 3:00 that day. A day that is reached this way begins at half past midnight.
 * - A new day is noticed by its hour 0. In the night in which it does not come (Cairo, Beirut, Santiago, Havana), the hours go on under the old date:
 *   from `0 5 * * 4`'s Thursday, 5:00, on to Friday, 5:00.
 * - East of Greenwich, the search for a date passes over a day that has no midnight: `0 5 * * 5` does not run on that Friday in Cairo.
 */
export function firstAfter(
  calendar: Calendar,
  clock: WallClock,
  after: number,
  until = Infinity,
): number | undefined {
  if (isEmpty(calendar)) {
    return undefined;
  }
  const start = floorTo(after, SECOND) + SECOND;
  const giveUp = Date.UTC(
    new Date(clock.wall(start)).getUTCFullYear() + YEARS_AHEAD + 1,
    0,
  );
  const end = Math.min(giveUp, until + 2 * DAY);
  let moment = start;
  for (;;) {
    const isStart = moment === start;
    const date = seekDate(calendar, clock, moment, isStart, end);
    if (date === undefined) {
      return undefined;
    }
    let step = seekHour(calendar, clock, date, date === start);
    if (step.settled) {
      step = seekMinute(calendar, clock, step.moment);
    }
    if (step.settled) {
      return step.moment <= until ? step.moment : undefined;
    }
    moment = step.moment;
  }
}

/** The moment itself if its date belongs to the schedule, else the beginning of the first date that does. */
function seekDate(
  calendar: Calendar,
  clock: WallClock,
  moment: number,
  isStart: boolean,
  end: number,
): number | undefined {
  const wall = clock.wall(moment);
  if (wall < end && matchesDate(calendar, wall)) {
    return moment;
  }
  // Where hours begin at half past, so do the days that follow: see firstAfter.
  const late = isStart ? 0 : wall - floorTo(wall, HOUR);
  let date = floorTo(wall, DAY);
  for (;;) {
    date = matchesMonth(calendar, date) ? date + DAY : nextMonth(date);
    if (date >= end) {
      return undefined;
    }
    if (matchesDate(calendar, date)) {
      const start = beginning(clock, date + late);
      // Where there is no midnight, the beginning may lie in the day before: see firstAfter.
      if (matchesDate(calendar, clock.wall(start))) {
        return start;
      }
    }
  }
}

function nextMonth(date: number): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
}

/** The moment of a midnight; where it does not exist, the full hour next to where it would be. */
function beginning(clock: WallClock, midnight: number): number {
  const moment = clock.moment(midnight);
  const hour = hourOf(clock.wall(moment));
  return moment + (hour > 12 ? 24 - hour : -hour) * HOUR;
}

function seekHour(
  { hour }: Calendar,
  clock: WallClock,
  moment: number,
  isStart: boolean,
): Step {
  const wall = clock.wall(moment);
  if (hour.values.has(hourOf(wall))) {
    return { moment, settled: true };
  }
  let mark = isStart ? clock.moment(floorTo(wall, HOUR)) : moment;
  for (;;) {
    mark += HOUR;
    const current = hourOf(clock.wall(mark));
    if (current === 0) {
      return { moment: mark, settled: false };
    }
    // Where two hours are repeated (Troll), the mark may still be in the first round.
    if (mark > moment && hour.values.has(current)) {
      return { moment: mark, settled: true };
    }
  }
}

function seekMinute(
  { minute }: Calendar,
  clock: WallClock,
  moment: number,
): Step {
  let mark = floorTo(moment, MINUTE);
  if (minute.values.has(minuteOf(clock.wall(mark)))) {
    return mark === moment
      ? { moment, settled: true }
      : { moment: mark + MINUTE, settled: false };
  }
  for (;;) {
    mark += MINUTE;
    const current = minuteOf(clock.wall(mark));
    if (current === 0) {
      return { moment: mark, settled: false };
    }
    if (minute.values.has(current)) {
      return { moment: mark, settled: true };
    }
  }
}
