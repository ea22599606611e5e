import type { Clock } from '../clock/types';
import { EventRecorder } from '../controllers/EventRecorder';
import { WorkQueue } from '../controllers/WorkQueue';
import { timestamp } from '../store/objects';
import type { Random } from '../store/random';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject, ObjectStore, StoreEvent } from '../store/types';
import type { ContainerLogs } from './ContainerLogs';
import {
  conditionsFor,
  containerId,
  containersOf,
  endedState,
  initContainersOf,
  isOver,
  waitingStatus,
  waitingStatuses,
  withContainerStatus,
} from './podStatus';
import {
  crashBackoff,
  mayStart,
  stopAll,
  type ContainerSlot,
  type PodSlot,
} from './containerSlots';
import type { ContainerEnd, ContainerStart, Runtime } from './types';

const SCHEDULE_DELAY = 20;
/** Between the end of the last container and the pod's final phase. */
const PHASE_DELAY = 150;
const PROBLEM_RETRY = 2_000;
const NODE = 'sandbox-node-1';

/** What the kubelet works with. */
export interface KubeletOptions {
  store: ObjectStore;
  clock: Clock;
  random: Random;
  logs: ContainerLogs;
  /** What runs this container, this time. */
  runtimeOf: (start: ContainerStart) => Runtime;
}

/** Scheduler and kubelet in one: gives new pods a node, runs their containers, tells how they end, and takes deleted pods away. */
export class Kubelet {
  private readonly queue: WorkQueue;
  private readonly events: EventRecorder;
  private readonly scheduler: EventRecorder;
  private readonly slots = new Map<string, PodSlot>();
  private readonly unsubscribe: () => void;

  constructor(private readonly options: KubeletOptions) {
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
    this.slots.forEach(slot => stopAll(slot, 0));
    this.slots.clear();
  }

  private onEvent({ resource, type, object }: StoreEvent): void {
    if (resource !== 'pods') {
      return;
    }
    const { uid, deletionTimestamp } = object.metadata;
    const slot = this.slots.get(uid);
    if (type === 'DELETED') {
      this.slots.delete(uid);
      this.options.logs.forget(uid);
      if (slot) {
        stopAll(slot, 0);
      }
    } else if (type === 'ADDED' || deletionTimestamp) {
      this.queue.add(keyOf(object), SCHEDULE_DELAY);
    }
  }

  private sync(key: string): void {
    const [namespace, name] = key.split('/');
    const pod = this.options.store.get('pods', namespace, name);
    const slot = pod && this.slots.get(pod.metadata.uid);
    if (!pod) {
      return;
    }
    if (pod.metadata.deletionTimestamp) {
      this.terminate(pod, slot);
    } else if (!slot && !(pod.spec as Fields).nodeName) {
      this.schedule(pod);
    } else if (slot && !isOver(pod)) {
      slot.containers
        .filter(container => mayStart(slot, container))
        .forEach(container => this.syncContainer(pod, container));
    }
  }

  private schedule(pod: KubernetesObject): void {
    const { store, clock, runtimeOf } = this.options;
    const { namespace, name, uid } = pod.metadata;
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
    const now = clock.now();
    const placed = this.writeStatus(pod, {
      phase: 'Pending',
      startTime: timestamp(now),
      conditions: conditionsFor('Pending', timestamp(now), {
        isInitialized: initContainersOf(pod).length === 0,
      }),
      ...waitingStatuses(pod),
    });
    const slotOf = (container: Fields, isInit: boolean): ContainerSlot => {
      const start = { pod: placed, container, restart: 0 };
      const startAt = now + runtimeOf(start).startDelayOf(start);
      return { spec: container, isInit, restart: 0, startAt };
    };
    const containers = [
      ...initContainersOf(placed).map(container => slotOf(container, true)),
      ...containersOf(placed).map(container => slotOf(container, false)),
    ];
    this.slots.set(uid, { isStopping: false, containers });
    this.queue.add(keyOf(pod));
  }

  private syncContainer(pod: KubernetesObject, container: ContainerSlot): void {
    if (container.running || container.exitCode !== undefined) {
      return;
    }
    const wait = container.startAt - this.options.clock.now();
    if (wait > 0) {
      this.queue.add(keyOf(pod), wait);
    } else {
      this.startContainer(pod, container);
    }
  }

  private startContainer(
    pod: KubernetesObject,
    container: ContainerSlot,
  ): void {
    const { clock, logs, random, runtimeOf } = this.options;
    const { spec, restart } = container;
    const start = { pod, container: spec, restart };
    const runtime = runtimeOf(start);
    const problem = runtime.problemOf(start);
    if (problem) {
      const message = `Error: ${problem.reason}`;
      this.events.record(pod, 'Warning', 'Failed', message, NODE);
      this.writeContainer(pod, waitingStatus(pod, spec, problem));
      container.startAt = clock.now() + PROBLEM_RETRY;
      this.queue.add(keyOf(pod), PROBLEM_RETRY);
      return;
    }
    const { uid } = pod.metadata;
    const id = containerId(random);
    const startedAt = timestamp(clock.now());
    logs.begin(uid, spec.name, restart);
    this.tellStart(pod, container);
    if (!container.isInit) {
      this.writeStatus(pod, {
        phase: 'Running',
        conditions: conditionsFor('Running', startedAt),
      });
    }
    this.writeContainer(pod, {
      name: spec.name,
      containerID: id,
      ready: !container.isInit,
      started: true,
      state: { running: { startedAt } },
    });
    container.running = runtime.start(start, {
      line: text => logs.write(uid, spec.name, { at: clock.now(), text }),
      end: end => this.containerEnded(pod, container, end, { id, startedAt }),
    });
  }

