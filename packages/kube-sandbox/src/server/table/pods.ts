import type { Fields } from '../../store/strategies/types';
import type { KubernetesObject } from '../../store/types';
import { ageColumn, nameColumn, type Column } from './columns';
import { age } from './duration';

export const podColumns: Column[] = [
  nameColumn,
  { name: 'Ready', description: 'Containers that are ready, of all.' },
  { name: 'Status', description: 'The aggregate status of the containers.' },
  { name: 'Restarts', description: 'How often containers were restarted.' },
  ageColumn,
  { name: 'IP', description: 'Address of the pod.', isWide: true },
  { name: 'Node', description: 'Where the pod runs.', isWide: true },
  {
    name: 'Nominated Node',
    description: 'Where the pod will run after preemption.',
    isWide: true,
  },
  {
    name: 'Readiness Gates',
    description: 'Conditions that readiness waits for.',
    isWide: true,
  },
];

/** `printPod` of `k8s.io/kubernetes/pkg/printers/internalversion`. */
export function printPod(object: KubernetesObject, now: number): unknown[] {
  const spec = (object.spec ?? {}) as Fields;
  const status = (object.status ?? {}) as Fields;
  const statuses: Fields[] = status.containerStatuses ?? [];
  const restarts = statuses.reduce(
    (sum, each) => sum + (each.restartCount ?? 0),
    0,
  );
  const lastRestart = statuses
    .map(each => each.lastState?.terminated?.finishedAt as string | undefined)
    .filter(Boolean)
    .sort()
    .pop();
  return [
    object.metadata.name,
    `${statuses.filter(each => each.ready && each.state?.running).length}/${
      (spec.containers ?? []).length
    }`,
    reasonOf(object),
    restarts > 0 && lastRestart
      ? `${restarts} (${age(lastRestart, now)} ago)`
      : String(restarts),
    age(object.metadata.creationTimestamp, now),
    status.podIP || '<none>',
    spec.nodeName || '<none>',
    status.nominatedNodeName || '<none>',
    '<none>',
  ];
}

function reasonOf(object: KubernetesObject): string {
  const status = (object.status ?? {}) as Fields;
  const initializing = initReason(object);
  let reason: string = initializing ?? status.reason ?? status.phase ?? '';
  if (!initializing) {
    for (const { state } of [...(status.containerStatuses ?? [])].reverse()) {
      reason = stateReason(state) ?? reason;
    }
    const isRunning = (status.containerStatuses ?? []).some(
      (each: Fields) => each.ready && each.state?.running,
    );
    if (reason === 'Completed' && isRunning) {
      reason = 'Running';
    }
  }
  if (!object.metadata.deletionTimestamp) {
    return reason;
  }
  if (status.reason === 'NodeLost') {
    return 'Unknown';
  }
  return ['Succeeded', 'Failed'].includes(status.phase)
    ? reason
    : 'Terminating';
}

function stateReason(state: Fields = {}): string | undefined {
  if (state.waiting?.reason) {
    return state.waiting.reason;
  }
  if (state.terminated) {
    const { reason, signal, exitCode } = state.terminated;
    return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
  }
  return undefined;
}

function initReason({ spec, status }: KubernetesObject): string | undefined {
  const all: Fields[] = (spec as Fields | undefined)?.initContainers ?? [];
  const statuses: Fields[] =
    (status as Fields | undefined)?.initContainerStatuses ?? [];
  for (const [index, { state }] of statuses.entries()) {
    if (state?.terminated?.exitCode === 0) {
      continue;
    }
    const reason = stateReason(state);
    return reason && reason !== 'PodInitializing'
      ? `Init:${reason}`
      : `Init:${index}/${all.length}`;
  }
  return undefined;
}
