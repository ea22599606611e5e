/** The sum of durations in milliseconds, as seconds. */
export function secondsOf(durations: readonly number[]): number {
  return Math.round(durations.reduce((sum, each) => sum + each, 0)) / 1000;
}
