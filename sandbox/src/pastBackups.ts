import { CronExpressionParser } from 'cron-parser';
import type { InstancePlan } from './fleet';
import { time, uidOf, type PastRun } from './history';
import { planOf } from './jobs';
import { cronJobManifest, schedules, type Manifest } from './manifests';
import { gaveUp } from './pastRuns';
import { backup as backupPerformance } from './performances';

const second = 1000;
const nights = 21;
const nightsSinceSuspended = 6;

/** A backup's CronJob with the runs of three weeks. */
export interface PastBackup {
  cronJob: Manifest;
  runs: PastRun[];
}

export function pastBackups(instance: InstancePlan, now: number): PastBackup[] {
  return instance.backups.map(name => {
    const skipped = instance.suspendedBackups?.includes(name)
      ? nightsSinceSuspended
      : 0;
    const due = dueTimes(schedules[name], now).slice(skipped);
    const cronJob = cronJobManifest(instance, name);
    const { namespace, name: cronJobName } = cronJob.metadata;
    const uid = uidOf(namespace, cronJobName, String(now));
    const failing = instance.failingBackups?.[name];
    const runs = due.map((at, night) => {
      const bad =
        failing && night < failing.nights
          ? gaveUp(name, failing.failure)
          : undefined;
      const good = backupPerformance(planOf(name), night);
      const finishedAt = at + (bad ? 420 : good.seconds + 3) * second;
      const manifest = ofCronJob(cronJob, uid, at);
      return { manifest, finishedAt, ...(bad ?? { attempts: [good] }) };
    });
    const lastGood = runs.find(({ failedBecause }) => !failedBecause);
    return {
      runs,
      cronJob: {
        ...cronJob,
        metadata: {
          ...cronJob.metadata,
          uid,
          creationTimestamp: time(due[due.length - 1] - 86_400_000),
        },
        status: {
          lastScheduleTime: time(due[0]),
          ...(lastGood && { lastSuccessfulTime: time(lastGood.finishedAt) }),
        },
      },
    };
  });
}

/** Newest first; the newest is over long enough for its run to have ended. */
function dueTimes(schedule: string, now: number): number[] {
  const times = CronExpressionParser.parse(schedule, {
    currentDate: new Date(now - 600 * second),
    tz: 'Etc/UTC',
  });
  return Array.from({ length: nights }, () => times.prev().getTime());
}

function ofCronJob(cronJob: Manifest, uid: string, at: number): Manifest {
  const { jobTemplate } = cronJob.spec as any;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      // The CronJob controller names Jobs after the minute that they were due.
      name: `${cronJob.metadata.name}-${at / 60_000}`,
      namespace: cronJob.metadata.namespace,
      labels: jobTemplate.metadata.labels,
      annotations: {
        'batch.kubernetes.io/cronjob-scheduled-timestamp': time(at),
      },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: cronJob.metadata.name,
          uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: jobTemplate.spec,
  };
}
