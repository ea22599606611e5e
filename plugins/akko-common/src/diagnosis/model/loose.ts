/**
 * Readers for objects of which nothing is certain: whatever is not of the type that is asked for is not there. They look at own
 * properties only.
 */

type Path = readonly (string | number)[];

/** Longest text that is looked at; whatever is longer is cut. */
const LONGEST_TEXT = 16 * 1024;
/** Most items of a list that are looked at. */
const MOST_ITEMS = 2000;

function at(value: unknown, path: Path): unknown {
  let current = value;
  for (const key of path) {
    if (
      typeof current !== 'object' ||
      current === null ||
      !Object.prototype.hasOwnProperty.call(current, key)
    ) {
      return undefined;
    }
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}

/** A string, or undefined. */
export function text(value: unknown, ...path: Path): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' && found !== ''
    ? found.slice(0, LONGEST_TEXT)
    : undefined;
}

/** A finite number, or undefined. */
export function number(value: unknown, ...path: Path): number | undefined {
  const found = at(value, path);
  return typeof found === 'number' && Number.isFinite(found)
    ? found
    : undefined;
}

export function flag(value: unknown, ...path: Path): boolean {
  return at(value, path) === true;
}

/** The items of a list that are objects. */
export function objects(
  value: unknown,
  ...path: Path
): Record<string, unknown>[] {
  const found = at(value, path);
  return Array.isArray(found)
    ? found
        .slice(0, MOST_ITEMS)
        .filter(
          (item): item is Record<string, unknown> =>
            typeof item === 'object' && item !== null,
        )
    : [];
}

/** The items of a list that are strings. */
export function texts(value: unknown, ...path: Path): string[] {
  const found = at(value, path);
  return Array.isArray(found)
    ? found
        .slice(0, MOST_ITEMS)
        .filter((item): item is string => typeof item === 'string')
        .map(item => item.slice(0, LONGEST_TEXT))
    : [];
}

/** Keys and values of a map of strings. */
export function entries(value: unknown, ...path: Path): [string, string][] {
  const found = at(value, path);
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? Object.entries(found)
        .slice(0, MOST_ITEMS)
        .filter((entry): entry is [string, string] =>
          ['string', 'number'].includes(typeof entry[1]),
        )
        .map(([key, item]) => [key, String(item).slice(0, LONGEST_TEXT)])
    : [];
}

/** A moment in milliseconds since 1970, from RFC 3339 or a Date. */
export function time(value: unknown, ...path: Path): number | undefined {
  const found = at(value, path);
  let milliseconds = NaN;
  if (found instanceof Date) {
    milliseconds = found.getTime();
  } else if (typeof found === 'string' && found.length <= 40) {
    milliseconds = Date.parse(found);
  }
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

/** RFC 3339 in UTC. */
export function isoOf(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined
    ? undefined
    : new Date(milliseconds).toISOString();
}
