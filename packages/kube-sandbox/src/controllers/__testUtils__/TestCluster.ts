import { VirtualClock } from '../../clock/VirtualClock';
import { ContainerLogs } from '../../runtime/ContainerLogs';
import type { Scenario } from '../../runtime/scenario';
import { InMemoryObjectStore } from '../../store/InMemoryObjectStore';
import { seededRandom } from '../../store/random';
import type { Fields } from '../../store/strategies/types';
import type { KubernetesObject, ResourceName } from '../../store/types';
import { startControllers } from '../startControllers';

/** Objects and controllers without a server, on a clock that moves only when a test says so. */
export class TestCluster {
  readonly clock: VirtualClock;
  readonly store: InMemoryObjectStore;
  readonly logs = new ContainerLogs();
  readonly stop: () => void;

  constructor(
    options: {
      scenarios?: Scenario[];
      timeToLiveGrace?: number;
      start?: string;
      /** Called before the controllers start. */
      load?: (store: InMemoryObjectStore) => void;
    } = {},
  ) {
    this.clock = new VirtualClock(options.start ?? '2026-03-01T12:00:00Z');
    const random = seededRandom(1);
    this.store = new InMemoryObjectStore({ clock: this.clock, random });
    this.store.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default' },
    });
    options.load?.(this.store);
    this.stop = startControllers({
      store: this.store,
      clock: this.clock,
      random,
      logs: this.logs,
      scenarios: options.scenarios,
      timeToLiveGrace: options.timeToLiveGrace,
    });
  }

  createJob(name: string, spec: Fields = {}): KubernetesObject {
    return this.store.create('jobs', jobNamed(name, spec));
  }

  createCronJob(name: string, spec: Fields): KubernetesObject {
    const { spec: job } = jobNamed(name, {});
    return this.store.create('cronjobs', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name, namespace: 'default' },
      spec: { jobTemplate: { spec: job }, ...spec },
    });
  }

  async pass(seconds: number): Promise<void> {
    await this.clock.advance(seconds * 1000);
  }

  job(name: string): Fields | undefined {
    return this.store.get('jobs', 'default', name);
  }

  /** Types of the conditions that are True, in their order. */
  conditions(name: string): string[] {
    return (this.job(name)?.status.conditions ?? [])
      .filter(({ status }: Fields) => status === 'True')
      .map(({ type }: Fields) => type);
  }

  names(resource: ResourceName): string[] {
    return this.store.list(resource, 'default').map(one => one.metadata.name);
  }

  pods(): Fields[] {
    return this.store.list('pods', 'default');
  }

  /** Changes the spec of a Job or CronJob. */
  change(resource: 'jobs' | 'cronjobs', name: string, spec: Fields): void {
    this.store.update(resource, 'default', name, current => ({
      ...current,
      spec: { ...(current.spec as Fields), ...spec },
    }));
  }
}

function jobNamed(name: string, { podSpec, ...spec }: Fields) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'default' },
    spec: {
      backoffLimit: 0,
      ...spec,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'program:1' }],
          ...podSpec,
        },
      },
    },
  };
}
