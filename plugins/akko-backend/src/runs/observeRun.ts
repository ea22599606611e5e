import {
  ANNOTATION_CONFIG_CHECKSUM,
  type RunEvent,
  maskText,
  maskValue,
  secretValuesOf,
} from '@akko/backstage-plugin-akko-common';
import type { CoreV1Event, V1Job, V1Pod } from '@kubernetes/client-node';
import type { JobIdentity } from '../instances/types';
import {
  attemptsOfPods,
  hasEnded,
  type ObservedAttempt,
} from './attemptsOfPods';
import { isoTime } from './kubernetesTime';
import { parseReport } from './parseReport';
import { runIdOf } from './runId';
import { runStateOfJob } from './runStateOfJob';
import { triggerOfJob } from './triggerOfJob';
import type { RunRecord } from './types';

/** What is seen of one run now. */
export interface RunSight {
  cluster: string;
  identity: JobIdentity;
  job: V1Job;
  /** Also deleted ones, as they were last; oldest first. */
  pods: readonly V1Pod[];
  /** Names of those that were deleted. */
  deletedPods?: ReadonlySet<string>;
  /** About the Job and its pods. */
  events: readonly CoreV1Event[];
  /** The Job is no longer on the cluster. */
  gone: boolean;
  /** Helm revision of the job catalogue. */
  revision?: number;
}

/** A record whose attempts can be recognised again and whose logs can be read. */
export type ObservedRun = Omit<RunRecord, 'attempts'> & {
  attempts: ObservedAttempt[];
};

/** A message is for a line; the log has the rest. */
const LONGEST_MESSAGE = 1000;

/** What is told of a container whose pod was deleted before it ended. */
const CUT_SHORT = {
  reason: 'PodDeleted',
  message: 'The pod was deleted before the end of its container was seen.',
};

function eventOf(event: CoreV1Event, secrets: readonly string[]): RunEvent {
  const { kind = '', name = '' } = event.involvedObject;
  return {
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    message: maskText(event.message ?? '', secrets),
    object: `${kind}/${name}`,
    count: event.series?.count ?? event.count ?? 1,
    at: isoTime(
      event.series?.lastObservedTime ??
        event.lastTimestamp ??
        event.eventTime ??
        event.metadata?.creationTimestamp,
    ),
  };
}

function outcomeOf(
  sight: RunSight,
): Pick<
  RunRecord,
  'state' | 'startedAt' | 'finishedAt' | 'reason' | 'message'
> {
  const outcome = runStateOfJob(sight.job);
  const over = outcome.state === 'succeeded' || outcome.state === 'failed';
  return sight.gone && !over
    ? {
        state: 'unknown',
        startedAt: outcome.startedAt,
        reason: 'JobGone',
        message:
          'The Job was deleted before Kubernetes said how it ended, so its outcome is not known.',
      }
    : outcome;
}

/** Turns Kubernetes objects into a row of the history, secrets masked. Attempts come with what is needed to read their logs. */
export function observeRun(sight: RunSight): ObservedRun {
  const { cluster, identity, job } = sight;
  const uid = job.metadata?.uid ?? '';
  const secrets = secretValuesOf(job);
  const mask = (text: string | undefined) =>
    text === undefined
      ? undefined
      : maskText(text, secrets).slice(0, LONGEST_MESSAGE);
  const outcome = outcomeOf(sight);
  const observed = attemptsOfPods(sight.pods).map(attempt =>
    sight.deletedPods?.has(attempt.pod) && !hasEnded(attempt)
      ? { ...attempt, ...CUT_SHORT }
      : attempt,
  );
  const report = observed
    .map(attempt => parseReport(attempt.terminationMessage))
    .filter(found => found !== undefined)
    .pop();
  return {
    id: runIdOf(cluster, uid),
    cluster,
    uid,
    instance: identity.instance,
    name: identity.name,
    kind: identity.kind,
    jobName: job.metadata?.name ?? '',
    ...outcome,
    message: mask(outcome.message),
    trigger: triggerOfJob(job, sight.revision),
    createdAt:
      isoTime(job.metadata?.creationTimestamp) ??
      outcome.startedAt ??
      new Date(0).toISOString(),
    exitCode: observed.filter(({ exitCode }) => exitCode !== undefined).pop()
      ?.exitCode,
    configChecksum: job.metadata?.annotations?.[ANNOTATION_CONFIG_CHECKSUM],
    image: job.spec?.template.spec?.containers[0]?.image,
    attempts: observed.map(attempt => ({
      ...attempt,
      message: mask(attempt.message),
    })),
    report: maskValue(report, secrets),
    events: sight.events.map(event => eventOf(event, secrets)),
    live: !sight.gone,
  };
}
