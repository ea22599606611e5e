/**
 * Labels of which few ever apply to one thing. To tell all of them for every backup would be most of what there is to scrape, and to tell only
 * those that apply would not do: a reader of OpenTelemetry may keep what is no longer observed. So: those that apply, and those that did.
 */
export class Flags<Flag extends string> {
  private readonly seen = new Map<string, Set<Flag>>();

  /** @returns each flag that is up, as 1, or was since the start, as 0 */
  of(thing: string, up: readonly Flag[]): [Flag, 0 | 1][] {
    let seen = this.seen.get(thing);
    if (!seen && up.length > 0) {
      seen = new Set();
      this.seen.set(thing, seen);
    }
    up.forEach(flag => seen!.add(flag));
    return [...(seen ?? [])].map(flag => [flag, up.includes(flag) ? 1 : 0]);
  }
}
