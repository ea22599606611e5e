import { timestamp } from '../store/objects';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';

const MINUTE = 60_000;

/** Reference to a Job in a CronJob's `status.active`, with which the controller counts it. */
export interface JobReference {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
  uid?: string;
  resourceVersion?: string;
}

/** What the CronJob controller counts as running: no more than this, whatever Jobs there are. */
export function activeOf(cronJob: KubernetesObject): JobReference[] {
  return ((cronJob.status as Fields | undefined)?.active ??
    []) as JobReference[];
}

/** The CronJob that a Job belongs to. */
export function cronJobOwnerOf(job: KubernetesObject) {
  return job.metadata.ownerReferences?.find(
    ({ kind, controller }) => kind === 'CronJob' && controller,
  );
}

export function referenceTo({ metadata }: KubernetesObject): JobReference {
  const { namespace, name, uid, resourceVersion } = metadata;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    namespace,
    name,
    uid,
    resourceVersion,
  };
}

/** Jobs of a schedule are named after the minute that they are due at, so that one time never has two. */
export function scheduledJobName(
  { metadata }: KubernetesObject,
  due: number,
): string {
  return `${metadata.name}-${Math.floor(due / MINUTE)}`;
}

/** The Job of one time of the schedule. */
export function scheduledJob(cronJob: KubernetesObject, due: number) {
  const { metadata = {}, spec } = (cronJob.spec as Fields).jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: scheduledJobName(cronJob, due),
      namespace: cronJob.metadata.namespace,
      labels: metadata.labels,
      annotations: {
        ...metadata.annotations,
        'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(due),
      },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: cronJob.metadata.name,
          uid: cronJob.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec,
  };
}
