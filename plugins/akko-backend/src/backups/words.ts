import { DateTime } from 'luxon';

const UNITS: [string, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** A length of time for a sentence: "26 hours", "3 days", "less than a minute". Days from three on, so that "26 hours" is not "1 day". */
export function age(milliseconds: number): string {
  for (const [unit, length] of UNITS) {
    const count = Math.floor(milliseconds / length);
    if (count >= (unit === 'day' ? 3 : 1)) {
      return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
    }
  }
  return 'less than a minute';
}

/** A moment for a sentence, in UTC: "2026-11-29 02:00 UTC". */
export function exactTime(moment: number): string {
  return `${DateTime.fromMillis(moment, { zone: 'utc' }).toFormat(
    'yyyy-MM-dd HH:mm',
  )} UTC`;
}

/** A ratio as a percentage: "30 %". */
export function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}
