import type { Clock } from '../time/clock';

/** A clock that moves when somebody sleeps by it, at once, or when a test says so. */
export class FakeClock implements Clock {
  private time = Date.parse('2026-01-01T00:00:00Z');
  private readonly timers = new Set<{ at: number; callback: () => void }>();
  /** Called after each sleep, as something that happens meanwhile. */
  onSleep: () => void = () => {};

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.advance(milliseconds);
    this.onSleep();
    signal.throwIfAborted();
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const timer of [...this.timers]) {
      if (timer.at <= this.time) {
        this.timers.delete(timer);
        timer.callback();
      }
    }
  }
}
