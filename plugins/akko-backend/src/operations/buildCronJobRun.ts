import {
  ANNOTATION_REASON,
  ANNOTATION_TRIGGERED_BY,
  LABEL_OPERATION,
} from '@akko/backstage-plugin-akko-common';
import type { V1CronJob, V1Job } from '@kubernetes/client-node';
import { ANNOTATION_VIA } from '../runs/triggerOfJob';
import type { ManifestMarks } from './buildManifest';

/** Kubernetes' limit for the name of a Job, which is also a label of its pods. */
const LONGEST_NAME = 63;
/** Enough of an operation's id that two of the same CronJob do not meet. */
const SUFFIX = 8;

/** Name of the Job that an operation makes of a CronJob: the same when it is tried again, so that it is made once. */
export function runNameOf(cronJob: V1CronJob, operation: string): string {
  const name = cronJob.metadata?.name ?? '';
  return `${name
    .slice(0, LONGEST_NAME - SUFFIX - 1)
    .replace(/[-.]+$/, '')}-${operation.slice(0, SUFFIX)}`;
}

/**
 * A run of a CronJob by hand, as `kubectl create job --from=cronjob/…` makes it: the whole job template, the mark `manual`, and the CronJob as its
 * controller, so that history limits clean it up and the CronJob's concurrency counts it.
 */
export function buildCronJobRun(
  cronJob: V1CronJob,
  namespace: string,
  marks: ManifestMarks,
): V1Job {
  const template = cronJob.spec?.jobTemplate;
  return JSON.parse(
    JSON.stringify({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: runNameOf(cronJob, marks.operation),
        namespace,
        labels: {
          ...template?.metadata?.labels,
          [LABEL_OPERATION]: marks.operation,
        },
        annotations: {
          ...template?.metadata?.annotations,
          'cronjob.kubernetes.io/instantiate': 'manual',
          [ANNOTATION_TRIGGERED_BY]: marks.requestedBy,
          [ANNOTATION_VIA]: marks.via,
          ...(marks.reason ? { [ANNOTATION_REASON]: marks.reason } : {}),
        },
        // Without blockOwnerDeletion, which would need a right on the CronJob's finalizers.
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'CronJob',
            name: cronJob.metadata?.name,
            uid: cronJob.metadata?.uid,
            controller: true,
          },
        ],
      },
      spec: template?.spec,
    }),
  );
}
