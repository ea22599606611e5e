import type { Sleep } from './LogCapture';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/**
 * Does something again and again, ever more slowly, until it works: for writes that must not be lost while the database is away.
 *
 * @throws the signal's reason when it aborts
 */
export async function retryUntilDone(
  work: () => Promise<unknown>,
  options: {
    sleep: Sleep;
    signal: AbortSignal;
    onError(error: unknown): void;
  },
): Promise<void> {
  for (let tries = 0; ; tries++) {
    options.signal.throwIfAborted();
    try {
      await work();
      return;
    } catch (error) {
      options.onError(error);
    }
    await options.sleep(
      Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** tries),
      options.signal,
    );
  }
}
