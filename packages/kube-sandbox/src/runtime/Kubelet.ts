import type { Clock } from '../clock/types';
import { EventRecorder } from '../controllers/EventRecorder';
import { WorkQueue } from '../controllers/WorkQueue';
import type { Random } from '../store/random';
import { timestamp } from '../store/objects';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject, ObjectStore, StoreEvent } from '../store/types';
import type { ContainerLogs } from './ContainerLogs';
import {
  conditionsFor,
  containerId,
  endedState,
  waitingStatus,
} from './podStatus';
import type { ContainerEnd, RunningContainer, Runtime } from './types';

const SCHEDULE_DELAY = 20;
/** Between the end of the last container and the pod's final phase. */
const PHASE_DELAY = 150;
const PROBLEM_RETRY = 2_000;
const FIRST_CRASH_BACKOFF = 10_000;
const LONGEST_CRASH_BACKOFF = 300_000;
const NODE = 'sandbox-node-1';

interface RunningPod {
  container?: RunningContainer;
  isStopping: boolean;
  restart: number;
}

/** Scheduler and kubelet in one: gives new pods a node, runs their first container, tells how it ends, and takes deleted pods away. */
export class Kubelet {
  private readonly queue: WorkQueue;
  private readonly events: EventRecorder;
  private readonly scheduler: EventRecorder;
  private readonly running = new Map<string, RunningPod>();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly options: {
      store: ObjectStore;
      clock: Clock;
      random: Random;
      logs: ContainerLogs;
      /** What runs this pod; undefined: it waits for ever. */
      runtimeOf: (pod: KubernetesObject) => Runtime;
    },
  ) {
    const { store, clock } = options;
    this.queue = new WorkQueue(clock, key => this.sync(key));
    this.events = new EventRecorder({ store, clock, component: 'kubelet' });
    this.scheduler = new EventRecorder({
      store,
      clock,
      component: 'default-scheduler',
    });
    this.unsubscribe = store.subscribe(event => this.onEvent(event));
  }

  stop(): void {
    this.unsubscribe();
    this.queue.stop();
    this.running.forEach(({ container }) => container?.stop(0));
    this.running.clear();
  }

  private onEvent({ resource, type, object }: StoreEvent): void {
    if (resource !== 'pods') {
      return;
    }
    const { uid, deletionTimestamp } = object.metadata;
    if (type === 'DELETED') {
      this.running.get(uid)?.container?.stop(0);
      this.running.delete(uid);
      this.options.logs.forget(uid);
    } else if (type === 'ADDED' || deletionTimestamp) {
      this.queue.add(keyOf(object), SCHEDULE_DELAY);
    }
  }

  private sync(key: string): void {
    const [namespace, name] = key.split('/');
    const pod = this.options.store.get('pods', namespace, name);
    if (!pod) {
      return;
    }
    const known = this.running.get(pod.metadata.uid);
    if (pod.metadata.deletionTimestamp) {
      this.terminate(pod, known);
    } else if (!known && !(pod.spec as Fields).nodeName) {
      this.schedule(pod);
    } else if (known && !known.container && !isOver(pod)) {
      this.startContainer(pod, known);
    }
  }

  private schedule(pod: KubernetesObject): void {
    const { store, clock } = this.options;
    const { namespace, name, uid } = pod.metadata;
    this.running.set(uid, { isStopping: false, restart: 0 });
    store.update('pods', namespace, name, current => ({
      ...current,
      spec: { ...(current.spec as Fields), nodeName: NODE },
    }));
    this.scheduler.record(
      pod,
      'Normal',
      'Scheduled',
      `Successfully assigned ${namespace}/${name} to ${NODE}`,
    );
    const now = timestamp(clock.now());
    const placed = this.writeStatus(pod, {
      phase: 'Pending',
      startTime: now,
      conditions: conditionsFor('Pending', now),
      containerStatuses: [waitingStatus(pod, { reason: 'ContainerCreating' })],
    });
    const runtime = this.options.runtimeOf(placed);
    const start = { pod: placed, container: containerOf(placed), restart: 0 };
    this.queue.add(keyOf(pod), runtime.startDelayOf(start));
  }

  private startContainer(pod: KubernetesObject, known: RunningPod): void {
    const { clock, logs, random } = this.options;
    const container = containerOf(pod);
    const start = { pod, container, restart: known.restart };
    const runtime = this.options.runtimeOf(pod);
    const problem = runtime.problemOf(start);
    if (problem) {
      this.events.record(
        pod,
        'Warning',
        'Failed',
        `Error: ${problem.reason}`,
        NODE,
      );
      this.writeStatus(pod, {
        containerStatuses: [waitingStatus(pod, problem)],
      });
      this.queue.add(keyOf(pod), PROBLEM_RETRY);
      return;
    }
    const { uid } = pod.metadata;
    const id = containerId(random);
    const startedAt = timestamp(clock.now());
    logs.begin(uid, container.name, known.restart);
    for (const [reason, message] of [
      [
        'Pulled',
        `Container image "${container.image}" already present on machine`,
      ],
      ['Created', `Created container: ${container.name}`],
      ['Started', `Started container ${container.name}`],
    ]) {
      this.events.record(pod, 'Normal', reason, message, NODE);
    }
    this.writeStatus(pod, {
      phase: 'Running',
      conditions: conditionsFor('Running', startedAt),
      containerStatuses: [
        {
          ...statusOf(pod),
          containerID: id,
          ready: true,
          started: true,
          state: { running: { startedAt } },
        },
      ],
    });
    known.container = runtime.start(start, {
      line: text => logs.write(uid, container.name, { at: clock.now(), text }),
      end: end => this.containerEnded(pod, known, end, { id, startedAt }),
    });
  }

  private containerEnded(
    { metadata: { namespace, name, uid } }: KubernetesObject,
    known: RunningPod,
    end: ContainerEnd,
    { id, startedAt }: { id: string; startedAt: string },
  ): void {
    known.container = undefined;
    const pod = this.options.store.get('pods', namespace, name);
    if (pod?.metadata.uid !== uid) {
      return;
    }
    const container = containerOf(pod);
    this.options.logs.end(uid, container.name);
    const now = timestamp(this.options.clock.now());
    const state = endedState(end, id, startedAt, now);
    const mayRestart =
      (pod.spec as Fields).restartPolicy === 'OnFailure' &&
      end.exitCode !== 0 &&
      !known.isStopping;
    this.writeStatus(pod, {
      containerStatuses: [
        { ...statusOf(pod), ready: false, started: false, state },
      ],
    });
    this.options.clock.after(PHASE_DELAY, () =>
      mayRestart
        ? this.restart(pod, known, state)
        : this.endPod(pod, end.exitCode === 0 ? 'Succeeded' : 'Failed'),
    );
  }

  private restart(
    { metadata: { namespace, name, uid } }: KubernetesObject,
    known: RunningPod,
    lastState: Fields,
  ): void {
    const pod = this.options.store.get('pods', namespace, name);
    if (pod?.metadata.uid !== uid || known.isStopping) {
      return;
    }
    const wait =
      known.restart === 0
        ? 0
        : Math.min(
            LONGEST_CRASH_BACKOFF,
            FIRST_CRASH_BACKOFF * 2 ** (known.restart - 1),
          );
    known.restart++;
    const { name: containerName } = containerOf(pod);
    const message = `back-off ${
      wait / 1000
    }s restarting failed container=${containerName} pod=${name}_${namespace}(${uid})`;
    this.writeStatus(pod, {
      containerStatuses: [
        {
          ...statusOf(pod),
          restartCount: known.restart,
          lastState,
          state: wait
            ? { waiting: { reason: 'CrashLoopBackOff', message } }
            : { waiting: { reason: 'ContainerCreating' } },
        },
      ],
    });
    this.queue.add(keyOf(pod), wait);
  }

  private endPod(
    { metadata: { namespace, name, uid } }: KubernetesObject,
    phase: 'Succeeded' | 'Failed',
  ): void {
    const pod = this.options.store.get('pods', namespace, name);
    if (pod?.metadata.uid !== uid) {
      return;
    }
    const now = timestamp(this.options.clock.now());
    const ended = this.writeStatus(pod, {
      phase,
      conditions: conditionsFor(phase, now),
    });
    if (ended.metadata.deletionTimestamp) {
      this.takeAway(ended);
    }
  }

  private terminate(pod: KubernetesObject, known?: RunningPod): void {
    if (known?.isStopping) {
      return;
    }
    if (known) {
      known.isStopping = true;
    }
    if (known?.container) {
      this.events.record(
        pod,
        'Normal',
        'Killing',
        `Stopping container ${containerOf(pod).name}`,
        NODE,
      );
      known.container.stop(pod.metadata.deletionGracePeriodSeconds ?? 30);
    } else if (isOver(pod)) {
      this.takeAway(pod);
    } else {
      this.endPod(pod, 'Failed');
    }
  }

  /** Only finalizers hold it then. */
  private takeAway({ metadata }: KubernetesObject): void {
    const { namespace, name } = metadata;
    if (this.options.store.get('pods', namespace, name)) {
      this.options.store.delete('pods', namespace, name, {
        gracePeriodSeconds: 0,
      });
    }
  }

  private writeStatus(
    { metadata: { namespace, name } }: KubernetesObject,
    change: Fields,
  ): KubernetesObject {
    return this.options.store.update(
      'pods',
      namespace,
      name,
      current => ({
        ...current,
        status: { ...(current.status as Fields), ...change },
      }),
      { status: true },
    );
  }
}

function containerOf(pod: KubernetesObject): Fields {
  return (pod.spec as Fields).containers[0];
}

function statusOf(pod: KubernetesObject): Fields {
  return (pod.status as Fields).containerStatuses[0];
}

function isOver(pod: KubernetesObject): boolean {
  const { phase } = pod.status as Fields;
  return phase === 'Succeeded' || phase === 'Failed';
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
