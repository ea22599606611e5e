import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';

/** Holds a pod until the Job controller has counted it. */
export const JOB_TRACKING = 'batch.kubernetes.io/job-tracking';

/** Its pods, by what the Job controller has to know of them. */
export interface JobPods {
  /** Neither ended nor to be deleted. */
  active: KubernetesObject[];
  /** To be deleted, and not ended. */
  terminating: KubernetesObject[];
  /** Ended and not counted yet. */
  succeeded: KubernetesObject[];
  failed: KubernetesObject[];
}

/** Sorts the pods of a Job. Counted ones (without the finalizer) are left out unless they are active. */
export function sortPods(pods: readonly KubernetesObject[]): JobPods {
  const sorted: JobPods = {
    active: [],
    terminating: [],
    succeeded: [],
    failed: [],
  };
  for (const pod of pods) {
    const { phase } = pod.status as { phase?: string };
    const isCounted = !pod.metadata.finalizers?.includes(JOB_TRACKING);
    if (phase === 'Succeeded' || phase === 'Failed') {
      if (!isCounted) {
        sorted[phase === 'Succeeded' ? 'succeeded' : 'failed'].push(pod);
      }
    } else if (pod.metadata.deletionTimestamp) {
      sorted.terminating.push(pod);
    } else {
      sorted.active.push(pod);
    }
  }
  return sorted;
}

/** Restarts of all containers of these pods together, which count as failures with `restartPolicy: OnFailure`. */
export function restartsOf(pods: readonly KubernetesObject[]): number {
  return pods
    .flatMap(pod => (pod.status as Fields).containerStatuses ?? [])
    .reduce((sum, status: Fields) => sum + (status.restartCount ?? 0), 0);
}

/** When the last container of a pod ended, in milliseconds; undefined while one runs. */
export function endOf(pod: KubernetesObject): number | undefined {
  const times: number[] = ((pod.status as Fields).containerStatuses ?? [])
    .map((status: Fields) => Date.parse(status.state?.terminated?.finishedAt))
    .filter((time: number) => !Number.isNaN(time));
  return times.length ? Math.max(...times) : undefined;
}
