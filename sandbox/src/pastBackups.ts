import { cronJobManifest, hasDrill } from './cronJobManifests';
import { withUid } from './cronJobRuns';
import type { InstancePlan } from './fleet';
import type { PastRun } from './history';
import { drillOf } from './jobs';
import type { Manifest } from './manifests';
import { pastDrills } from './pastDrills';
import { PastNights } from './PastNights';

/** A backup's CronJobs, its own and that of its drill, with their runs. */
export interface PastBackup {
  cronJobs: Manifest[];
  runs: PastRun[];
}

/** @param now - milliseconds since the epoch */
export function pastBackups(instance: InstancePlan, now: number): PastBackup[] {
  return instance.backups.map(name => {
    const story = instance.backupStories?.[name] ?? {};
    const told = new PastNights(instance, name, story, now);
    const cronJobs = [told.cronJob()];
    if (!hasDrill(instance, name)) {
      return { cronJobs, runs: told.runs };
    }
    const drill = cronJobManifest(instance, drillOf(name));
    const loaded = withUid(drill, now, told.createdAt);
    return {
      cronJobs: [...cronJobs, loaded],
      runs: [
        ...told.runs,
        ...pastDrills(loaded, told.due, story.drills ?? [], told.taken),
      ],
    };
  });
}
