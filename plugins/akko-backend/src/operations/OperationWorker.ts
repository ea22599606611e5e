import { assertError } from '@backstage/errors';
import { sleep } from '../clusters/clock';
import {
  OperationExecutor,
  type OperationExecutorOptions,
} from './OperationExecutor';
import { LeaseLostError } from './OperationStore';

/** How long an operation stays with a replica that says nothing more, in milliseconds. */
const LEASE = 15_000;
const RENEW_EVERY = 5_000;
const LOOK_EVERY = 3_000;

/** Takes operations that nobody carries out, those of a replica that died too, and carries them out. */
export class OperationWorker {
  private readonly executor: OperationExecutor;
  private readonly active = new Map<string, Promise<void>>();
  private stopped = new AbortController();
  private alarm = new AbortController();
  private loop?: Promise<void>;

  constructor(private readonly options: OperationExecutorOptions) {
    this.executor = new OperationExecutor(options);
  }

  /** Begins to look for work; returns at once. */
  start(): void {
    this.stopped = new AbortController();
    this.loop = this.work();
  }

  /** Looks for work now: something was stored. */
  wake(): void {
    this.alarm.abort();
  }

  /** Leaves each operation at its last stored phase and gives the leases back. */
  async stop(): Promise<void> {
    this.stopped.abort(new Error('The portal stops'));
    this.wake();
    await this.loop;
    await Promise.allSettled(this.active.values());
    await this.options.store.release(this.options.owner);
  }

  private async work(): Promise<void> {
    const { clock, logger } = this.options;
    const { signal } = this.stopped;
    while (!signal.aborted) {
      this.alarm = new AbortController();
      try {
        await this.claim();
      } catch (error) {
        assertError(error);
        logger.error('Operations could not be looked for', error);
      }
      await sleep(
        clock,
        LOOK_EVERY,
        AbortSignal.any([signal, this.alarm.signal]),
      );
    }
  }

  private async claim(): Promise<void> {
    const { clock, store, owner } = this.options;
    const now = clock.now();
    const ids = await store.claim(owner, new Date(now), new Date(now + LEASE));
    // One whose lease ran out because the database did not answer is still being carried out here.
    for (const id of ids.filter(other => !this.active.has(other))) {
      const done = this.carryOut(id).finally(() => this.active.delete(id));
      this.active.set(id, done);
    }
  }

  private async carryOut(id: string): Promise<void> {
    const { logger } = this.options;
    const over = new AbortController();
    const signal = AbortSignal.any([this.stopped.signal, over.signal]);
    const renewing = this.keepLease(id, over);
    try {
      await this.executor.execute(id, signal);
    } catch (error) {
      if (error instanceof LeaseLostError) {
        logger.info(error.message);
      } else if (!this.stopped.signal.aborted) {
        assertError(error);
        logger.error(
          `Operation ${id} was interrupted; it is taken up again when its lease is over`,
          error,
        );
      }
    } finally {
      over.abort();
      await renewing;
    }
  }

  private async keepLease(id: string, over: AbortController): Promise<void> {
    const { clock, logger, owner, store } = this.options;
    for (;;) {
      await sleep(clock, RENEW_EVERY, over.signal);
      if (over.signal.aborted) {
        return;
      }
      try {
        await store.renew(id, owner, new Date(clock.now() + LEASE));
      } catch (error) {
        if (error instanceof LeaseLostError) {
          over.abort(error);
          return;
        }
        assertError(error);
        logger.warn(`The lease of operation ${id} could not be renewed`, error);
      }
    }
  }
}
