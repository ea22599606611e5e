import { setTimeout as wait } from 'node:timers/promises';

/** Where everything that waits takes its time from, so that tests can drive it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls once after `milliseconds`. @returns cancels it */
  after(milliseconds: number, callback: () => void): () => void;
  /** @throws the signal's reason when it aborts before */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The machine's time. Its timers do not keep a process alive that ends: a task that it takes with it is taken up again elsewhere. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const handle = setTimeout(callback, milliseconds);
    handle.unref();
    return () => clearTimeout(handle);
  },
  async sleep(milliseconds, signal) {
    try {
      await wait(milliseconds, undefined, { signal, ref: false });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
