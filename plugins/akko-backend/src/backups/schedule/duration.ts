const UNITS: Record<string, bigint> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n, // micro sign
  μs: 1_000n, // Greek letter mu
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y;
const LONGEST = 2n ** 63n;

/**
 * Reads a duration as Go writes and reads it: `90s`, `1h30m`, `-1.5h`, `0`. There are no days or weeks.
 *
 * @returns whole seconds, towards zero; undefined for what Go refuses, among it more than 292 years
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goDurationSeconds(text: string): number | undefined {
  const [, sign, parts] = /^([+-]?)(.*)$/s.exec(text)!;
  if (parts === '0') {
    return 0;
  }
  const nanoseconds = sum(parts);
  // One more nanosecond fits below zero than above.
  if (
    nanoseconds === undefined ||
    nanoseconds > (sign === '-' ? LONGEST : LONGEST - 1n)
  ) {
    return undefined;
  }
  const seconds = Number(nanoseconds / UNITS.s);
  return sign === '-' ? -seconds : seconds;
}

function sum(parts: string): bigint | undefined {
  let total = 0n;
  let position = 0;
  do {
    PART.lastIndex = position;
    const [match, whole, fraction = '', unit] = PART.exec(parts) ?? [];
    if (match === undefined || whole + fraction === '') {
      return undefined;
    }
    total +=
      (BigInt(whole + fraction) * UNITS[unit]) / 10n ** BigInt(fraction.length);
    position += match.length;
  } while (position < parts.length);
  return total;
}
