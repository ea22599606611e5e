import type { Clock, Timer } from './types';

interface Entry {
  at: number;
  order: number;
  callback: () => void;
}

/** A clock that moves only when a test says so. Timers fire in order of time, then of registration. */
export class VirtualClock implements Clock {
  private time: number;
  private order = 0;
  private entries: Entry[] = [];

  /** @param start - milliseconds since the epoch, or an ISO 8601 time */
  constructor(start: number | string = '2026-01-01T00:00:00Z') {
    this.time = typeof start === 'number' ? start : Date.parse(start);
  }

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): Timer {
    const entry: Entry = {
      at: this.time + Math.max(0, milliseconds),
      order: this.order++,
      callback,
    };
    this.entries.push(entry);
    return {
      cancel: () => {
        this.entries = this.entries.filter(other => other !== entry);
      },
    };
  }

  /** Number of timers that wait. */
  get pending(): number {
    return this.entries.length;
  }

  /** Moves on by `milliseconds`; what timers set on the way fires too, each at its own time. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await settle();
      const next = this.entries
        .filter(entry => entry.at <= end)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) {
        break;
      }
      this.entries = this.entries.filter(entry => entry !== next);
      this.time = next.at;
      next.callback();
    }
    this.time = end;
    await settle();
  }
}

/** Lets promises that are already settled run their continuations. */
function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
