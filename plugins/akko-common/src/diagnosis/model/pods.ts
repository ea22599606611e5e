import type { Report } from '../../types';
import { REPORT_SCHEMA } from '../../constants';
import type { KubernetesObject } from '../types';
import { number, objects, text, texts, time } from './loose';
import { tidy } from './logLines';
import type { ContainerFacts, PodFacts, TerminationFacts } from './types';

/** A report is at most 4 KiB; what is longer is none. */
const LONGEST_REPORT = 16 * 1024;

function terminationOf(
  status: KubernetesObject | undefined,
  state: 'state' | 'lastState',
): TerminationFacts | undefined {
  const exitCode = number(status, state, 'terminated', 'exitCode');
  const reason = text(status, state, 'terminated', 'reason');
  return exitCode === undefined && reason === undefined
    ? undefined
    : {
        reason,
        exitCode,
        signal: number(status, state, 'terminated', 'signal'),
        message: text(status, state, 'terminated', 'message'),
        at: time(status, state, 'terminated', 'finishedAt'),
      };
}

function containersOf(
  pod: KubernetesObject,
  isInit: boolean,
): ContainerFacts[] {
  const statuses = objects(
    pod,
    'status',
    isInit ? 'initContainerStatuses' : 'containerStatuses',
  );
  const specs = objects(pod, 'spec', isInit ? 'initContainers' : 'containers');
  const names = [...specs, ...statuses].map(each => text(each, 'name') ?? '');
  return [...new Set(names)].map(name => {
    const spec = specs.find(each => text(each, 'name') === name);
    const status = statuses.find(each => text(each, 'name') === name);
    const waiting = text(status, 'state', 'waiting', 'reason');
    return {
      name,
      isInit,
      image: text(spec, 'image') ?? text(status, 'image'),
      command: [...texts(spec, 'command'), ...texts(spec, 'args')],
      running: time(status, 'state', 'running', 'startedAt') !== undefined,
      waiting: waiting
        ? {
            reason: waiting,
            message: tidy(text(status, 'state', 'waiting', 'message') ?? ''),
          }
        : undefined,
      terminated: terminationOf(status, 'state'),
      lastTerminated: terminationOf(status, 'lastState'),
      restarts: number(status, 'restartCount') ?? 0,
      memoryLimit: text(spec, 'resources', 'limits', 'memory'),
    };
  });
}

/** A termination message as a report; undefined for whatever is none. */
export function readReport(message: string | undefined): Report | undefined {
  const found = message?.trim();
  if (!found?.startsWith('{') || found.length > LONGEST_REPORT) {
    return undefined;
  }
  try {
    const report: unknown = JSON.parse(found);
    return text(report, 'schema') === REPORT_SCHEMA
      ? (report as Report)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A pod as the API gives it; events, logs and reports that were kept apart come later. */
export function podFacts(pod: KubernetesObject): PodFacts {
  const containers = [...containersOf(pod, true), ...containersOf(pod, false)];
  const messages = containers
    .filter(({ isInit }) => !isInit)
    .map(each => each.terminated?.message ?? each.lastTerminated?.message);
  return {
    ref: {
      kind: 'Pod',
      namespace: text(pod, 'metadata', 'namespace'),
      name: text(pod, 'metadata', 'name') ?? '',
    },
    uid: text(pod, 'metadata', 'uid'),
    isGone: false,
    createdAt: time(pod, 'metadata', 'creationTimestamp'),
    phase: text(pod, 'status', 'phase'),
    reason: text(pod, 'status', 'reason'),
    message: text(pod, 'status', 'message'),
    node: text(pod, 'spec', 'nodeName'),
    conditions: objects(pod, 'status', 'conditions').map(condition => ({
      type: text(condition, 'type') ?? '',
      status: text(condition, 'status') ?? '',
      reason: text(condition, 'reason'),
      message: tidy(text(condition, 'message') ?? ''),
      at: time(condition, 'lastTransitionTime'),
    })),
    containers,
    events: [],
    logs: [],
    report: messages.map(readReport).find(report => report !== undefined),
    spec: pod,
  };
}

/** Name of the Job that a pod is of. */
export function jobNameOfPod(pod: KubernetesObject): string | undefined {
  const owner = objects(pod, 'metadata', 'ownerReferences').find(
    each => text(each, 'kind') === 'Job',
  );
  return (
    text(owner, 'name') ??
    text(pod, 'metadata', 'labels', 'batch.kubernetes.io/job-name') ??
    text(pod, 'metadata', 'labels', 'job-name')
  );
}

/** Uid of the Job that a pod is of. */
export function jobUidOfPod(pod: KubernetesObject): string | undefined {
  const owner = objects(pod, 'metadata', 'ownerReferences').find(
    each => text(each, 'kind') === 'Job',
  );
  return (
    text(owner, 'uid') ??
    text(pod, 'metadata', 'labels', 'batch.kubernetes.io/controller-uid') ??
    text(pod, 'metadata', 'labels', 'controller-uid')
  );
}

/** `akko-minio-init-x7k2p` is a pod of the Job `akko-minio-init`. */
export function isNameOfPodOf(podName: string, jobName: string): boolean {
  return (
    podName.startsWith(`${jobName}-`) &&
    /^[a-z0-9]{5}$/.test(podName.slice(jobName.length + 1))
  );
}
