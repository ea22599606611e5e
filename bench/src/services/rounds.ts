import { distribution, milliseconds } from '../statistics';

/** Ours, or the usual programs. */
export type Side = 'ours' | 'peer';

/** The same, beginning with another one every round, so that none always finds what another has warmed up. */
export function inTurn<Contender>(
  contenders: readonly Contender[],
  round: number,
): Contender[] {
  const first = round % contenders.length;
  return [...contenders.slice(first), ...contenders.slice(0, first)];
}

/** Both sides, in turn. */
export function sidesOf(round: number): Side[] {
  return inTurn(['ours', 'peer'], round);
}

/** `1.23 s (1.10 s to 1.40 s)`: the median, and the extremes. */
export function medianAndRange(values: number[]): string {
  const { p50, minimum, maximum } = distribution(values);
  return `${milliseconds(p50)} (${milliseconds(minimum)} to ${milliseconds(
    maximum,
  )})`;
}

/** What was done in a time, per second: `12.3 MiB/s`. @param amount - in the unit */
export function rate(
  amount: number,
  inMilliseconds: number,
  unit: string,
): string {
  return `${((amount / inMilliseconds) * 1000).toFixed(1)} ${unit}/s`;
}

/** Sums of the lists, index by index: of each round, what its jobs took together. */
export function sums(lists: number[][]): number[] {
  return lists[0].map((_, index) =>
    lists.reduce((sum, list) => sum + list[index], 0),
  );
}
