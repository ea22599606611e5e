import type { Attempt, RunState } from '@akko/backstage-plugin-akko-common';

/** Where an attempt stands in the time of its run, as shares from 0 to 1. */
export interface AttemptPlace {
  from: number;
  share: number;
}

/** How an attempt ended, or that it has not. */
export function stateOfAttempt({
  exitCode,
  finishedAt,
  startedAt,
}: Attempt): RunState {
  if (exitCode !== undefined) {
    return exitCode === 0 ? 'succeeded' : 'failed';
  }
  if (finishedAt !== undefined) {
    return 'unknown';
  }
  return startedAt === undefined ? 'pending' : 'running';
}

/** Places attempts in the time from the first one's start to the last one's end. @param now - the end of those that still run */
export function placeAttempts(
  attempts: readonly Attempt[],
  now: Date,
): (AttemptPlace | undefined)[] {
  const spans = attempts.map(({ finishedAt, startedAt }) =>
    startedAt === undefined
      ? undefined
      : {
          start: Date.parse(startedAt),
          end: finishedAt ? Date.parse(finishedAt) : now.getTime(),
        },
  );
  const known = spans.filter(span => span !== undefined);
  const first = Math.min(...known.map(({ start }) => start));
  const whole = Math.max(...known.map(({ end }) => end)) - first;
  return spans.map(
    span =>
      span &&
      (whole > 0
        ? {
            from: (span.start - first) / whole,
            share: Math.max(0, span.end - span.start) / whole,
          }
        : { from: 0, share: 1 }),
  );
}
