import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  parseInstanceRef,
  type InstanceRef,
  type Rule,
} from '@akko/backstage-plugin-akko-common';
import type { CoreV1Event, V1CronJob, V1Job } from '@kubernetes/client-node';
import type { Clock } from '../clusters/clock';
import type { ClusterMirror, Fleet, MirrorChange } from '../clusters/types';
import type { JobIdentity } from '../instances/types';
import { runIdOf } from '../runs/runId';
import type { JobFacts, RunRecorder, RunStore } from '../runs/types';
import { FleetDiagnosis } from './FleetDiagnosis';
import { gatherEvidence } from './gatherEvidence';
import { HelmReleases } from './HelmReleases';
import type { OpenFindings } from './OpenFindings';
import type { FindingStore } from './types';

/** What the diagnosis of a fleet needs of the rest. */
export interface DiagnosisSources {
  fleet: Fleet;
  instances: {
    liveJob(ref: InstanceRef, name: string): V1Job | undefined;
    cronJobs(ref: InstanceRef): V1CronJob[];
    identify(cluster: string, job: V1Job): JobIdentity | undefined;
    onInstanceChanged(listener: (ref: InstanceRef) => void): () => void;
  };
  recorder: Pick<RunRecorder, 'facts' | 'knownInstances' | 'onRunChanged'>;
  runs: Pick<RunStore, 'detail' | 'readLog'>;
  store: FindingStore;
  board: OpenFindings;
  clock: Clock;
  logger: LoggerService;
  rules?: () => readonly Rule[];
}

/** The instance that an event about a Job or its pod is of. */
function instanceOfEvent(
  { involvedObject }: CoreV1Event,
  mirror: ClusterMirror,
  identify: DiagnosisSources['instances']['identify'],
): InstanceRef | undefined {
  const { kind, name = '', namespace = '' } = involvedObject;
  const owner =
    kind === 'Pod'
      ? mirror
          .get('pods', namespace, name)
          ?.metadata?.ownerReferences?.find(each => each.kind === 'Job')?.name
      : name;
  const job = owner && mirror.get('jobs', namespace, owner);
  return job ? identify(mirror.cluster, job)?.instance : undefined;
}

/** A log that has not been read so long after the end will not be, in milliseconds. */
const LOG_READ = 15_000;

/** Whether a run has just failed and its log, which tells why, is being read. */
function awaitsLog(facts: readonly JobFacts[], now: number): boolean {
  return facts.some(({ lastRun: { attempts, finishedAt, state } }) => {
    const last = attempts[attempts.length - 1];
    return (
      state === 'failed' &&
      last?.exitCode !== undefined &&
      !last.hasLog &&
      Math.abs(now - Date.parse(finishedAt ?? '')) < LOG_READ
    );
  });
}

/** Diagnoses the instances of a fleet whenever their runs, objects or events change. */
export function createDiagnosis(sources: DiagnosisSources): FleetDiagnosis {
  const { clock, fleet, instances, recorder, runs } = sources;
  const helm = new HelmReleases(sources);
  const lastRun = (ref: InstanceRef, job: string) =>
    recorder.facts(ref).find(({ name }) => name === job)?.lastRun;
  return new FleetDiagnosis({
    ...sources,
    runOf: runIdOf,
    subscribe: touch => {
      const takeEvent = (change: MirrorChange) => {
        const mirror = fleet.cluster(change.cluster)?.mirror;
        if (change.kind === 'events' && change.type !== 'deleted' && mirror) {
          const ref = instanceOfEvent(change.object, mirror, (cluster, job) =>
            instances.identify(cluster, job),
          );
          if (ref) {
            touch(ref);
          }
        }
      };
      const stops = [
        fleet.subscribe({ onChange: takeEvent }),
        instances.onInstanceChanged(touch),
        helm.watch(cluster =>
          recorder
            .knownInstances()
            .filter(ref => ref.cluster === cluster)
            .forEach(touch),
        ),
        recorder.onRunChanged(({ instance }) =>
          touch(parseInstanceRef(instance)!),
        ),
      ];
      recorder.knownInstances().forEach(touch);
      return () => stops.forEach(stop => stop());
    },
    evidenceOf: async ref => {
      const cluster = fleet.cluster(ref.cluster);
      // What was true at the last contact is kept until there is another one.
      if (!cluster || !cluster.mirror.synced || cluster.state().stale) {
        return undefined;
      }
      return awaitsLog(recorder.facts(ref), clock.now())
        ? 'later'
        : gatherEvidence({
            instance: ref,
            mirror: cluster.mirror,
            facts: recorder.facts(ref),
            cronJobs: instances.cronJobs(ref),
            liveJob: name => instances.liveJob(ref, name),
            runs,
            helmReleases: await helm.of(cluster, ref.namespace),
            now: clock.now(),
          });
    },
    isLive: (ref, job, run) => {
      const last = lastRun(ref, job);
      return last?.id === run && last.live;
    },
    isRunning: (ref, job) =>
      ['pending', 'running'].includes(lastRun(ref, job)?.state ?? ''),
  });
}
