import {
  AkkoApiError,
  type Instance,
  type Operation,
  type OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { runningJobs, waitForRest } from '../instance/runningJobs';
import type { Phase } from '../task/AkkoStep';
import { StepFailed } from '../task/StepFailed';
import { followOperation } from './followOperation';

/** Which init jobs: all, those that failed, or these. */
export type JobSelection = 'all' | 'failed' | string[];

/** How what was asked for has begun. A type, so that it counts as JSON. */
export type Begun =
  | { type: 'operation'; operation: string }
  /** Somebody else had asked for an operation that runs these jobs too. */
  | { type: 'joined'; operation: string; jobs: string[] }
  /** Something else, as Helm, has run these jobs meanwhile, so that nothing was asked for. */
  | { type: 'jobs'; jobs: string[] }
  /** All is well as it is. */
  | { type: 'nothing'; message: string };

/** What {@link beginBootstrap} needs to know. */
export interface BootstrapWish {
  ref: string;
  jobs: JobSelection;
  reason: string;
  /** What to do when init jobs are running already: fail, or let their outcome count for what they do and ask for the rest after. */
  ifRunning: 'fail' | 'join';
  /** Helm is installing the instance: its init jobs run by themselves. */
  isFresh: boolean;
  idempotencyKey: string;
}

/** The request for a selection of jobs. */
export function requestFor(
  jobs: JobSelection,
  reason: string,
): OperationRequest {
  return jobs === 'all'
    ? { action: 'bootstrap', reason }
    : { action: 'rerun', jobs, reason };
}

/**
 * Asks for a bootstrap or re-run. What is running already is never run twice: with `join` it is waited for, and where it has run every job that
 * is asked for, its outcome is the outcome. `failed` looks at what is failed after that.
 * @throws AkkoApiError, StepFailed
 */
export async function beginBootstrap(
  phase: Phase,
  wish: BootstrapWish,
): Promise<Begun> {
  const { idempotencyKey, ifRunning, jobs, reason, ref } = wish;
  let { isFresh } = wish;
  for (;;) {
    const instance = await phase.api.instance(ref);
    if (isFresh || isBusyByItself(instance)) {
      if (!isFresh && ifRunning === 'fail') {
        throw busy(instance);
      }
      const rest = await waitForRest(phase, instance, isFresh);
      isFresh = false;
      const asked = jobsOf(jobs, rest.instance);
      if (asked.length > 0 && asked.every(rest.wasRun)) {
        return { type: 'jobs', jobs: asked };
      }
    }
    try {
      const { id } = await phase.api.request(ref, requestFor(jobs, reason), {
        idempotencyKey,
      });
      return { type: 'operation', operation: id };
    } catch (error) {
      if (isNothingToDo(error, jobs)) {
        return { type: 'nothing', message: error.message };
      }
      const other = runningOperation(error);
      if (!other || ifRunning === 'fail') {
        throw error;
      }
      const operation = await phase.api.operation(other);
      phase.logger.info(
        `A ${operation.action} that ${operation.requestedBy} asked for is active (operation ${other}); it is waited for.`,
      );
      const asked = jobsOf(jobs, await phase.api.instance(ref));
      if (runs(operation, asked)) {
        return { type: 'joined', operation: other, jobs: asked };
      }
      await followOperation(phase, other);
    }
  }
}

/** Init jobs run although no operation does: who asks the portal to run them would have them stopped in the middle. */
function isBusyByItself(instance: Instance): boolean {
  const isOperated = instance.activeOperations.some(
    ({ action }) => action === 'bootstrap' || action === 'rerun',
  );
  return !isOperated && runningJobs(instance).length > 0;
}

function busy(instance: Instance): StepFailed {
  const running = runningJobs(instance);
  const { revision, type } = running[0].lastRun!.trigger;
  const by =
    type === 'helm'
      ? ` (Helm${revision === undefined ? '' : `, revision ${revision}`})`
      : '';
  return new StepFailed(
    `Init jobs of ${instance.ref} are running${by}: ${running
      .map(({ name }) => name)
      .join(
        ', ',
      )}. Nothing was asked for. Set ifRunning: join to wait for them, or start the template again when they have ended.`,
  );
}

/** Which failed is known only when it is asked for. */
function jobsOf(jobs: JobSelection, instance: Instance): string[] {
  if (jobs === 'failed') {
    return [];
  }
  return jobs === 'all'
    ? instance.jobs.filter(({ enabled }) => enabled).map(({ name }) => name)
    : jobs;
}

function runs({ steps }: Operation, jobs: string[]): boolean {
  return (
    jobs.length > 0 && jobs.every(name => steps.some(({ job }) => job === name))
  );
}

function runningOperation(error: unknown): string | undefined {
  return error instanceof AkkoApiError && error.code === 'already-running'
    ? error.operation
    : undefined;
}

/** That nothing failed is what whoever asks for the failed jobs wants. That a chart has no job at all is not what one who asks for all of them does. */
function isNothingToDo(
  error: unknown,
  jobs: JobSelection,
): error is AkkoApiError {
  return (
    jobs === 'failed' &&
    error instanceof AkkoApiError &&
    error.code === 'nothing-to-do'
  );
}
