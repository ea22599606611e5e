import { timestamp } from '../store/objects';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';

export interface Condition {
  type: string;
  status: 'True' | 'False';
  reason: string;
  message: string;
  lastProbeTime: string;
  lastTransitionTime: string;
}

export function conditionsOf(job: KubernetesObject): Condition[] {
  return ((job.status as Fields | undefined)?.conditions ?? []) as Condition[];
}

/** The condition of that type, if it is True. */
export function trueCondition(
  job: KubernetesObject,
  type: string,
): Condition | undefined {
  return conditionsOf(job).find(
    condition => condition.type === type && condition.status === 'True',
  );
}

/** Whether nothing more happens to the Job. */
export function isFinished(job: KubernetesObject): boolean {
  return Boolean(
    trueCondition(job, 'Complete') ?? trueCondition(job, 'Failed'),
  );
}

/** The list with this condition in it; one of the same type is replaced in its place. */
export function withCondition(
  conditions: readonly Condition[],
  now: number,
  type: string,
  reason: string,
  message: string,
  status: Condition['status'] = 'True',
): Condition[] {
  const at = timestamp(now);
  const condition: Condition = {
    type,
    status,
    reason,
    message,
    lastProbeTime: at,
    lastTransitionTime: at,
  };
  const isKnown = conditions.some(other => other.type === type);
  return isKnown
    ? conditions.map(other => (other.type === type ? condition : other))
    : [...conditions, condition];
}
