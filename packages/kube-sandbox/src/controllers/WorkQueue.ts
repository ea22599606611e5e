import type { Clock, Timer } from '../clock/types';

/**
 * Keys to look at, each once however often it was asked for, as client-go's workqueue. Work is done in a later turn than it was asked for in, so
 * that a change never runs inside another one.
 */
export class WorkQueue {
  private readonly timers = new Map<string, { at: number; timer: Timer }>();
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly work: (key: string) => void,
  ) {}

  /** @param milliseconds - from now; an earlier appointment stays */
  add(key: string, milliseconds = 0): void {
    const at = this.clock.now() + milliseconds;
    const known = this.timers.get(key);
    if (this.stopped || (known && known.at <= at)) {
      return;
    }
    known?.timer.cancel();
    const timer = this.clock.after(milliseconds, () => {
      this.timers.delete(key);
      this.work(key);
    });
    this.timers.set(key, { at, timer });
  }

  stop(): void {
    this.stopped = true;
    this.timers.forEach(({ timer }) => timer.cancel());
    this.timers.clear();
  }
}
