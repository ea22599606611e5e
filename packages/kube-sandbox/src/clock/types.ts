/** A cancelable timer. */
export interface Timer {
  cancel(): void;
}

/**
 * Where everything in the sandbox takes its time from, so that tests can drive it.
 * Nothing in this package calls `Date.now`, `setTimeout` or `setInterval` but the system clock.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls once after `milliseconds`. A callback that throws is a bug of the sandbox and is rethrown. */
  after(milliseconds: number, callback: () => void): Timer;
}
