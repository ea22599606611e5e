import type { Clock } from '../clock/types';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject, ObjectStore } from '../store/types';
import { conditionsOf } from './jobConditions';
import { WorkQueue } from './WorkQueue';

/** Deletes Jobs `ttlSecondsAfterFinished` seconds after their end. */
export class TimeToLiveController {
  private readonly queue: WorkQueue;
  private readonly unsubscribe: () => void;
  private readonly notBefore: number;

  constructor(
    private readonly options: {
      store: ObjectStore;
      clock: Clock;
      /** Jobs that were over before the start stay at least that long, so that somebody can see them. */
      graceSeconds: number;
    },
  ) {
    const { store, clock, graceSeconds } = options;
    this.notBefore = clock.now() + graceSeconds * 1000;
    this.queue = new WorkQueue(clock, key => this.collect(key));
    store.list('jobs').forEach(job => this.plan(job));
    this.unsubscribe = store.subscribe(({ resource, type, object }) => {
      if (resource === 'jobs' && type !== 'DELETED') {
        this.plan(object);
      }
    });
  }

  stop(): void {
    this.unsubscribe();
    this.queue.stop();
  }

  private plan(job: KubernetesObject): void {
    const due = this.dueAt(job);
    if (due !== undefined) {
      const { namespace, name } = job.metadata;
      this.queue.add(
        `${namespace}/${name}`,
        Math.max(0, due - this.options.clock.now()),
      );
    }
  }

  private dueAt(job: KubernetesObject): number | undefined {
    const seconds = (job.spec as Fields).ttlSecondsAfterFinished;
    const end = conditionsOf(job).find(
      ({ type, status }) =>
        status === 'True' && (type === 'Complete' || type === 'Failed'),
    );
    if (seconds === undefined || !end || job.metadata.deletionTimestamp) {
      return undefined;
    }
    const endedAt = Date.parse(end.lastTransitionTime);
    const due = endedAt + seconds * 1000;
    return endedAt < this.notBefore - this.options.graceSeconds * 1000
      ? Math.max(due, this.notBefore)
      : due;
  }

  private collect(key: string): void {
    const { store, clock } = this.options;
    const [namespace, name] = key.split('/');
    const job = store.get('jobs', namespace, name);
    const due = job && this.dueAt(job);
    if (due === undefined) {
      return;
    }
    if (due > clock.now()) {
      this.queue.add(key, due - clock.now());
    } else {
      store.delete('jobs', namespace, name, {
        propagationPolicy: 'Foreground',
      });
    }
  }
}
