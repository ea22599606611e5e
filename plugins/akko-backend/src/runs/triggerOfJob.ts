import type { V1Job } from '@kubernetes/client-node';
import {
  ANNOTATION_REASON,
  ANNOTATION_REVISION,
  ANNOTATION_TRIGGERED_BY,
  LABEL_OPERATION,
  type Trigger,
  type TriggerType,
} from '@akko/backstage-plugin-akko-common';

/** Annotation of Jobs made by the portal: the door through which the request came ({@link TriggerType}). */
export const ANNOTATION_VIA = 'akko.io/via';

const SCHEDULED_TIMESTAMP = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

const PORTAL_DOORS: readonly TriggerType[] = [
  'portal',
  'api',
  'scaffolder',
  'action',
  'schedule',
];

function portalTrigger(job: V1Job, operation: string): Trigger {
  const annotations = job.metadata?.annotations ?? {};
  const by = annotations[ANNOTATION_TRIGGERED_BY];
  const via = PORTAL_DOORS.find(door => door === annotations[ANNOTATION_VIA]);
  return {
    type: via ?? (by && !by.startsWith('user:') ? 'api' : 'portal'),
    by,
    operation,
    reason: annotations[ANNOTATION_REASON],
  };
}

/** When a Job of a CronJob was due: its annotation says so since Kubernetes 1.28; its name, which ends with the minute, always did. */
function dueTimeOf(job: V1Job, cronJob: string): string | undefined {
  const { annotations = {}, name = '' } = job.metadata ?? {};
  const told = Date.parse(annotations[SCHEDULED_TIMESTAMP] ?? '');
  if (!Number.isNaN(told)) {
    return new Date(told).toISOString();
  }
  const minute = name.startsWith(`${cronJob}-`)
    ? /^\d{8}$/.exec(name.slice(cronJob.length + 1))?.[0]
    : undefined;
  return minute && new Date(Number(minute) * 60_000).toISOString();
}

/**
 * Who or what made this Job, from the marks that each maker leaves. The portal's own marks count first, because a re-run keeps Helm's.
 *
 * @param revision - Helm revision of the job catalogue, for Jobs that do not carry one
 */
export function triggerOfJob(job: V1Job, revision?: number): Trigger {
  const { labels = {}, annotations = {} } = job.metadata ?? {};
  const operation = labels[LABEL_OPERATION];
  if (operation) {
    return portalTrigger(job, operation);
  }
  if (annotations['cronjob.kubernetes.io/instantiate'] === 'manual') {
    return { type: 'kubectl' };
  }
  const cronJob = job.metadata?.ownerReferences?.find(
    owner => owner.kind === 'CronJob',
  );
  if (cronJob) {
    const scheduledFor = dueTimeOf(job, cronJob.name);
    // Tools that leave no mark (k9s, Rancher) make Jobs that nobody scheduled.
    return scheduledFor
      ? { type: 'schedule', scheduledFor }
      : { type: 'unknown' };
  }
  const helmHook = annotations['helm.sh/hook'] !== undefined;
  if (helmHook || labels['app.kubernetes.io/managed-by'] === 'Helm') {
    const own = Number.parseInt(annotations[ANNOTATION_REVISION] ?? '', 10);
    return { type: 'helm', revision: Number.isNaN(own) ? revision : own };
  }
  return { type: 'unknown' };
}
