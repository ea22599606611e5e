import { createHash } from 'node:crypto';
import {
  ANNOTATION_CONFIG_CHECKSUM,
  ANNOTATION_REVISION,
  PART_OF,
} from '@akko/backstage-plugin-akko-common';
import type { InstancePlan } from './fleet';

/** Any Kubernetes object before the API server has seen it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    labels: Record<string, string>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

const image = 'akko/akko-init';
/** Seconds that a finished Job stays: a week. */
const timeToLive = 7 * 24 * 60 * 60;

export function labelsOf(
  instance: InstancePlan,
  component?: string,
): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'akko-init',
    'app.kubernetes.io/instance': instance.release,
    'app.kubernetes.io/part-of': PART_OF,
    'app.kubernetes.io/managed-by': 'Helm',
    ...(component && { 'app.kubernetes.io/component': component }),
  };
}

/** What Helm writes on each object of a release. */
export function helmAnnotations(instance: InstancePlan) {
  return {
    'meta.helm.sh/release-name': instance.release,
    'meta.helm.sh/release-namespace': instance.namespace,
  };
}

export function podTemplate(instance: InstancePlan, job: string) {
  return {
    metadata: { labels: labelsOf(instance, job) },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: `${instance.release}-akko-init`,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true },
      containers: [
        {
          name: `akko-${job}`,
          image: `${image}:${instance.chartVersion}`,
          imagePullPolicy: 'IfNotPresent',
          args: [job],
          env: [{ name: 'AKKO_RELEASE', value: instance.release }],
          resources: {
            requests: { cpu: '50m', memory: '64Mi' },
            limits: { memory: '256Mi' },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}

/** The Job of an init job, as the chart renders it. */
export function jobManifest(
  instance: InstancePlan,
  job: string,
  revision = instance.revision,
): Manifest {
  const template = podTemplate(instance, job);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${instance.release}-${job}`,
      namespace: instance.namespace,
      labels: labelsOf(instance, job),
      annotations: {
        ...helmAnnotations(instance),
        [ANNOTATION_REVISION]: String(revision),
        [ANNOTATION_CONFIG_CHECKSUM]: checksum(template),
      },
    },
    spec: {
      backoffLimit: 2,
      activeDeadlineSeconds: 1800,
      ttlSecondsAfterFinished: timeToLive,
      template,
    },
  };
}

/** As the chart makes it: the same for the same pods. */
export function checksum(template: unknown): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(template))
    .digest('hex')}`;
}
