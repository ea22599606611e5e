import type { Clock } from '../clock/types';
import { timestamp } from '../store/objects';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject, ObjectStore, StoreEvent } from '../store/types';
import { EventRecorder } from './EventRecorder';
import {
  conditionsOf,
  isFinished,
  trueCondition,
  withCondition,
  type Condition,
} from './jobConditions';
import { endOf, JOB_TRACKING, sortPods, type JobPods } from './jobPods';
import { podBackoff, whyFailing, type Because } from './jobTransitions';
import { judgeFailure } from './podFailurePolicy';
import { WorkQueue } from './WorkQueue';

const BUILT_IN = 'kubernetes.io/job-controller';
/** Between two looks at the same Job, so that a watcher sees each of its conditions come. */
const PACE = 50;

/** `batch/v1` Jobs, as the Job controller of Kubernetes 1.35 drives them. */
export class JobController {
  private readonly queue: WorkQueue;
  private readonly events: EventRecorder;
  /** Pods by the uid of their Job, by name. */
  private readonly pods = new Map<string, Map<string, KubernetesObject>>();
  private readonly unsubscribe: () => void;

  constructor(private readonly options: { store: ObjectStore; clock: Clock }) {
    const { store, clock } = options;
    this.queue = new WorkQueue(clock, key => this.reconcile(key));
    this.events = new EventRecorder({
      ...options,
      component: 'job-controller',
    });
    store.list('pods').forEach(pod => this.keep(pod));
    store.list('jobs').forEach(job => this.queue.add(keyOf(job)));
    this.unsubscribe = store.subscribe(event => this.onEvent(event));
  }

  stop(): void {
    this.unsubscribe();
    this.queue.stop();
  }

  private onEvent({ resource, type, object }: StoreEvent): void {
    if (resource === 'jobs') {
      this.queue.add(keyOf(object));
      if (type === 'DELETED') {
        [...(this.pods.get(object.metadata.uid)?.values() ?? [])].forEach(pod =>
          this.release(pod),
        );
      }
    } else if (resource === 'pods') {
      this.onPod(type, object);
    }
  }

  private onPod(type: StoreEvent['type'], pod: KubernetesObject): void {
    const owner = ownerOf(pod);
    if (!owner) {
      return;
    }
    if (type === 'DELETED') {
      const ofJob = this.pods.get(owner.uid);
      ofJob?.delete(pod.metadata.name);
      if (ofJob?.size === 0) {
        this.pods.delete(owner.uid);
      }
    } else {
      this.keep(pod);
    }
    this.queue.add(`${pod.metadata.namespace}/${owner.name}`);
  }

  private keep(pod: KubernetesObject): void {
    const owner = ownerOf(pod);
    if (owner) {
      const ofJob = this.pods.get(owner.uid) ?? new Map();
      this.pods.set(owner.uid, ofJob.set(pod.metadata.name, pod));
    }
  }

  private reconcile(key: string): void {
    const [namespace, name] = key.split('/');
    const job = this.options.store.get('jobs', namespace, name);
    const managedBy = (job?.spec as Fields | undefined)?.managedBy;
    if (!job || (managedBy && managedBy !== BUILT_IN)) {
      return;
    }
    const all = [...(this.pods.get(job.metadata.uid)?.values() ?? [])];
    const pods = sortPods(all);
    if (job.metadata.deletionTimestamp || isFinished(job)) {
      all.forEach(pod => this.release(pod));
      pods.active.forEach(pod => this.remove(job, pod));
      return;
    }
    this.drive(job, pods);
  }

