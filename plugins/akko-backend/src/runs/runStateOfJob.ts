import type { V1Job } from '@kubernetes/client-node';
import type { RunState } from '@akko/backstage-plugin-akko-common';
import { isoTime } from './kubernetesTime';

/** What the Job's own status says of its run. */
export interface JobOutcome {
  state: Exclude<RunState, 'unknown'>;
  startedAt?: string;
  finishedAt?: string;
  reason?: string;
  message?: string;
}

/**
 * State of a run by Kubernetes' rules: it is over only when condition `Complete` or `Failed` is True. `FailureTarget` and
 * `SuccessCriteriaMet` come before and are still running; counters lag and decide nothing. A failed Job never gets a `completionTime`, so
 * its end is the condition's transition.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#terminal-job-conditions
 */
export function runStateOfJob(job: V1Job): JobOutcome {
  const status = job.status ?? {};
  const startedAt = isoTime(status.startTime);
  const ended = status.conditions?.find(
    condition =>
      condition.status === 'True' &&
      (condition.type === 'Complete' || condition.type === 'Failed'),
  );
  if (ended) {
    const transition = isoTime(ended.lastTransitionTime);
    return ended.type === 'Complete'
      ? {
          state: 'succeeded',
          startedAt,
          finishedAt: isoTime(status.completionTime) ?? transition,
        }
      : {
          state: 'failed',
          startedAt,
          finishedAt: transition,
          reason: ended.reason,
          message: ended.message,
        };
  }
  if (job.spec?.suspend) {
    return { state: 'pending', startedAt, reason: 'Suspended' };
  }
  return { state: startedAt ? 'running' : 'pending', startedAt };
}
