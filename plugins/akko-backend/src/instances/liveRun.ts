import type { Run } from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import type { ClusterMirror } from '../clusters/types';
import { observeRun } from '../runs/observeRun';
import { runOfRecord, secondsBetween } from '../runs/runRows';
import { runStateOfJob } from '../runs/runStateOfJob';
import { catalogueRevision } from './catalogueRevision';
import type { JobIdentity } from './types';

/**
 * The run of a Job on the cluster: as recorded, brought to the Job's present state where the record is a moment behind, or made from the
 * Job when it is not recorded yet.
 */
export function liveRun(
  mirror: ClusterMirror,
  identity: JobIdentity,
  job: V1Job,
  recorded: Run | undefined,
): Run {
  if (recorded?.uid === job.metadata?.uid && recorded) {
    const outcome = runStateOfJob(job);
    return outcome.state === recorded.state
      ? recorded
      : {
          ...recorded,
          ...outcome,
          durationSeconds: secondsBetween(
            outcome.startedAt,
            outcome.finishedAt,
          ),
        };
  }
  return runOfRecord(
    observeRun({
      cluster: mirror.cluster,
      identity,
      job,
      pods: mirror.podsOfJob(job.metadata?.uid ?? ''),
      events: [],
      gone: false,
      revision: catalogueRevision(mirror, identity.instance),
    }),
  );
}
