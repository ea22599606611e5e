import type { BackupDay } from '@akko/backstage-plugin-akko-common';
import { DateTime } from 'luxon';
import type { CalendarRun, WatchGap } from './ledger/types';

/** What the days of a calendar are made from. */
export interface CalendarInput {
  /** First and last day, as 2026-11-29. */
  from: string;
  to: string;
  timeZone: string;
  /** Oldest first. */
  runs: readonly CalendarRun[];
  /** Times at which a run was due and its grace is over. */
  due: readonly Date[];
  gaps: readonly WatchGap[];
}

function dayOf(time: string | Date, zone: string): string {
  const moment =
    typeof time === 'string'
      ? DateTime.fromISO(time, { zone })
      : DateTime.fromJSDate(time, { zone });
  return moment.toISODate()!;
}

function byDay<Item>(
  items: readonly Item[],
  timeOf: (item: Item) => string | Date,
  zone: string,
): Map<string, Item[]> {
  const days = new Map<string, Item[]>();
  for (const item of items) {
    const day = dayOf(timeOf(item), zone);
    const known = days.get(day);
    if (known) {
      known.push(item);
    } else {
      days.set(day, [item]);
    }
  }
  return days;
}

function stateOf(
  runs: readonly CalendarRun[],
  missed: number,
  isUnwatched: boolean,
): BackupDay['state'] {
  const last = runs.filter(({ state }) => state !== 'unknown').at(-1);
  if (last?.state === 'running' || last?.state === 'pending') {
    return 'running';
  }
  if (last?.state === 'failed') {
    return 'failed';
  }
  if (last) {
    const scheduled = runs.filter(
      ({ origin, state }) => origin !== 'manual' && state === 'succeeded',
    );
    return scheduled.length === 0 && (missed > 0 || runs.some(isBad))
      ? 'manual'
      : 'good';
  }
  if (missed > 0 || runs.length > 0) {
    return isUnwatched || missed === 0 ? 'gap' : 'missed';
  }
  return 'none';
}

function isBad({ state }: CalendarRun): boolean {
  return state === 'failed';
}

/** One cell a day, in a time zone. A due time counts as missed where no scheduled run of that day stands for it. */
export function calendarDays(input: CalendarInput): BackupDay[] {
  const { due, from, gaps, runs, timeZone, to } = input;
  const runsByDay = byDay(runs, ({ createdAt }) => createdAt, timeZone);
  const dueByDay = byDay(due, time => time, timeZone);
  const days: BackupDay[] = [];
  for (
    let day = DateTime.fromISO(from, { zone: timeZone });
    day <= DateTime.fromISO(to, { zone: timeZone });
    day = day.plus({ days: 1 })
  ) {
    const date = day.toISODate()!;
    const ofDay = runsByDay.get(date) ?? [];
    const dueTimes = dueByDay.get(date) ?? [];
    const scheduled = ofDay.filter(({ origin }) => origin === 'scheduled');
    const missed = Math.max(0, dueTimes.length - scheduled.length);
    const good = ofDay.filter(({ state }) => state === 'succeeded');
    const isUnwatched = dueTimes.some(time =>
      gaps.some(
        gap => gap.from <= time.toISOString() && time.toISOString() <= gap.to,
      ),
    );
    const decides = ofDay.at(-1);
    const lastGood = good.at(-1);
    days.push({
      date,
      state: stateOf(ofDay, missed, isUnwatched),
      runs: ofDay.length,
      good: good.length,
      failed: ofDay.filter(isBad).length,
      missed,
      bytes: lastGood?.bytes,
      level: lastGood?.level,
      run: decides?.run,
    });
  }
  return days;
}
