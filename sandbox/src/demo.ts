import { catalogueManifest } from './catalogueManifest';
import { fleet, type InstancePlan } from './fleet';
import { pastObjects, type PastObjects } from './history';
import { jobManifest, type Manifest } from './manifests';
import { pastBackups } from './pastBackups';
import { pastInitRuns } from './pastRuns';

/** As long as an API server keeps events by default, in milliseconds. */
const EVENTS_KEPT = 60 * 60 * 1000;

/** What is put into one cluster before the portal sees it. */
export interface ClusterContents {
  /** Loaded as they are. */
  configMaps: Manifest[];
  cronJobs: Manifest[];
  past: PastObjects[];
  /** Of the last hour; older ones a cluster has forgotten. */
  events: Manifest[];
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
  const past = runs.map(pastObjects);
  return {
    configMaps: instances.map(catalogueManifest),
    cronJobs: backups.flatMap(({ cronJobs }) => cronJobs),
    past,
    events: past
      .flatMap(({ events }) => events)
      .filter(
        ({ lastTimestamp }) =>
          Date.parse(String(lastTimestamp)) > now - EVENTS_KEPT,
      ),
    starting: instances.flatMap(startingJobs),
  };
}

function startingJobs(instance: InstancePlan): Manifest[] {
  return Object.entries(instance.situations)
    .filter(([, { state }]) => state === 'starting')
    .map(([job]) => jobManifest(instance, job));
}
