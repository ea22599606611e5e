import type { Clock, Timer } from '../clock';

/** A clock that moves only when a test says so. */
export class ManualClock implements Clock {
  private time = Date.parse('2026-01-01T00:00:00Z');
  private readonly timers = new Set<{ at: number; callback: () => void }>();

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): Timer {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.add(timer);
    return { cancel: () => this.timers.delete(timer) };
  }

  /** Fires what is due on the way, in order of time. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = [...this.timers]
        .filter(({ at }) => at <= end)
        .sort((a, b) => a.at - b.at);
      if (!next) {
        break;
      }
      this.timers.delete(next);
      this.time = next.at;
      next.callback();
    }
    this.time = end;
  }
}

/**
 * Waits for I/O until the condition holds, looking at it once per turn of the event loop. A condition that never holds ends with the test's
 * own time limit.
 * @param meanwhile - called on each turn
 */
export async function until(
  condition: () => boolean,
  meanwhile: () => void = () => {},
): Promise<void> {
  while (!condition()) {
    meanwhile();
    await new Promise(resolve => setImmediate(resolve));
  }
}
