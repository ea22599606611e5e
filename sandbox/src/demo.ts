import { fleet, type InstancePlan } from './fleet';
import { pastObjects, type PastObjects } from './history';
import { catalogueManifest, jobManifest, type Manifest } from './manifests';
import { pastBackups } from './pastBackups';
import { pastInitRuns } from './pastRuns';

/** What is put into one cluster before the portal sees it. */
export interface ClusterContents {
  /** Loaded as they are. */
  configMaps: Manifest[];
  cronJobs: Manifest[];
  past: PastObjects[];
  /** Created at the start, so that they run. */
  starting: Manifest[];
}

/** @param now - milliseconds since the epoch, which everything is relative to */
export function contentsOf(cluster: string, now: number): ClusterContents {
  const instances = fleet.filter(instance => instance.cluster === cluster);
  const backups = instances.flatMap(instance => pastBackups(instance, now));
  const runs = [
    ...instances.flatMap(instance => pastInitRuns(instance, now)),
    ...backups.flatMap(backup => backup.runs),
  ];
  return {
    configMaps: instances.map(catalogueManifest),
    cronJobs: backups.map(({ cronJob }) => cronJob),
    past: runs.map(pastObjects),
    starting: instances.flatMap(startingJobs),
  };
}

function startingJobs(instance: InstancePlan): Manifest[] {
  return Object.entries(instance.situations)
    .filter(([, { state }]) => state === 'starting')
    .map(([job]) => jobManifest(instance, job));
}
