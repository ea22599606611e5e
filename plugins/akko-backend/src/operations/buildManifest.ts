import {
  ANNOTATION_REASON,
  ANNOTATION_TRIGGERED_BY,
  LABEL_OPERATION,
} from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import { AkkoError } from '../errors';
import { ANNOTATION_VIA } from '../runs/triggerOfJob';

/** Who asks for the new Job, written on it. */
export interface ManifestMarks {
  operation: string;
  requestedBy: string;
  /** RFC 3339. */
  requestedAt?: string;
  via: string;
  reason?: string;
}

/** Labels that the Job controller sets by itself; a copy of them makes the API server refuse the new Job. */
const CONTROLLER_LABELS = [
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'job-name',
];

/**
 * Annotations and labels that belong to the old Job alone. Argo CD's tracking marks are among them: it would take the new Job for one that it
 * made, and prune it.
 */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'batch.kubernetes.io/job-tracking',
  'batch.kubernetes.io/cronjob-scheduled-timestamp',
  'cronjob.kubernetes.io/instantiate',
  'argocd.argoproj.io/tracking-id',
  'argocd.argoproj.io/instance',
  LABEL_OPERATION,
  ANNOTATION_TRIGGERED_BY,
  ANNOTATION_VIA,
  ANNOTATION_REASON,
]);

const JOB_CONTROLLER = 'kubernetes.io/job-controller';
const KUEUE_QUEUE = 'kueue.x-k8s.io/queue-name';

/**
 * The Job to create, from a live Job, the chart's catalogue or the history: everything that a server or controller has set is left out; Helm's
 * ownership labels and annotations and the hook annotations stay, so that the next `helm upgrade` still fits.
 * @throws AkkoError `job-not-ours` for a Job that another controller manages
 */
export function buildManifest(
  source: V1Job,
  namespace: string,
  marks: ManifestMarks,
): V1Job {
  const { metadata = {}, spec } = source;
  const managedBy = spec?.managedBy;
  if (managedBy && managedBy !== JOB_CONTROLLER) {
    throw new AkkoError(
      'job-not-ours',
      `Job ${namespace}/${metadata.name} is managed by ${managedBy} (spec.managedBy), which alone may replace it. Run it again there.`,
    );
  }
  const { selector, manualSelector, ...rest } = spec!;
  const template = { ...rest.template };
  const isQueued = metadata.labels?.[KUEUE_QUEUE] !== undefined;
  return withoutUndefined({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: metadata.name,
      namespace,
      labels: {
        ...copied(metadata.labels, CONTROLLER_LABELS),
        [LABEL_OPERATION]: marks.operation,
      },
      annotations: {
        ...copied(metadata.annotations),
        [ANNOTATION_TRIGGERED_BY]: marks.requestedBy,
        [ANNOTATION_VIA]: marks.via,
        ...(marks.reason ? { [ANNOTATION_REASON]: marks.reason } : {}),
      },
    },
    spec: {
      ...rest,
      // A selector of their own making stays; a generated one belongs to the old uid.
      ...(manualSelector ? { selector, manualSelector } : {}),
      ...(rest.suspend !== undefined ? { suspend: isQueued } : {}),
      template: {
        ...template,
        metadata: template.metadata && {
          ...template.metadata,
          creationTimestamp: undefined,
          labels: copied(
            template.metadata.labels,
            manualSelector ? [] : CONTROLLER_LABELS,
          ),
        },
      },
    },
  });
}

function copied(
  values: Record<string, string> | undefined,
  also: readonly string[] = [],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(
      ([key]) => !NOT_COPIED.has(key) && !also.includes(key),
    ),
  );
}

/** As JSON: without what is undefined, and with times as text. */
function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
