import { millisecondsOf, type DurationInput } from './durations';

it.each<[DurationInput, number]>([
  [90, 90_000],
  [0, 0],
  ['30m', 1_800_000],
  ['PT30M', 1_800_000],
  [{ hours: 1, minutes: 30 }, 5_400_000],
])('%j is %d milliseconds', (value, milliseconds) => {
  expect(millisecondsOf('timeout', value)).toBe(milliseconds);
});

it.each<[DurationInput]>([
  [-1],
  [NaN],
  ['30'],
  [''],
  [{}],
  [{ fortnights: 1 }],
  [{ hours: 25 }],
])('%j is refused by the name of the input', value => {
  expect(() => millisecondsOf('timeout', value)).toThrow(
    /^The input timeout (is no length of time|must be between 0 and 24 hours)/,
  );
});
