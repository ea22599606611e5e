/** How many are remembered; the oldest are forgotten first. */
const REMEMBERED = 10_000;

/** Does a thing once, however often it is told. */
export class OnceEach {
  private readonly done = new Set<string>();

  /** @returns whether this was the first time */
  first(key: string): boolean {
    if (this.done.has(key)) {
      return false;
    }
    this.done.add(key);
    if (this.done.size > REMEMBERED) {
      const [oldest] = this.done;
      this.done.delete(oldest);
    }
    return true;
  }
}
