import type { Clock, Timer } from './types';

/** Node fires at once what is set for longer. */
const longestTimeout = 2 ** 31 - 1;

/** The machine's time. Its timers do not keep the process alive. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  after(milliseconds: number, callback: () => void): Timer {
    let handle: NodeJS.Timeout;
    const wait = (left: number) => {
      const step = Math.min(left, longestTimeout);
      handle = setTimeout(
        () => (left > step ? wait(left - step) : callback()),
        step,
      );
      handle.unref();
    };
    wait(milliseconds);
    return { cancel: () => clearTimeout(handle) };
  }
}
