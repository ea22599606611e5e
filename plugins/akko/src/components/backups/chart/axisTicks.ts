/** What lies above the highest value, so that the marks at the head have room: a share of it. */
const HEADROOM = 0.15;
/** Steps between the lines of an axis, at most. */
const MOST_STEPS = 5;

const TENS = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const BYTE_STEPS = [0, 1, 2, 3, 4, 5].flatMap(power =>
  TENS.map(step => step * 1024 ** power),
);
const SECOND_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600,
  43_200, 86_400,
];

/** Where an axis from 0 has its lines, at sizes that people say: `2 GiB`, not `1.9 GiB`. @param highest - bytes */
export function byteTicks(highest: number): number[] {
  return ticks(highest, BYTE_STEPS);
}

/** Where an axis from 0 has its lines, at durations that people say. @param highest - seconds */
export function secondTicks(highest: number): number[] {
  return ticks(highest, SECOND_STEPS);
}

function ticks(highest: number, steps: readonly number[]): number[] {
  const top = highest * (1 + HEADROOM);
  const step = steps.find(one => top / one <= MOST_STEPS) ?? top / MOST_STEPS;
  const count = Math.max(1, Math.ceil(top / (step || 1)));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
