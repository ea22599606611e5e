import type { Random } from '../store/random';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';
import type { ContainerEnd } from './types';

/** The pod's conditions in a phase, as the kubelet writes them. */
export function conditionsFor(
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed',
  at: string,
  { isInitialized = true }: { isInitialized?: boolean } = {},
): Fields[] {
  const hasEnded = phase === 'Succeeded' || phase === 'Failed';
  const isReady = phase === 'Running';
  const reason = {
    Pending: 'ContainersNotReady',
    Running: undefined,
    Succeeded: 'PodCompleted',
    Failed: 'PodFailed',
  }[phase];
  const condition = (type: string, isTrue: boolean) => ({
    type,
    status: isTrue ? 'True' : 'False',
    ...(!isTrue && reason ? { reason } : {}),
    lastProbeTime: null,
    lastTransitionTime: at,
  });
  return [
    condition('PodReadyToStartContainers', !hasEnded),
    isInitialized
      ? condition('Initialized', true)
      : {
          ...condition('Initialized', false),
          reason: 'ContainersNotInitialized',
        },
    condition('Ready', isReady),
    condition('ContainersReady', isReady),
    condition('PodScheduled', true),
  ];
}

/** The containers of a pod's spec. */
export function containersOf(pod: KubernetesObject): Fields[] {
  return (pod.spec as Fields).containers;
}

/** Those that run before them, one after another. */
export function initContainersOf(pod: KubernetesObject): Fields[] {
  return (pod.spec as Fields).initContainers ?? [];
}

/** Whether the pod's phase is a final one. */
export function isOver(pod: KubernetesObject): boolean {
  const { phase } = pod.status as Fields;
  return phase === 'Succeeded' || phase === 'Failed';
}

/** The status of a container while it waits. */
export function waitingStatus(
  pod: KubernetesObject,
  container: Fields,
  waiting: { reason: string; message?: string },
): Fields {
  const { containerStatuses = [], initContainerStatuses = [] } =
    pod.status as Fields;
  const statuses: Fields[] = [...containerStatuses, ...initContainerStatuses];
  return {
    name: container.name,
    image: container.image,
    imageID: '',
    ready: false,
    started: false,
    restartCount: 0,
    lastState: {},
    ...statuses.find(({ name }) => name === container.name),
    state: { waiting },
  };
}

/** Of all containers of a pod that is new on its node. */
export function waitingStatuses(pod: KubernetesObject): Fields {
  const inits = initContainersOf(pod);
  const reason = inits.length ? 'PodInitializing' : 'ContainerCreating';
  const waiting = (container: Fields) =>
    waitingStatus(pod, container, { reason });
  return {
    ...(inits.length ? { initContainerStatuses: inits.map(waiting) } : {}),
    containerStatuses: containersOf(pod).map(waiting),
  };
}

/** The pod's status with what is given changed in the status of the container of that name. */
export function withContainerStatus(status: Fields, change: Fields): Fields {
  const changed = (container: Fields) =>
    container.name === change.name ? { ...container, ...change } : container;
  return {
    ...status,
    containerStatuses: status.containerStatuses.map(changed),
    ...(status.initContainerStatuses
      ? { initContainerStatuses: status.initContainerStatuses.map(changed) }
      : {}),
  };
}

/** The state of a container that has ended. */
export function endedState(
  end: ContainerEnd,
  id: string,
  startedAt: string,
  finishedAt: string,
): Fields {
  return {
    terminated: {
      exitCode: end.exitCode,
      reason: end.reason ?? (end.exitCode === 0 ? 'Completed' : 'Error'),
      ...(end.message !== undefined ? { message: end.message } : {}),
      startedAt,
      finishedAt,
      containerID: id,
    },
  };
}

/** Such as `containerd://` and 64 hexadecimal digits. */
export function containerId(random: Random): string {
  const digits = Array.from({ length: 64 }, () =>
    Math.floor(random() * 16).toString(16),
  );
  return `containerd://${digits.join('')}`;
}
