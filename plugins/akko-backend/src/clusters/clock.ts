/** A cancelable timer. */
export interface Timer {
  cancel(): void;
}

/** Where everything that waits takes its time from, so that tests can drive it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls once after `milliseconds`. */
  after(milliseconds: number, callback: () => void): Timer;
}

/** The machine's time. Its timers do not keep the process alive. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  after(milliseconds: number, callback: () => void): Timer {
    const handle = setTimeout(callback, milliseconds);
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  }
}

/** Waits, at most until the signal aborts; never rejects. */
export function sleep(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = clock.after(milliseconds, end);
    signal.addEventListener('abort', end, { once: true });
    function end() {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