  private drive(job: KubernetesObject, pods: JobPods): void {
    const spec = job.spec as Fields;
    const status = (job.status ?? {}) as Fields;
    const now = this.options.clock.now();
    let conditions = conditionsOf(job);
    const startTime = this.startTime(job, now);
    const { failed, succeeded, verdict } = this.count(job, pods);
    const target =
      trueCondition(job, 'FailureTarget') ??
      whyFailing(job, pods, { failed, startTime, verdict, now });

    if (target) {
      pods.active.forEach(pod => this.remove(job, pod));
      conditions = this.fail(job, conditions, target, pods, now);
    } else if (succeeded >= (spec.completions ?? 1)) {
      pods.active.forEach(pod => this.remove(job, pod));
      conditions = this.complete(job, conditions, pods, now);
    } else if (spec.suspend) {
      pods.active.forEach(pod => this.remove(job, pod));
      conditions = this.suspend(job, conditions, now);
    } else {
      conditions = this.resume(job, conditions, now);
      this.createMissing(job, pods, { failed, succeeded, now });
    }
    const isComplete = conditions.some(({ type }) => type === 'Complete');
    const active =
      target || spec.suspend || isComplete ? 0 : this.activeOf(job);
    this.writeStatus(job, {
      ...status,
      startTime: spec.suspend ? undefined : timestamp(startTime),
      active: active || undefined,
      ready: pods.active.filter(isReady).length,
      terminating: pods.terminating.length,
      succeeded: succeeded || undefined,
      failed: failed || undefined,
      uncountedTerminatedPods: {},
      conditions: conditions.length ? conditions : undefined,
      completionTime: isComplete ? timestamp(now) : undefined,
    });
    [...pods.succeeded, ...pods.failed].forEach(pod => this.release(pod));
    this.lookAgain(job, conditions, startTime, now);
  }

  private startTime(job: KubernetesObject, now: number): number {
    const known = Date.parse((job.status as Fields | undefined)?.startTime);
    return Number.isNaN(known) ? now : known;
  }

  private count(job: KubernetesObject, pods: JobPods) {
    const status = (job.status ?? {}) as Fields;
    const policy = (job.spec as Fields).podFailurePolicy;
    const verdicts = pods.failed.map(pod => judgeFailure(policy, pod));
    return {
      succeeded: (status.succeeded ?? 0) + pods.succeeded.length,
      failed:
        (status.failed ?? 0) +
        verdicts.filter(({ action }) => action !== 'Ignore').length,
      verdict: verdicts.find(({ action }) => action === 'FailJob'),
    };
  }

  private fail(
    job: KubernetesObject,
    conditions: Condition[],
    { reason, message }: Because,
    pods: JobPods,
    now: number,
  ): Condition[] {
    if (!trueCondition(job, 'FailureTarget')) {
      return withCondition(conditions, now, 'FailureTarget', reason, message);
    }
    if (pods.active.length + pods.terminating.length > 0) {
      return conditions;
    }
    this.events.record(job, 'Warning', reason, message);
    return withCondition(conditions, now, 'Failed', reason, message);
  }

  private complete(
    job: KubernetesObject,
    conditions: Condition[],
    pods: JobPods,
    now: number,
  ): Condition[] {
    const reason = 'CompletionsReached';
    const message = 'Reached expected number of succeeded pods';
    if (!trueCondition(job, 'SuccessCriteriaMet')) {
      return withCondition(
        conditions,
        now,
        'SuccessCriteriaMet',
        reason,
        message,
      );
    }
    if (pods.active.length + pods.terminating.length > 0) {
      return conditions;
    }
    this.events.record(job, 'Normal', 'Completed', 'Job completed');
    return withCondition(conditions, now, 'Complete', reason, message);
  }

  private suspend(
    job: KubernetesObject,
    conditions: Condition[],
    now: number,
  ): Condition[] {
    if (trueCondition(job, 'Suspended')) {
      return conditions;
    }
    this.events.record(job, 'Normal', 'Suspended', 'Job suspended');
    return withCondition(
      conditions,
      now,
      'Suspended',
      'JobSuspended',
      'Job suspended',
    );
  }

  private resume(
    job: KubernetesObject,
    conditions: Condition[],
    now: number,
  ): Condition[] {
    if (!trueCondition(job, 'Suspended')) {
      return conditions;
    }
    this.events.record(job, 'Normal', 'Resumed', 'Job resumed');
    return withCondition(
      conditions,
      now,
      'Suspended',
      'JobResumed',
      'Job resumed',
      'False',
    );
  }

