import { time, uidOf } from './history';
import type { Manifest } from './manifests';

/** The Job that the CronJob controller makes at a due time. */
export function scheduledJob(cronJob: Manifest, at: number): Manifest {
  // It is named after the minute that it was due.
  return jobOf(cronJob, `${cronJob.metadata.name}-${at / 60_000}`, {
    annotations: {
      'batch.kubernetes.io/cronjob-scheduled-timestamp': time(at),
    },
    owner: { blockOwnerDeletion: true },
  });
}

/** The Job that `kubectl create job --from=cronjob/…` makes. */
export function jobByHand(cronJob: Manifest, suffix: string): Manifest {
  return jobOf(cronJob, `${cronJob.metadata.name}-${suffix}`, {
    annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
    owner: {},
  });
}

function jobOf(
  cronJob: Manifest,
  name: string,
  marks: {
    annotations: Record<string, string>;
    owner: Record<string, unknown>;
  },
): Manifest {
  const { jobTemplate } = cronJob.spec as any;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: cronJob.metadata.namespace,
      labels: jobTemplate.metadata.labels,
      annotations: {
        ...jobTemplate.metadata.annotations,
        ...marks.annotations,
      },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: cronJob.metadata.name,
          uid: cronJob.metadata.uid,
          controller: true,
          ...marks.owner,
        },
      ],
    },
    spec: jobTemplate.spec,
  };
}

/** A CronJob as it is once it has been created. */
export function withUid(
  cronJob: Manifest,
  now: number,
  createdAt: number,
): Manifest {
  const { namespace, name } = cronJob.metadata;
  return {
    ...cronJob,
    metadata: {
      ...cronJob.metadata,
      uid: uidOf(namespace, name, String(now)),
      creationTimestamp: time(createdAt),
    },
  };
}
