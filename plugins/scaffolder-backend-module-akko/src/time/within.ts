import type { Clock } from './clock';

/** Thrown when the time for something is over; its message says for what. */
export class TimedOut extends Error {
  readonly name = 'TimedOut';
}

/** What {@link within} works with. */
export interface WithinOptions {
  clock: Clock;
  milliseconds: number;
  /** Of whoever may give up earlier. */
  signal: AbortSignal;
  /** The message for when the time is over. */
  overdue: () => string;
}

/**
 * Does something that must end in time: its signal aborts when the time is over, or when the outer one does.
 * @throws TimedOut, the outer signal's reason, or what the work throws
 */
export async function within<Result>(
  { clock, milliseconds, signal, overdue }: WithinOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const time = new AbortController();
  const cancel = clock.after(milliseconds, () =>
    time.abort(new TimedOut(overdue())),
  );
  try {
    return await work(AbortSignal.any([signal, time.signal]));
  } finally {
    cancel();
  }
}
