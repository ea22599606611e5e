/** Milliseconds. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The last multiple of a unit at or before a number of milliseconds, which may be negative. */
export const floorTo = (value: number, unit: number) =>
  Math.floor(value / unit) * unit;
