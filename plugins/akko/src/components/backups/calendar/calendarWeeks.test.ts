import { aDay } from '../../../__testUtils__/backupHandlers';
import { calendarWeeks, dayAfterKey } from './calendarWeeks';

/** Days from the last Friday of October to the first Tuesday of November. */
const days = [
  '2026-10-30',
  '2026-10-31',
  '2026-11-01',
  '2026-11-02',
  '2026-11-03',
].map(date => aDay(date));

describe('the weeks of the calendar', () => {
  it('are columns that begin on Monday', () => {
    expect(
      calendarWeeks(days).days.map(({ column, row }) => [column, row]),
    ).toEqual([
      [1, 5],
      [1, 6],
      [1, 7],
      [2, 1],
      [2, 2],
    ]);
  });

  it('leave out the name of a month that has no room for it', () => {
    expect(calendarWeeks(days).months).toEqual([
      { date: '2026-11-01', column: 1 },
    ]);
  });
});

describe('a key in the calendar', () => {
  it.each([
    ['ArrowUp', 9, 8],
    ['ArrowDown', 9, 10],
    ['ArrowLeft', 9, 2],
    ['ArrowRight', 9, 16],
    ['Home', 9, 0],
    ['End', 9, 19],
    ['ArrowLeft', 3, undefined],
    ['ArrowRight', 15, undefined],
    ['x', 9, undefined],
  ])('%s at %d of 20 leads to %s', (key, at, next) => {
    expect(dayAfterKey(key, at, 20)).toBe(next);
  });
});
