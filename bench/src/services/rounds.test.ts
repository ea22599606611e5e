import { inTurn, medianAndRange, rate, sidesOf, sums } from './rounds';

describe('rounds', () => {
  it('lets each side begin in turn', () => {
    expect([0, 1, 2].map(round => sidesOf(round)[0])).toEqual([
      'ours',
      'peer',
      'ours',
    ]);
    expect(sidesOf(1)).toEqual(['peer', 'ours']);
  });

  it('lets each of three begin in turn', () => {
    expect(
      [0, 1, 2, 3].map(round => inTurn(['a', 'b', 'c'], round).join('')),
    ).toEqual(['abc', 'bca', 'cab', 'abc']);
  });

  it('tells the median with the extremes', () => {
    expect(medianAndRange([1500, 900, 1200])).toBe(
      '1.20 s (900.0 ms to 1.50 s)',
    );
  });

  it('tells an amount per second', () => {
    expect(rate(256, 2000, 'MiB')).toBe('128.0 MiB/s');
  });

  it('sums the jobs of each round', () => {
    expect(
      sums([
        [1, 2],
        [10, 20],
      ]),
    ).toEqual([11, 22]);
  });
});
