import type { FindingEvidence } from '../types';
import { isoOf } from './loose';
import type { EventFacts, JobFacts, PodFacts } from './types';

/** What keeps a pod from being made, placed, prepared or started. */
export type TroubleKind =
  | 'create'
  | 'schedule'
  | 'mount'
  | 'image'
  | 'config'
  | 'start';

/** Something that Kubernetes cannot do, and has not done since. */
export interface Trouble {
  kind: TroubleKind;
  /** Kubernetes' reason, as `ErrImagePull`. */
  reason: string;
  message: string;
  evidence: FindingEvidence;
  pod?: PodFacts;
  /** Name of the container. */
  container?: string;
  image?: string;
  at?: number;
}

const IMAGE_REASONS = [
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
];
const CONFIG_REASONS = ['CreateContainerConfigError'];
const START_REASONS = [
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'ContainerCannotRun',
];

function kindOfReason(reason: string): TroubleKind | undefined {
  if (IMAGE_REASONS.includes(reason)) {
    return 'image';
  }
  if (CONFIG_REASONS.includes(reason)) {
    return 'config';
  }
  return START_REASONS.includes(reason) ? 'start' : undefined;
}

/** Events that tell of a trouble, and how far the pod must have come to have overcome it. */
function kindOfEvent(event: EventFacts): TroubleKind | undefined {
  switch (event.reason) {
    case 'FailedScheduling':
      return 'schedule';
    case 'FailedMount':
    case 'FailedCreatePodSandBox':
    case 'FailedAttachVolume':
      return 'mount';
    case 'ErrImageNeverPull':
    case 'InspectFailed':
      return 'image';
    case 'Failed':
      if (/image|InvalidImageName/i.test(event.message)) {
        return 'image';
      }
      return /secret|configmap|key|runAsNonRoot|subpath|Error: .*not found/i.test(
        event.message,
      ) && !/failed to (?:start|create)/i.test(event.message)
        ? 'config'
        : 'start';
    default:
      return undefined;
  }
}

const STAGES: readonly TroubleKind[] = [
  'create',
  'schedule',
  'mount',
  'image',
  'config',
  'start',
];
const PROGRESS: Readonly<Record<string, TroubleKind>> = {
  SuccessfulCreate: 'create',
  Scheduled: 'schedule',
  // Volumes are there before an image is pulled.
  Pulling: 'mount',
  Pulled: 'image',
  Created: 'config',
  Started: 'start',
};

/** Pulling is said again and again while it fails, so only what has really been reached counts. */
function hasOvercome(
  pod: PodFacts,
  event: EventFacts,
  kind: TroubleKind,
): boolean {
  return pod.events.some(other => {
    const reached = PROGRESS[other.reason];
    return (
      reached !== undefined &&
      STAGES.indexOf(reached) >= STAGES.indexOf(kind) &&
      (event.fieldPath === undefined ||
        other.fieldPath === undefined ||
        event.fieldPath === other.fieldPath ||
        kind === 'schedule' ||
        kind === 'mount') &&
      (other.at ?? 0) >= (event.at ?? 0)
    );
  });
}

function hasRun(pod: PodFacts): boolean {
  return pod.containers.some(
    ({ running, terminated, lastTerminated, isInit }) =>
      !isInit &&
      (running ||
        lastTerminated !== undefined ||
        (terminated !== undefined && !kindOfReason(terminated.reason ?? ''))),
  );
}

function isOver(pod: PodFacts): boolean {
  return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}

const sourceOf = (pod: PodFacts) => `Pod/${pod.ref.name}`;

/** The words of events are longer than those of the status, which after a while only say "back-off". */
function fullerWords(
  pod: PodFacts,
  kind: TroubleKind,
  fieldPath?: string,
): EventFacts | undefined {
  const fitting = pod.events.filter(
    event =>
      kindOfEvent(event) === kind &&
      (fieldPath === undefined ||
        event.fieldPath === undefined ||
        event.fieldPath.includes(`{${fieldPath}}`)),
  );
  return (
    [...fitting].reverse().find(({ message }) => message.length > 60) ??
    fitting[fitting.length - 1]
  );
}

function troubleOfStatus(pod: PodFacts): Trouble | undefined {
  for (const container of pod.containers) {
    const { waiting, terminated } = container;
    const reason = waiting?.reason ?? terminated?.reason ?? '';
    const kind = kindOfReason(reason);
    if (kind) {
      const own = waiting?.message ?? terminated?.message ?? '';
      const fuller = fullerWords(pod, kind, container.name);
      const useFuller = fuller && (own.length < 20 || /^back-?off/i.test(own));
      const message = useFuller ? fuller.message : own;
      return {
        kind,
        reason,
        message,
        pod,
        container: container.name,
        image: container.image,
        at: terminated?.at ?? fuller?.at,
        evidence: {
          kind: useFuller ? 'event' : 'status',
          source: sourceOf(pod),
          text: `${reason}: ${message}`,
          at: isoOf(terminated?.at ?? fuller?.at),
        },
      };
    }
  }
  const unscheduled = pod.conditions.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled && !pod.node && !isOver(pod)) {
    return {
      kind: 'schedule',
      reason: unscheduled.reason ?? 'Unschedulable',
      message: unscheduled.message ?? '',
      pod,
      at: unscheduled.at,
      evidence: {
        kind: 'condition',
        source: sourceOf(pod),
        text: `PodScheduled=False: ${unscheduled.message ?? ''}`,
        at: isoOf(unscheduled.at),
      },
    };
  }
  return undefined;
}

function troubleOfEvents(pod: PodFacts): Trouble | undefined {
  const open = pod.events.filter(event => {
    const kind = kindOfEvent(event);
    return kind !== undefined && !hasOvercome(pod, event, kind);
  });
  const last =
    [...open]
      .reverse()
      .find(
        ({ message }) =>
          !/^Error: (?:ImagePullBackOff|ErrImagePull)$/.test(message),
      ) ?? open[open.length - 1];
  return (
    last && {
      kind: kindOfEvent(last)!,
      reason: last.reason,
      message: last.message,
      pod,
      at: last.at,
      image: /image "([^"\s]{1,300})"/.exec(last.message)?.[1],
      evidence: {
        kind: 'event',
        source: sourceOf(pod),
        text: `${last.reason}: ${last.message}`,
        at: isoOf(last.at),
      },
    }
  );
}

/** What keeps this pod from running; undefined when it ran, or nothing is said. */
export function troubleOfPod(pod: PodFacts): Trouble | undefined {
  return hasRun(pod)
    ? undefined
    : troubleOfStatus(pod) ??
        (pod.isGone || !isOver(pod) ? troubleOfEvents(pod) : undefined);
}

/** What keeps the Job from getting a pod, as long as it has got none since. */
export function troubleOfCreation(job: JobFacts): Trouble | undefined {
  const failed = job.events.filter(({ reason }) => reason === 'FailedCreate');
  const last = failed[failed.length - 1];
  const made = Math.max(
    ...job.events
      .filter(({ reason }) => reason === 'SuccessfulCreate')
      .map(({ at }) => at ?? 0),
    ...job.pods.map(({ createdAt }) => createdAt ?? 0),
    -1,
  );
  return last && made < (last.at ?? 0)
    ? {
        kind: 'create',
        reason: last.reason,
        message: last.message,
        at: last.at,
        evidence: {
          kind: 'event',
          source: `Job/${job.ref.name}`,
          text: `${last.reason}: ${last.message}`,
          at: isoOf(last.at),
        },
      }
    : undefined;
}
