/** How many of the newest successes count. */
export const USUAL_DURATION_RUNS = 20;

/**
 * The duration to compare a run with: the median of the newest successful runs, which one slow night does not move.
 *
 * @param seconds - durations, newest first
 */
export function usualDuration(seconds: readonly number[]): number | undefined {
  const sorted = seconds.slice(0, USUAL_DURATION_RUNS).sort((a, b) => a - b);
  if (sorted.length === 0) {
    return undefined;
  }
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}
