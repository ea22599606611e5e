import { drill, failedDrill } from './backupPerformances';
import type { BackupStory } from './backupStories';
import { secondsFor } from './backupSizes';
import { jobByHand } from './cronJobRuns';
import type { PastRun } from './history';
import { planOf } from './jobs';
import type { Manifest } from './manifests';
import type { PastTaken } from './PastNights';

const hour = 60 * 60_000;

/**
 * Drills of the past, each of the newest backup that there was.
 * @param cronJob - of the drill
 * @param due - when the backup was due, newest first
 * @param taken - the backups that there were
 */
export function pastDrills(
  cronJob: Manifest,
  due: readonly number[],
  drills: NonNullable<BackupStory['drills']>,
  taken: readonly PastTaken[],
): PastRun[] {
  const plan = planOf(cronJob.metadata.labels['app.kubernetes.io/component']);
  return drills.flatMap(({ night, isBad }) => {
    const at = due[night] + 5 * hour;
    const there = taken.filter(({ finishedAt }) => finishedAt < at);
    const proven = there[there.length - 1];
    if (!proven) {
      return [];
    }
    const date = new Date(at).toISOString().slice(0, 10);
    const seconds = secondsFor(plan.name, proven.bytes, date);
    const performance = isBad
      ? failedDrill(plan, proven)
      : drill(plan, proven, seconds);
    return [
      {
        manifest: jobByHand(cronJob, date),
        finishedAt: at + (performance.seconds + 3) * 1000,
        attempts: [performance],
        ...(isBad && { failedBecause: 'BackoffLimitExceeded' as const }),
      },
    ];
  });
}
