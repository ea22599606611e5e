import type { Clock } from '../clock/types';
import type { ContainerLogs } from '../runtime/ContainerLogs';
import { Kubelet } from '../runtime/Kubelet';
import { ProcessRuntime } from '../runtime/ProcessRuntime';
import { scenarioSchema, type Scenario } from '../runtime/scenario';
import { ScenarioRuntime } from '../runtime/ScenarioRuntime';
import type { Random } from '../store/random';
import type { ContainerStart } from '../runtime/types';
import type { ObjectStore } from '../store/types';
import { CronJobController } from './CronJobController';
import { JobController } from './JobController';
import { OccasionCounter } from './OccasionCounter';
import { TimeToLiveController } from './TimeToLiveController';

/** What a cluster does with the Jobs and pods that are put into it. */
export interface WorkloadOptions {
  /** What containers do instead of their commands; the first that matches is taken. */
  scenarios?: readonly Scenario[];
  /** Run commands of containers without a scenario as processes of this machine; otherwise they succeed after a second. */
  processes?: boolean;
  /** Jobs that were over before the start stay at least that long in spite of their time to live. Seconds, default 0. */
  timeToLiveGrace?: number;
}

/** What the controllers work on. */
export interface ControllerOptions extends WorkloadOptions {
  store: ObjectStore;
  clock: Clock;
  random: Random;
  logs: ContainerLogs;
}

/**
 * Starts what makes Jobs run: Job, CronJob and TTL controllers, scheduler and kubelet.
 * @returns stop, which ends running processes too
 */
export function startControllers(options: ControllerOptions): () => void {
  const { clock, logs, random, store } = options;
  const occasions = new OccasionCounter(store);
  const scenarios = (options.scenarios ?? []).map(scenario =>
    scenarioSchema.parse(scenario),
  );
  const played = new ScenarioRuntime({
    scenarios: options.processes
      ? scenarios
      : [...scenarios, scenarioSchema.parse({})],
    clock,
    store,
    occasionOf: start => occasions.of(start),
  });
  const processes = new ProcessRuntime({ store, clock });
  const runtimeOf = (start: ContainerStart) =>
    played.find(start) ? played : processes;
  const parts = [
    new Kubelet({ store, clock, random, logs, runtimeOf }),
    new JobController({ store, clock }),
    new CronJobController({ store, clock }),
    new TimeToLiveController({
      store,
      clock,
      graceSeconds: options.timeToLiveGrace ?? 0,
    }),
  ];
  return () => {
    parts.reverse().forEach(part => part.stop());
    occasions.stop();
  };
}
