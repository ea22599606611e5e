import type { Fields } from '../store/strategies/types';
import type { RunningContainer } from './types';

const FIRST_CRASH_BACKOFF = 10_000;
const LONGEST_CRASH_BACKOFF = 300_000;

export interface ContainerSlot {
  spec: Fields;
  isInit: boolean;
  restart: number;
  /** Milliseconds since the epoch; not before then it is started. */
  startAt: number;
  running?: RunningContainer;
  /** Set when it has ended for good. */
  exitCode?: number;
}

export interface PodSlot {
  containers: ContainerSlot[];
  isStopping: boolean;
}

/** Init containers start one after another, all others together after them. */
export function mayStart(
  { containers }: PodSlot,
  container: ContainerSlot,
): boolean {
  const before = containers
    .slice(0, containers.indexOf(container))
    .filter(({ isInit }) => isInit);
  return before.every(({ exitCode }) => exitCode === 0);
}

/** Ends what runs, in its own time. */
export function stopAll({ containers }: PodSlot, graceSeconds: number): void {
  containers.forEach(({ running }) => running?.stop(graceSeconds));
}

/** The first restart comes at once, each further one after twice the time. */
export function crashBackoff(restarts: number): number {
  return restarts === 0
    ? 0
    : Math.min(
        LONGEST_CRASH_BACKOFF,
        FIRST_CRASH_BACKOFF * 2 ** (restarts - 1),
      );
}
