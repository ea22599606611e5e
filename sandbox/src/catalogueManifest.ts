import {
  JOB_CATALOGUE_SCHEMA,
  LABEL_JOB_CATALOGUE,
} from '@akko/backstage-plugin-akko-common';
import { stringify } from 'yaml';
import { hasDrill, schedules, zone } from './cronJobManifests';
import type { InstancePlan } from './fleet';
import {
  backupNames,
  backupOf,
  drillNames,
  initJobNames,
  planOf,
} from './jobs';
import {
  checksum,
  helmAnnotations,
  jobManifest,
  labelsOf,
  podTemplate,
  type Manifest,
} from './manifests';

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
      timeZone: zone,
      retention: 7,
      simulated: true,
    })),
    drills: drillNames.map(name => ({
      name,
      title: planOf(name).title,
      enabled: hasDrill(instance, backupOf(name)),
      schedule: schedules[name],
      timeZone: zone,
      suspended: true,
      simulated: true,
    })),
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${instance.release}-init-jobs`,
      namespace: instance.namespace,
      labels: {
        ...labelsOf(instance),
        [LABEL_JOB_CATALOGUE]: 'v1',
        ...instance.instanceLabels,
      },
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
