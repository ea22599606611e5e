import type { LoggerService } from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import {
  parseInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import { backoffDelay } from '../clusters/backoff';
import { ClusterCallError } from '../clusters/ClusterCallError';
import { sleep, type Clock } from '../clusters/clock';
import { AkkoError } from '../errors';
import { checkpoint } from './checkpoints';
import type { OperationRecord, OperationStore } from './OperationStore';
import type { StepRunner } from './StepRunner';
import { isOver, nextSteps, type StepRecord } from './steps';

/** Failures in a row, other than a cluster that does not answer, after which a step is given up. */
const ATTEMPTS = 5;

/** What {@link OperationExecutor} works with. */
export interface OperationExecutorOptions {
  store: OperationStore;
  runner: StepRunner;
  clock: Clock;
  logger: LoggerService;
  /** The replica, which holds the lease of what it carries out. */
  owner: string;
  /** Called after every stored change. */
  onChanged: (id: string) => void;
}

/** Carries one operation out, from wherever it stands to its end. */
export class OperationExecutor {
  constructor(private readonly options: OperationExecutorOptions) {}

  /** @throws LeaseLostError when another replica has taken over; whatever the signal was aborted with */
  async execute(id: string, signal: AbortSignal): Promise<void> {
    const { store, owner } = this.options;
    const operation = await store.get(id);
    const ref = operation && parseInstanceRef(operation.instance);
    if (!operation || !ref) {
      return;
    }
    await checkpoint('claimed');
    if (operation.state === 'queued') {
      await store.start(id, owner);
      this.options.onChanged(id);
    }
    const steps = await this.runSteps(operation, ref, signal);
    await this.finish(operation, steps);
  }

  private async runSteps(
    operation: OperationRecord,
    ref: InstanceRef,
    signal: AbortSignal,
  ): Promise<StepRecord[]> {
    const steps = new Map(operation.steps.map(step => [step.job, step]));
    const running = new Map<string, Promise<void>>();
    const put = async (step: StepRecord) => {
      await this.options.store.saveStep(operation.id, this.options.owner, step);
      steps.set(step.job, step);
      this.options.onChanged(operation.id);
    };
    for (;;) {
      const { start, skip } = nextSteps([...steps.values()]);
      for (const { step, because } of skip) {
        await put({ ...step, phase: 'skipped', error: because });
      }
      const begun = [...steps.values()].filter(
        step => step.phase !== 'waiting' && !isOver(step),
      );
      for (const step of [...start, ...begun]) {
        if (!running.has(step.job)) {
          running.set(
            step.job,
            this.runStep(operation, ref, step, put, signal).finally(() =>
              running.delete(step.job),
            ),
          );
        }
      }
      if (running.size > 0) {
        await Promise.race(running.values());
      } else if (skip.length === 0) {
        return [...steps.values()];
      }
    }
  }

  private async runStep(
    operation: OperationRecord,
    ref: InstanceRef,
    first: StepRecord,
    put: (step: StepRecord) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, logger, runner } = this.options;
    let step = first;
    let failures = 0;
    while (!isOver(step)) {
      signal.throwIfAborted();
      let next: StepRecord;
      try {
        next = await runner.advance(operation, ref, step, signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) {
          throw error;
        }
        assertError(error);
        failures++;
        const message = `${step.job} of ${operation.instance}: ${error.message}`;
        if (!isFinal(error) && (isOutage(error) || failures < ATTEMPTS)) {
          logger.info(`Operation ${operation.id} tries again: ${message}`);
          const delay = backoffDelay(error, failures, Math.random);
          await sleep(clock, delay, signal);
          continue;
        }
        logger.warn(`A step of operation ${operation.id} failed: ${message}`);
        next = { ...step, phase: 'failed', error: error.message };
      }
      // Whoever goes on in the meantime may be further than this.
      signal.throwIfAborted();
      // That the database does not answer is no failure of the step: the operation is taken up again from its last stored phase.
      await put(next);
      step = next;
    }
  }

  private async finish(
    operation: OperationRecord,
    steps: readonly StepRecord[],
  ): Promise<void> {
    const failed = steps.filter(({ phase }) => phase === 'failed');
    await this.options.store.finish(operation.id, this.options.owner, {
      at: new Date(this.options.clock.now()),
      ...(failed.length === 0
        ? { state: 'succeeded' }
        : {
            state: 'failed',
            error: {
              code: 'job-failed',
              message: `${failed.length} of ${steps.length} ${
                steps.length === 1 ? 'job' : 'jobs'
              } did not succeed: ${failed.map(({ job }) => job).join(', ')}`,
            },
          }),
    });
    this.options.onChanged(operation.id);
    await checkpoint('ended');
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof ClusterCallError && error.kind === 'unreachable';
}

/** Whether trying again cannot help. */
function isFinal(error: unknown): boolean {
  return (
    error instanceof AkkoError ||
    (error instanceof ClusterCallError &&
      (error.kind === 'refused' || error.kind === 'invalid'))
  );
}