  private tellStart(
    pod: KubernetesObject,
    { isInit, spec: { image, name } }: ContainerSlot,
  ): void {
    for (const [reason, message] of [
      [
        'Pulled',
        `Container image "${image}" already present on machine and can be accessed by the pod`,
      ],
      ['Created', 'Container created'],
      ['Started', 'Container started'],
    ]) {
      this.events.record(pod, 'Normal', reason, message, NODE, {
        fieldPath: `spec.${isInit ? 'initContainers' : 'containers'}{${name}}`,
      });
    }
  }

  private containerEnded(
    before: KubernetesObject,
    container: ContainerSlot,
    end: ContainerEnd,
    { id, startedAt }: { id: string; startedAt: string },
  ): void {
    const { clock, logs } = this.options;
    const { uid } = before.metadata;
    container.running = undefined;
    const pod = this.current(before);
    const slot = this.slots.get(uid);
    if (!pod || !slot) {
      return;
    }
    const { name } = container.spec;
    logs.end(uid, name);
    const state = endedState(end, id, startedAt, timestamp(clock.now()));
    const isInitialized = container.isInit && end.exitCode === 0;
    this.writeContainer(pod, {
      name,
      ready: isInitialized,
      started: false,
      state,
    });
    const mayRestart =
      (pod.spec as Fields).restartPolicy === 'OnFailure' &&
      end.exitCode !== 0 &&
      !slot.isStopping;
    if (mayRestart) {
      clock.after(PHASE_DELAY, () => this.restart(pod, slot, container, state));
      return;
    }
    container.exitCode = end.exitCode;
    if (isInitialized && !slot.isStopping) {
      this.queue.add(keyOf(pod));
      return;
    }
    if (container.isInit) {
      // What would have run after it never will.
      slot.containers.forEach(other => (other.exitCode ??= end.exitCode || 1));
    }
    const codes = slot.containers.map(({ exitCode }) => exitCode);
    if (!codes.includes(undefined)) {
      const isGood = codes.every(code => code === 0);
      clock.after(PHASE_DELAY, () =>
        this.endPod(pod, isGood ? 'Succeeded' : 'Failed'),
      );
    }
  }

  private restart(
    before: KubernetesObject,
    slot: PodSlot,
    container: ContainerSlot,
    lastState: Fields,
  ): void {
    const pod = this.current(before);
    if (!pod || slot.isStopping) {
      return;
    }
    const wait = crashBackoff(container.restart);
    container.restart++;
    container.startAt = this.options.clock.now() + wait;
    const { namespace, name, uid } = pod.metadata;
    const message = `back-off ${wait / 1000}s restarting failed container=${
      container.spec.name
    } pod=${name}_${namespace}(${uid})`;
    this.writeContainer(pod, {
      name: container.spec.name,
      restartCount: container.restart,
      lastState,
      state: wait
        ? { waiting: { reason: 'CrashLoopBackOff', message } }
        : { waiting: { reason: 'ContainerCreating' } },
    });
    this.queue.add(keyOf(pod), wait);
  }

  private endPod(
    before: KubernetesObject,
    phase: 'Succeeded' | 'Failed',
  ): void {
    const pod = this.current(before);
    if (!pod) {
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

  private terminate(pod: KubernetesObject, slot?: PodSlot): void {
    if (slot?.isStopping) {
      return;
    }
    if (slot) {
      slot.isStopping = true;
    }
    const running = slot?.containers.filter(container => container.running);
    if (slot && running?.length) {
      for (const { spec } of running) {
        const message = `Stopping container ${spec.name}`;
        this.events.record(pod, 'Normal', 'Killing', message, NODE);
      }
      slot.containers
        .filter(container => !container.running)
        .forEach(container => (container.exitCode ??= 137));
      stopAll(slot, pod.metadata.deletionGracePeriodSeconds ?? 30);
    } else if (isOver(pod)) {
      this.takeAway(pod);
    } else {
      this.endPod(pod, 'Failed');
    }
  }

  /** Only finalizers hold it then. */
  private takeAway(pod: KubernetesObject): void {
    if (this.current(pod)) {
      const { namespace, name } = pod.metadata;
      this.options.store.delete('pods', namespace, name, {
        gracePeriodSeconds: 0,
      });
    }
  }

  /** The pod as it is now; undefined when it is gone, even if another one has its name. */
  private current({ metadata }: KubernetesObject) {
    const { namespace, name, uid } = metadata;
    const pod = this.options.store.get('pods', namespace, name);
    return pod?.metadata.uid === uid ? pod : undefined;
  }

  private writeContainer(pod: KubernetesObject, status: Fields): void {
    this.changeStatus(pod, current => withContainerStatus(current, status));
  }

  private writeStatus(pod: KubernetesObject, change: Fields): KubernetesObject {
    return this.changeStatus(pod, current => ({ ...current, ...change }));
  }

  private changeStatus(
    { metadata: { namespace, name } }: KubernetesObject,
    change: (status: Fields) => Fields,
  ): KubernetesObject {
    return this.options.store.update(
      'pods',
      namespace,
      name,
      current => ({ ...current, status: change(current.status as Fields) }),
      { status: true },
    );
  }
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
