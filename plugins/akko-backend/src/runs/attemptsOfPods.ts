import type {
  V1ContainerState,
  V1ContainerStateTerminated,
  V1ContainerStatus,
  V1Pod,
} from '@kubernetes/client-node';
import type { Attempt } from '@akko/backstage-plugin-akko-common';
import { isoTime } from './kubernetesTime';
import { parseReport } from './parseReport';

/**
 * One execution of a pod's main container, with what is needed to recognise it again and to read its log. `number` is a proposal: the
 * history keeps the number that it gave first.
 */
export interface ObservedAttempt extends Attempt {
  namespace: string;
  /** Which container's log this is. */
  container?: string;
  containerId?: string;
  /** Restarts of the container before this attempt. */
  restart: number;
  /** The container has since been restarted or waits for it: its log is the previous one. */
  previous: boolean;
  /** Where the container ended: what it left in its termination message. */
  terminationMessage?: string;
  /** Why its log is not kept. */
  logNote?: string;
}

const NEVER_STARTED = ['ContainerCannotRun', 'StartError'];

function mainContainerName(pod: V1Pod): string | undefined {
  const chosen =
    pod.metadata?.annotations?.['kubectl.kubernetes.io/default-container'];
  const containers = pod.spec?.containers ?? [];
  return containers.find(({ name }) => name === chosen)
    ? chosen
    : containers[0]?.name;
}

function hasRun(status: V1ContainerStatus | undefined): boolean {
  return Boolean(
    status?.state?.running ||
      status?.state?.terminated ||
      status?.lastState?.terminated,
  );
}

/** The container that the attempt is about: the main one, or the init container that keeps it from starting. */
function subjectOf(pod: V1Pod): V1ContainerStatus | undefined {
  const name = mainContainerName(pod);
  const statuses = pod.status?.containerStatuses ?? [];
  const main = statuses.find(status => status.name === name) ?? statuses[0];
  if (hasRun(main)) {
    return main;
  }
  const blocking = pod.status?.initContainerStatuses?.find(
    ({ state, lastState }) =>
      (state?.terminated?.exitCode ?? 0) !== 0 ||
      (lastState?.terminated?.exitCode ?? 0) !== 0 ||
      (state?.waiting && state.waiting.reason !== 'PodInitializing'),
  );
  return blocking ?? main;
}

function ended(
  terminated: V1ContainerStateTerminated,
): Pick<
  ObservedAttempt,
  | 'startedAt'
  | 'finishedAt'
  | 'exitCode'
  | 'reason'
  | 'message'
  | 'containerId'
  | 'terminationMessage'
> {
  const text = terminated.message?.trim() || undefined;
  return {
    startedAt: isoTime(terminated.startedAt),
    finishedAt: isoTime(terminated.finishedAt),
    exitCode: terminated.exitCode,
    reason: terminated.reason,
    message: parseReport(text) || text?.startsWith('{') ? undefined : text,
    containerId: terminated.containerID || undefined,
    terminationMessage: text,
  };
}

/** Why a pod does not run although no container says so: evicted, unschedulable, deadline exceeded. */
function podReason(pod: V1Pod): Pick<Attempt, 'reason' | 'message'> {
  if (pod.status?.reason) {
    return { reason: pod.status.reason, message: pod.status.message };
  }
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  return { reason: unscheduled?.reason, message: unscheduled?.message };
}

function present(
  pod: V1Pod,
  state: V1ContainerState | undefined,
): Partial<ObservedAttempt> {
  if (state?.terminated) {
    return ended(state.terminated);
  }
  if (state?.running) {
    return { startedAt: isoTime(state.running.startedAt) };
  }
  const fallback = podReason(pod);
  return {
    reason: state?.waiting?.reason ?? fallback.reason,
    message: state?.waiting?.message ?? fallback.message,
  };
}

function attemptsOfPod(pod: V1Pod, before: number): ObservedAttempt[] {
  const status = subjectOf(pod);
  const restarts = status?.restartCount ?? 0;
  const last = status?.lastState?.terminated;
  // While it waits to be restarted the count is still that of the container that ended.
  const waitsForRestart = Boolean(status?.state?.waiting && last);
  const make = (
    restart: number,
    previous: boolean,
    facts: Partial<ObservedAttempt>,
  ): ObservedAttempt => ({
    number: before + restart + 1,
    pod: pod.metadata?.name ?? '',
    node: pod.spec?.nodeName,
    hasLog: false,
    namespace: pod.metadata?.namespace ?? '',
    container: status?.name ?? mainContainerName(pod),
    restart,
    previous,
    ...facts,
  });
  if (waitsForRestart) {
    return [make(restarts, true, ended(last!))];
  }
  const current = make(restarts, false, {
    containerId: status?.containerID || undefined,
    ...present(pod, status?.state),
  });
  return last && restarts > 0
    ? [make(restarts - 1, true, ended(last)), current]
    : [current];
}

/**
 * The attempts of a run, oldest first: one per pod, or, with `restartPolicy: OnFailure`, one per execution of the container in one pod, as
 * far as Kubernetes still tells (the present one and the one before).
 *
 * @param pods - pods of one Job, oldest first
 */
export function attemptsOfPods(pods: readonly V1Pod[]): ObservedAttempt[] {
  const attempts: ObservedAttempt[] = [];
  for (const pod of pods) {
    const before = attempts[attempts.length - 1]?.number ?? 0;
    attempts.push(...attemptsOfPod(pod, before));
  }
  return attempts;
}

/** The container of this attempt ended, so its log is whole. */
export function hasEnded(attempt: ObservedAttempt): boolean {
  return attempt.exitCode !== undefined || attempt.finishedAt !== undefined;
}

/** The container ran, so there may be a log. */
export function mayHaveLog(attempt: ObservedAttempt): boolean {
  return hasEnded(attempt) && !NEVER_STARTED.includes(attempt.reason ?? '');
}
