/** A number from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** Mulberry32: the same seed gives the same names and uids, so that a demo looks the same every time. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** RFC 4122 version 4. */
export function randomUid(random: Random): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, letter => {
    const digit = Math.floor(random() * 16);
    return (letter === 'x' ? digit : (digit & 0x3) | 0x8).toString(16);
  });
}

// Without vowels and look-alikes, as k8s.io/apimachinery/pkg/util/rand.
const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** The five letters that `generateName` appends. */
export function nameSuffix(random: Random): string {
  return Array.from(
    { length: 5 },
    () => nameAlphabet[Math.floor(random() * nameAlphabet.length)],
  ).join('');
}
