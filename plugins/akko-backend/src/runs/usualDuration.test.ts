import { usualDuration } from './usualDuration';

describe('usualDuration', () => {
  it.each([
    [[], undefined],
    [[12], 12],
    [[12, 40, 10], 12],
    [[10, 20, 30, 1000], 25],
    [[...Array(20).fill(5), 900, 900], 5],
  ])('of %j is %s', (seconds, expected) => {
    expect(usualDuration(seconds)).toBe(expected);
  });
});
