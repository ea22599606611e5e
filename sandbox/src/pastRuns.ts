import {
  ANNOTATION_REASON,
  ANNOTATION_TRIGGERED_BY,
  LABEL_OPERATION,
} from '@akko/backstage-plugin-akko-common';
import {
  polarisNotReady,
  refusedAdminPassword,
  type Failure,
} from './failures';
import type { InstancePlan } from './fleet';
import type { PastRun } from './history';
import { initJobNames, planOf } from './jobs';
import { jobManifest, type Manifest } from './manifests';
import { failing, success } from './performances';

const second = 1000;
const day = 24 * 60 * 60 * second;

/** Runs of the init jobs before the sandbox started. */
export function pastInitRuns(instance: InstancePlan, now: number): PastRun[] {
  const upgrades = Array.from(
    { length: instance.earlierUpgrades + 1 },
    (_, back) => back,
  );
  return upgrades.flatMap(back => {
    const upgradedAt = now - (instance.upgradedDaysAgo + back * 9.3) * day;
    return enabledJobs(instance).flatMap((job, index) => {
      const finishedAt = upgradedAt + (30 + 14 * index) * second;
      return back === 0
        ? currentRun(instance, job, Math.min(finishedAt, now - 20 * second))
        : earlierRuns(instance, job, back, finishedAt);
    });
  });
}

function enabledJobs(instance: InstancePlan): string[] {
  return initJobNames.filter(job => !instance.disabledJobs?.includes(job));
}

function currentRun(
  instance: InstancePlan,
  job: string,
  finishedAt: number,
): PastRun[] {
  const situation = instance.situations[job];
  const manifest = jobManifest(instance, job);
  switch (situation?.state) {
    case undefined:
      return [
        {
          manifest,
          finishedAt,
          attempts: [
            success(
              planOf(job),
              instance.revision === 1 ? 'created' : 'unchanged',
              1,
            ),
          ],
        },
      ];
    case 'failed':
    case 'stuck':
      return [{ manifest, finishedAt, ...gaveUp(job, situation.failure) }];
    default:
      return [];
  }
}

function earlierRuns(
  instance: InstancePlan,
  job: string,
  back: number,
  finishedAt: number,
): PastRun[] {
  const revision = instance.revision - back;
  // A name is free only once the Job that had it is gone; these are there together for a moment.
  const manifest = renamed(
    jobManifest(instance, job, revision),
    `-${revision}`,
  );
  const good = success(
    planOf(job),
    back === instance.earlierUpgrades ? 'created' : 'unchanged',
    back === 1 ? 2 : 0,
  );
  const runs: PastRun[] = [];
  if (back === 2 && job === 'keycloak-clients') {
    runs.push({ manifest, finishedAt, ...gaveUp(job, refusedAdminPassword) });
    runs.push({
      manifest: byAna(renamed(manifest, '0')),
      finishedAt: finishedAt + 1900 * second,
      attempts: [good],
    });
  } else if (back === 1 && job === 'polaris-init') {
    runs.push({
      manifest,
      finishedAt,
      attempts: [failing(planOf(job), polarisNotReady), good],
    });
  } else {
    runs.push({ manifest, finishedAt, attempts: [good] });
  }
  return runs;
}

/** Some pods, then Kubernetes gives up. @param pods - three, as the chart has it for init jobs */
export function gaveUp(
  job: string,
  failure: Failure,
  pods = 3,
): Pick<PastRun, 'attempts' | 'failedBecause'> {
  return {
    attempts: Array.from({ length: pods }, () => failing(planOf(job), failure)),
    failedBecause: 'BackoffLimitExceeded',
  };
}

function renamed(manifest: Manifest, suffix: string): Manifest {
  const { name } = manifest.metadata;
  return {
    ...manifest,
    metadata: { ...manifest.metadata, name: `${name}${suffix}` },
  };
}

function byAna(manifest: Manifest): Manifest {
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      labels: {
        ...manifest.metadata.labels,
        [LABEL_OPERATION]: '7d1f8a52-3c0e-4b7a-9a55-0c1e2d3f4a5b',
      },
      annotations: {
        ...manifest.metadata.annotations,
        [ANNOTATION_TRIGGERED_BY]: 'user:default/ana',
        [ANNOTATION_REASON]: 'rotated the password of the Keycloak admin',
      },
    },
  };
}
