import type { OperationStep } from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';

/**
 * How far a step is. Each phase is stored before the work that it names begins, so that whoever goes on after a crash begins with that work again;
 * all of it may be done twice.
 */
export type StepPhase =
  /** For the steps that it comes after. */
  | 'waiting'
  /** The old Job's manifest, log and report go into the history. */
  | 'archiving'
  /** The old Job is deleted, and waited for until it is gone. */
  | 'deleting'
  | 'creating'
  /** Whether a run of a CronJob may begin now is looked up on the cluster. */
  | 'guarding'
  /** The CronJob is told of the new Job, so that its concurrency policy counts it. */
  | 'registering'
  /** The CronJob is changed. */
  | 'patching'
  /** The new Job runs. */
  | 'observing'
  | 'succeeded'
  | 'failed'
  | 'skipped';

/** One job of an operation, as stored. */
export interface StepRecord {
  job: string;
  wave: number;
  /** Jobs of the same operation that must have succeeded before. */
  after: string[];
  phase: StepPhase;
  /** Name of the Kubernetes Job; of the CronJob where that is what is changed. */
  jobName: string;
  oldUid?: string;
  uid?: string;
  run?: string;
  /** What is created. Never leaves the backend unmasked. */
  manifest?: V1Job;
  /** ISO 8601; when the new Job was first waited for. */
  observedSince?: string;
  error?: string;
}

const STATE_OF_PHASE: Record<StepPhase, OperationStep['state']> = {
  waiting: 'waiting',
  archiving: 'replacing',
  deleting: 'replacing',
  creating: 'replacing',
  guarding: 'waiting',
  registering: 'running',
  patching: 'running',
  observing: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  skipped: 'skipped',
};

/** The step as the API shows it. */
export function viewOfStep(step: StepRecord): OperationStep {
  return {
    job: step.job,
    wave: step.wave,
    state: STATE_OF_PHASE[step.phase],
    run: step.run,
    error: step.error,
  };
}

/** Whether nothing more happens to the step. */
export function isOver(step: StepRecord): boolean {
  return (
    step.phase === 'succeeded' ||
    step.phase === 'failed' ||
    step.phase === 'skipped'
  );
}

/** What to do with the steps that wait: which may start, and which never will. */
export function nextSteps(steps: readonly StepRecord[]): {
  start: StepRecord[];
  skip: { step: StepRecord; because: string }[];
} {
  const byJob = new Map(steps.map(step => [step.job, step]));
  const start: StepRecord[] = [];
  const skip: { step: StepRecord; because: string }[] = [];
  for (const step of steps.filter(({ phase }) => phase === 'waiting')) {
    const before = step.after.map(job => byJob.get(job)!);
    const broken = before.find(
      ({ phase }) => phase === 'failed' || phase === 'skipped',
    );
    if (broken) {
      skip.push({
        step,
        because: `Not started: ${broken.job} ${
          broken.phase === 'failed' ? 'did not succeed' : 'was not started'
        }`,
      });
    } else if (before.every(({ phase }) => phase === 'succeeded')) {
      start.push(step);
    }
  }
  return { start, skip };
}
