import { distribution, mebibytes, milliseconds } from './statistics';

describe('distribution', () => {
  it.each([
    { values: [7], p50: 7, p99: 7, maximum: 7 },
    { values: [3, 1, 2], p50: 2, p99: 3, maximum: 3 },
    {
      values: Array.from({ length: 100 }, (_, index) => index + 1),
      p50: 50,
      p99: 99,
      maximum: 100,
    },
  ])('takes nearest ranks of $values.length values', expected => {
    expect(distribution(expected.values)).toMatchObject({
      count: expected.values.length,
      p50: expected.p50,
      p99: expected.p99,
      maximum: expected.maximum,
    });
  });

  it('refuses an empty set instead of answering zero', () => {
    expect(() => distribution([])).toThrow(RangeError);
  });
});

describe('units', () => {
  it('changes to seconds at a thousand milliseconds', () => {
    expect(milliseconds(999.94)).toBe('999.9 ms');
    expect(milliseconds(1500)).toBe('1.50 s');
  });

  it('counts in mebibytes', () => {
    expect(mebibytes(3 * 1024 * 1024)).toBe('3.0 MiB');
  });
});
