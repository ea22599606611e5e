import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';
import { restartsOf, type JobPods } from './jobPods';
import type { FailureVerdict } from './podFailurePolicy';

/** Reason and message of a condition. */
export interface Because {
  reason: string;
  message: string;
}

/** What the Job controller knows when it decides. */
export interface JobFacts {
  /** Failed pods so far, without ignored ones. */
  failed: number;
  /** Milliseconds since the epoch. */
  startTime: number;
  /** Of the first pod that fails the whole Job, if there is one. */
  verdict?: FailureVerdict;
  now: number;
}

/** Why a Job has to fail now; undefined while it may go on. */
export function whyFailing(
  job: KubernetesObject,
  pods: JobPods,
  { failed, startTime, verdict, now }: JobFacts,
): Because | undefined {
  const spec = job.spec as Fields;
  if (verdict?.action === 'FailJob') {
    return { reason: 'PodFailurePolicy', message: verdict.message };
  }
  const limit = spec.backoffLimit ?? 6;
  const restarts = restartsOf(pods.active);
  if (failed > limit || (limit === 0 ? restarts > 0 : restarts >= limit)) {
    return {
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    };
  }
  const deadline = spec.activeDeadlineSeconds;
  return deadline !== undefined &&
    !spec.suspend &&
    now >= startTime + deadline * 1000
    ? {
        reason: 'DeadlineExceeded',
        message: 'Job was active longer than specified deadline',
      }
    : undefined;
}

const FIRST_BACKOFF = 10_000;
const LONGEST_BACKOFF = 360_000;

/**
 * What is left of the wait before the next pod: 10 s after the last failure, doubled by each one more, at most 6 min.
 * @param lastFailure - milliseconds since the epoch; undefined when it is not known any more
 */
export function podBackoff(
  failed: number,
  lastFailure: number | undefined,
  now: number,
): number {
  if (failed === 0 || lastFailure === undefined) {
    return 0;
  }
  const delay = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (failed - 1));
  return Math.max(0, lastFailure + delay - now);
}
