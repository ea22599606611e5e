import type { BackupDay } from '@akko/backstage-plugin-akko-common';
import { DateTime } from 'luxon';

/** A day and where it stands in the grid, both counted from 1: weeks are columns, and begin on Monday. */
export interface PlacedDay {
  day: BackupDay;
  column: number;
  row: number;
}

/** The name of a month and the column in which its first day that is shown stands. */
export interface PlacedMonth {
  /** Of its first day that is shown. */
  date: string;
  column: number;
}

/** Columns that the short name of a month takes; where there is less room it is left out. */
const NAME_COLUMNS = 2;

/** Puts days into a grid. @param days - oldest first */
export function calendarWeeks(days: readonly BackupDay[]): {
  days: PlacedDay[];
  months: PlacedMonth[];
  columns: number;
} {
  const placed: PlacedDay[] = [];
  const months: (PlacedMonth & { month: number })[] = [];
  let column = 1;
  for (const day of days) {
    const date = DateTime.fromISO(day.date, { zone: 'utc' });
    if (date.weekday === 1 && placed.length > 0) {
      column++;
    }
    placed.push({ day, column, row: date.weekday });
    if (months.at(-1)?.month !== date.month) {
      months.push({ date: day.date, column, month: date.month });
    }
  }
  return {
    days: placed,
    columns: column,
    months: months
      .filter(
        ({ column: at }, index) =>
          (months[index + 1]?.column ?? at + NAME_COLUMNS) - at >= NAME_COLUMNS,
      )
      .map(({ date, column: at }) => ({ date, column: at })),
  };
}

const STEPS: Partial<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  ArrowLeft: -7,
  ArrowRight: 7,
};

/** Where a key leads in the grid; undefined where it leads nowhere. @param at - index of the day that has the focus */
export function dayAfterKey(
  key: string,
  at: number,
  count: number,
): number | undefined {
  if (key === 'Home') {
    return 0;
  }
  if (key === 'End') {
    return count - 1;
  }
  const step = STEPS[key];
  const next = at + (step ?? 0);
  return step === undefined || next < 0 || next >= count ? undefined : next;
}
