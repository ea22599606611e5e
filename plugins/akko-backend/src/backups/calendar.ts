import type { BackupDay } from '@akko/backstage-plugin-akko-common';
import { DateTime } from 'luxon';
import type { CalendarRun, WatchGap } from './ledger/types';

/** What the days of a calendar are made from. */
export interface CalendarInput {
  /** First and last day, as 2026-11-29. */
  from: string;
  to: string;
  timeZone: string;
  /** None before the first day, oldest first. */
  runs: readonly CalendarRun[];
  /** Times at which a run was due and its grace is over; the same. */
  due: readonly Date[];
  gaps: readonly WatchGap[];
}

/** Walks along sorted items as days go by: a time zone is asked once per day, not once per run. */
class Sweep<Item> {
  private next = 0;

  constructor(
    private readonly items: readonly Item[],
    private readonly timeOf: (item: Item) => string,
  ) {}

  /** Those before a moment that were not taken yet. */
  takeUntil(end: string): Item[] {
    const first = this.next;
    while (
      this.next < this.items.length &&
      this.timeOf(this.items[this.next]) < end
    ) {
      this.next++;
    }
    return this.items.slice(first, this.next);
  }
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
  const runsLeft = new Sweep(runs, ({ createdAt }) => createdAt);
  const dueLeft = new Sweep(
    due.map(time => time.toISOString()),
    time => time,
  );
  const days: BackupDay[] = [];
  for (
    let day = DateTime.fromISO(from, { zone: timeZone });
    day <= DateTime.fromISO(to, { zone: timeZone });
    day = day.plus({ days: 1 })
  ) {
    const date = day.toISODate()!;
    const end = day.plus({ days: 1 }).toUTC().toISO()!;
    const ofDay = runsLeft.takeUntil(end);
    const dueTimes = dueLeft.takeUntil(end);
    const scheduled = ofDay.filter(({ origin }) => origin === 'scheduled');
    const missed = Math.max(0, dueTimes.length - scheduled.length);
    const good = ofDay.filter(({ state }) => state === 'succeeded');
    const isUnwatched = dueTimes.some(time =>
      gaps.some(gap => gap.from <= time && time <= gap.to),
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
