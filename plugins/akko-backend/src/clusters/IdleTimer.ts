import type { Clock, Timer } from './clock';

const IDLE_MS = 90_000;

/** Aborts a watch on which nothing came for a while, not even a bookmark. */
export class IdleTimer {
  private readonly abort = new AbortController();
  readonly signal = this.abort.signal;
  private timer?: Timer;

  constructor(private readonly clock: Clock, private readonly name: string) {}

  restart(): void {
    this.timer?.cancel();
    this.timer = this.clock.after(IDLE_MS, () =>
      this.abort.abort(
        new Error(`Nothing came from ${this.name} for ${IDLE_MS / 1000} s`),
      ),
    );
  }

  cancel(): void {
    this.timer?.cancel();
  }
}
