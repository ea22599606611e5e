import type { Random } from '../store/random';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';
import type { ContainerEnd } from './types';

/** The pod's conditions in a phase, as the kubelet writes them. */
export function conditionsFor(
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed',
  at: string,
): Fields[] {
  const isOver = phase === 'Succeeded' || phase === 'Failed';
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
    condition('PodReadyToStartContainers', !isOver),
    condition('Initialized', true),
    condition('Ready', isReady),
    condition('ContainersReady', isReady),
    condition('PodScheduled', true),
  ];
}

/** The containers of a pod's spec. */
export function containersOf(pod: KubernetesObject): Fields[] {
  return (pod.spec as Fields).containers;
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
  const statuses: Fields[] = (pod.status as Fields).containerStatuses ?? [];
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

/** The pod's status with what is given changed in the status of the container of that name. */
export function withContainerStatus(status: Fields, change: Fields): Fields {
  return {
    ...status,
    containerStatuses: status.containerStatuses.map((container: Fields) =>
      container.name === change.name ? { ...container, ...change } : container,
    ),
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
