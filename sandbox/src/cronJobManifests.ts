import { ANNOTATION_CONFIG_CHECKSUM } from '@akko/backstage-plugin-akko-common';
import type { InstancePlan } from './fleet';
import { drillNames } from './jobs';
import {
  checksum,
  helmAnnotations,
  labelsOf,
  podTemplate,
  type Manifest,
} from './manifests';

/** When backups and drills run; the chart's own times. */
export const schedules: Record<string, string> = {
  'backup-postgres': '0 2 * * *',
  'backup-minio': '0 4 * * *',
  'drill-postgres': '0 6 1 * *',
  'drill-minio': '0 8 1 * *',
};

/** Of all schedules. */
export const zone = 'Etc/UTC';

/** Whether the chart has a drill for a backup of an instance: one that there is and that tells what it made. */
export function hasDrill(instance: InstancePlan, backup: string): boolean {
  return (
    instance.backups.includes(backup) &&
    !instance.backupStories?.[backup]?.isScript
  );
}

/** The CronJob of a backup or a drill, as the chart renders it. Drills are suspended: they run when somebody asks for one. */
export function cronJobManifest(instance: InstancePlan, job: string): Manifest {
  const story = instance.backupStories?.[job];
  const template = story?.isScript
    ? scriptTemplate(instance, job)
    : podTemplate(instance, job);
  const annotations = { [ANNOTATION_CONFIG_CHECKSUM]: checksum(template) };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: {
      name: `${instance.release}-${job}`,
      namespace: instance.namespace,
      labels: labelsOf(instance, job),
      annotations: { ...helmAnnotations(instance), ...annotations },
    },
    spec: {
      schedule: schedules[job],
      timeZone: zone,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      suspend: drillNames.includes(job) || story?.paused !== undefined,
      // The chart keeps 3: here the portal learns the past from the cluster at every start.
      successfulJobsHistoryLimit: 200,
      failedJobsHistoryLimit: 200,
      jobTemplate: {
        metadata: { labels: labelsOf(instance, job), annotations },
        spec: { backoffLimit: 1, activeDeadlineSeconds: 21_600, template },
      },
    },
  };
}

/** A container with a shell, as before there was a program for it. */
function scriptTemplate(instance: InstancePlan, job: string) {
  const { metadata, spec } = podTemplate(instance, job);
  const [{ args, ...container }] = spec.containers;
  return {
    metadata,
    spec: {
      ...spec,
      containers: [
        {
          ...container,
          image: 'postgres:17',
          command: [
            'sh',
            '-c',
            'pg_dumpall | gzip > /var/backups/akko-$(date +%Y%m%dT%H%M).sql.gz',
          ],
        },
      ],
    },
  };
}
