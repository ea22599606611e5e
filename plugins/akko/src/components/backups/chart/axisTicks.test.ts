import { bytes } from '../../common/bytes';
import { duration } from '../../common/time';
import { byteTicks, secondTicks } from './axisTicks';

const GIB = 1024 ** 3;

describe('the lines of an axis', () => {
  it.each([
    [6 * GIB, ['0 B', '2.0 GiB', '4.0 GiB', '6.0 GiB', '8.0 GiB']],
    [700, ['0 B', '200 B', '400 B', '600 B', '800 B', '1000 B']],
    [0, ['0 B', '1 B']],
  ])('stand at round sizes up to %d B', (highest, words) => {
    expect(byteTicks(highest).map(bytes)).toEqual(words);
  });

  it.each([
    [718, ['0 s', '5 min', '10 min', '15 min']],
    [41, ['0 s', '10 s', '20 s', '30 s', '40 s', '50 s']],
  ])('stand at round durations up to %d s', (highest, words) => {
    expect(secondTicks(highest).map(duration)).toEqual(words);
  });

  it('leave room above the highest value for the marks', () => {
    expect(byteTicks(8 * GIB).at(-1)).toBeGreaterThan(8 * GIB);
  });
});
