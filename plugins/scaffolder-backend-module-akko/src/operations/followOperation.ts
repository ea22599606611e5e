import type { Operation, Run } from '@akko/backstage-plugin-akko-common';
import type { Phase } from '../task/AkkoStep';
import { outcomeOf, progressLine, type JobOutcome } from './outcomes';

/**
 * Longest that one look waits for the end of the operation, in seconds. The API answers earlier only at the end, so this is how late a line about
 * a job may be. The first looks are shorter, because much happens at the beginning.
 */
const LONGEST_LOOK = 5;
/** Shortest time between two looks in milliseconds, should something between here and the portal answer at once. */
const BETWEEN_LOOKS = 1000;

/** An operation that has ended, and how its jobs did. */
export interface EndedOperation {
  operation: Operation;
  jobs: JobOutcome[];
}

/** Waits for the end of an operation, and writes a line into the task's log whenever one of its jobs changes state. */
export async function followOperation(
  phase: Phase,
  id: string,
): Promise<EndedOperation> {
  const { api, clock, logger, signal } = phase;
  const told = new Map<string, string>();
  const runs = new Map<string, Run>();
  for (let look = 1; ; look++) {
    const asked = clock.now();
    const operation = await api.operation(id, {
      waitSeconds: Math.min(look, LONGEST_LOOK),
      signal,
    });
    for (const step of operation.steps) {
      if (told.get(step.job) === step.state) {
        continue;
      }
      told.set(step.job, step.state);
      const run = isOver(step.state) && (await runOf(phase, step.run));
      if (run) {
        runs.set(step.job, run);
      }
      const line = progressLine({ ...step, run: run || undefined });
      if (line) {
        logger.info(line);
      }
    }
    if (operation.finishedAt) {
      const jobs = operation.steps.map(step =>
        outcomeOf({ ...step, run: runs.get(step.job) }),
      );
      return { operation, jobs };
    }
    const early = asked + BETWEEN_LOOKS - clock.now();
    if (early > 0) {
      await clock.sleep(early, signal);
    }
  }
}

/** The history may be behind or the run unreadable: that is no reason to give up an operation that goes on. */
async function runOf(
  { api, signal }: Phase,
  id: string | undefined,
): Promise<Run | undefined> {
  try {
    return id === undefined ? undefined : await api.run(id);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function isOver(state: string): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'skipped';
}