  private createMissing(
    job: KubernetesObject,
    pods: JobPods,
    {
      failed,
      succeeded,
      now,
    }: { failed: number; succeeded: number; now: number },
  ): void {
    const spec = job.spec as Fields;
    const missing =
      Math.min(spec.parallelism ?? 1, (spec.completions ?? 1) - succeeded) -
      pods.active.length;
    if (missing <= 0) {
      return;
    }
    const wait = podBackoff(failed, this.lastFailure(job, now), now);
    if (wait > 0) {
      this.queue.add(keyOf(job), wait);
      return;
    }
    for (let index = 0; index < missing; index++) {
      const pod = this.options.store.create('pods', podOf(job));
      this.events.record(
        job,
        'Normal',
        'SuccessfulCreate',
        `Created pod: ${pod.metadata.name}`,
      );
    }
  }

  private lastFailure(job: KubernetesObject, now: number): number | undefined {
    const ends = [...(this.pods.get(job.metadata.uid)?.values() ?? [])]
      .filter(pod => (pod.status as Fields).phase === 'Failed')
      .map(pod => endOf(pod) ?? now);
    return ends.length ? Math.max(...ends) : undefined;
  }

  private activeOf(job: KubernetesObject): number {
    const pods = this.pods.get(job.metadata.uid)?.values() ?? [];
    return sortPods([...pods]).active.length;
  }

  private lookAgain(
    job: KubernetesObject,
    conditions: Condition[],
    startTime: number,
    now: number,
  ): void {
    const types = conditions
      .filter(({ status }) => status === 'True')
      .map(({ type }) => type);
    if (
      types.includes('FailureTarget') ||
      types.includes('SuccessCriteriaMet')
    ) {
      this.queue.add(keyOf(job), PACE);
    }
    const deadline = (job.spec as Fields).activeDeadlineSeconds;
    if (deadline !== undefined && !types.length) {
      this.queue.add(
        keyOf(job),
        Math.max(0, startTime + deadline * 1000 - now),
      );
    }
  }

  private writeStatus(job: KubernetesObject, status: Fields): void {
    const { namespace, name } = job.metadata;
    this.options.store.update(
      'jobs',
      namespace,
      name,
      current => ({ ...current, status: JSON.parse(JSON.stringify(status)) }),
      { status: true },
    );
  }

  private remove(job: KubernetesObject, pod: KubernetesObject): void {
    const { namespace, name } = pod.metadata;
    this.options.store.delete('pods', namespace, name);
    this.events.record(
      job,
      'Normal',
      'SuccessfulDelete',
      `Deleted pod: ${name}`,
    );
  }

  /** Lets a pod that is counted, or whose Job is gone, be deleted. */
  private release(pod: KubernetesObject): void {
    const { namespace, name } = pod.metadata;
    const current = this.options.store.get('pods', namespace, name);
    if (
      current?.metadata.uid === pod.metadata.uid &&
      current.metadata.finalizers?.includes(JOB_TRACKING)
    ) {
      this.options.store.update('pods', namespace, name, known => ({
        ...known,
        metadata: {
          ...known.metadata,
          finalizers: known.metadata.finalizers?.filter(
            finalizer => finalizer !== JOB_TRACKING,
          ),
        },
      }));
    }
  }
}

function podOf(job: KubernetesObject) {
  const { metadata, spec } = (job.spec as Fields).template as Fields;
  const { name, namespace, uid } = job.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: metadata?.labels,
      annotations: metadata?.annotations,
      finalizers: [JOB_TRACKING],
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          name,
          uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec,
  };
}

function ownerOf(pod: KubernetesObject) {
  return pod.metadata.ownerReferences?.find(
    ({ kind, controller }) => kind === 'Job' && controller,
  );
}

function isReady(pod: KubernetesObject): boolean {
  const statuses: Fields[] = (pod.status as Fields).containerStatuses ?? [];
  return statuses.length > 0 && statuses.every(({ ready }) => ready);
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
