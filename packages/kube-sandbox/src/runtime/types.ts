import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';

/** A container that is to run. */
export interface ContainerStart {
  pod: KubernetesObject;
  /** As in the pod's spec. */
  container: Fields;
  /** 0 for the first time. */
  restart: number;
}

/** How a container ended. */
export interface ContainerEnd {
  exitCode: number;
  /** Default: `Completed` for 0, else `Error`. */
  reason?: string;
  signal?: number;
  /** What it left in its termination message file. */
  message?: string;
}

/** What a running container tells. */
export interface ContainerOutput {
  line(text: string): void;
  /** Called once, at last. */
  end(end: ContainerEnd): void;
}

/** Why a container cannot start, in the kubelet's terms. */
export interface StartProblem {
  /** Of the waiting container, such as `ImagePullBackOff` or `CreateContainerConfigError`. */
  reason: string;
  message: string;
}

/** A container that runs. */
export interface RunningContainer {
  /** Asks it to end, and ends it by force after the grace period; `end` is called then. */
  stop(graceSeconds: number): void;
}

/** What a pod's containers do. */
export interface Runtime {
  /** @returns why it cannot start now; undefined when it can */
  problemOf(start: ContainerStart): StartProblem | undefined;
  /** Milliseconds that its image and creation take. */
  startDelayOf(start: ContainerStart): number;
  start(start: ContainerStart, output: ContainerOutput): RunningContainer;
}
