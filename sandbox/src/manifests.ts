import { createHash } from 'node:crypto';
import {
  ANNOTATION_CONFIG_CHECKSUM,
  ANNOTATION_REVISION,
  JOB_CATALOGUE_SCHEMA,
  LABEL_JOB_CATALOGUE,
  PART_OF,
} from '@akko/backstage-plugin-akko-common';
import { stringify } from 'yaml';
import type { InstancePlan } from './fleet';
import { backupNames, initJobNames, planOf } from './jobs';

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

function labelsOf(
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
function helmAnnotations(instance: InstancePlan) {
  return {
    'meta.helm.sh/release-name': instance.release,
    'meta.helm.sh/release-namespace': instance.namespace,
  };
}

function podTemplate(instance: InstancePlan, job: string) {
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

/** Schedule of a backup; the chart's own times. */
export const schedules: Record<string, string> = {
  'backup-postgres': '0 2 * * *',
  'backup-minio': '0 4 * * *',
};

/** The CronJob of a backup. */
export function cronJobManifest(
  instance: InstancePlan,
  backup: string,
): Manifest {
  const template = podTemplate(instance, backup);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: {
      name: `${instance.release}-${backup}`,
      namespace: instance.namespace,
      labels: labelsOf(instance, backup),
      annotations: {
        ...helmAnnotations(instance),
        [ANNOTATION_CONFIG_CHECKSUM]: checksum(template),
      },
    },
    spec: {
      schedule: schedules[backup],
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      suspend: instance.suspendedBackups?.includes(backup) ?? false,
      // Their history is kept by the portal; these go by their time to live.
      successfulJobsHistoryLimit: 60,
      failedJobsHistoryLimit: 60,
      jobTemplate: {
        metadata: { labels: labelsOf(instance, backup) },
        spec: {
          backoffLimit: 1,
          ttlSecondsAfterFinished: timeToLive,
          template,
        },
      },
    },
  };
}

/** The ConfigMap that tells what the chart has switched on. */
export function catalogueManifest(instance: InstancePlan): Manifest {
  const enabled = (job: string) => !instance.disabledJobs?.includes(job);
  const catalogue = {
    schema: JOB_CATALOGUE_SCHEMA,
    release: instance.release,
    chart: `akko-init-${instance.chartVersion}`,
    revision: instance.revision,
    // Plain Jobs: Helm makes those that their time to live has removed.
    useHelmHooks: false,
    jobs: initJobNames.map(name => ({
      name,
      title: planOf(name).title,
      enabled: enabled(name),
      dependsOn: planOf(name).dependsOn,
      ...(enabled(name) && {
        checksum: checksum(podTemplate(instance, name)),
        manifest: `${name}.yaml`,
        simulated: true,
      }),
    })),
    backups: backupNames.map(name => ({
      name,
      title: planOf(name).title,
      enabled: instance.backups.includes(name),
      schedule: schedules[name],
      timeZone: 'Etc/UTC',
      retention: 7,
      simulated: true,
    })),
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${instance.release}-init-jobs`,
      namespace: instance.namespace,
      labels: { ...labelsOf(instance), [LABEL_JOB_CATALOGUE]: 'v1' },
      annotations: helmAnnotations(instance),
    },
    data: {
      'catalogue.json': JSON.stringify(catalogue),
      ...Object.fromEntries(
        initJobNames
          .filter(enabled)
          .map(name => [
            `${name}.yaml`,
            stringify(jobManifest(instance, name)),
          ]),
      ),
    },
  };
}

function checksum(template: unknown): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(template))
    .digest('hex')}`;
}
