/** How much larger (or, negative, smaller) in whole percent; less than that is 0. @param ratio - size divided by that of before */
export function changeOf(ratio: number): number {
  // + 0: a small shrinkage is no negative zero.
  return Math.round((ratio - 1) * 100) + 0;
}
