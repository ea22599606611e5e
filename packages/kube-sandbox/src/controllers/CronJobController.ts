import { CronExpressionParser } from 'cron-parser';
import type { Clock } from '../clock/types';
import { timestamp } from '../store/objects';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject, ObjectStore } from '../store/types';
import { EventRecorder } from './EventRecorder';
import { isFinished, trueCondition } from './jobConditions';
import { WorkQueue } from './WorkQueue';

const MINUTE = 60_000;

/** `batch/v1` CronJobs: a Job at each time of the schedule, and the oldest ended ones away. */
export class CronJobController {
  private readonly queue: WorkQueue;
  private readonly events: EventRecorder;
  private readonly unsubscribe: () => void;

  constructor(private readonly options: { store: ObjectStore; clock: Clock }) {
    const { store, clock } = options;
    this.queue = new WorkQueue(clock, key => this.reconcile(key));
    this.events = new EventRecorder({
      ...options,
      component: 'cronjob-controller',
    });
    store.list('cronjobs').forEach(cronJob => this.queue.add(keyOf(cronJob)));
    this.unsubscribe = store.subscribe(({ resource, object }) => {
      if (resource === 'cronjobs') {
        this.queue.add(keyOf(object));
      } else if (resource === 'jobs') {
        const owner = ownerOf(object);
        if (owner) {
          this.queue.add(`${object.metadata.namespace}/${owner.name}`);
        }
      }
    });
  }

  stop(): void {
    this.unsubscribe();
    this.queue.stop();
  }

  private reconcile(key: string): void {
    const { store, clock } = this.options;
    const [namespace, name] = key.split('/');
    const cronJob = store.get('cronjobs', namespace, name);
    if (!cronJob || cronJob.metadata.deletionTimestamp) {
      return;
    }
    const jobs = store
      .list('jobs', namespace)
      .filter(job => ownerOf(job)?.uid === cronJob.metadata.uid);
    this.tellCompleted(cronJob, jobs);
    this.keepHistory(cronJob, jobs);
    let status = this.statusOf(cronJob, jobs);
    const spec = cronJob.spec as Fields;
    if (!spec.suspend) {
      const due = this.dueTime(cronJob);
      if (due !== undefined) {
        status = this.start(cronJob, jobs, due, status);
      }
      this.queue.add(key, this.nextTime(spec) - clock.now());
    }
    store.update(
      'cronjobs',
      namespace,
      name,
      current => ({ ...current, status }),
      { status: true },
    );
  }

  private statusOf(
    cronJob: KubernetesObject,
    jobs: KubernetesObject[],
  ): Fields {
    const { active, ...known } = (cronJob.status ?? {}) as Fields;
    const running = jobs.filter(job => !isFinished(job));
    const successes = jobs
      .map(job => (job.status as Fields).completionTime)
      .filter(time => time !== undefined)
      .sort();
    const last = [known.lastSuccessfulTime, successes.at(-1)]
      .filter(time => time !== undefined)
      .sort()
      .at(-1);
    return {
      ...known,
      ...(running.length ? { active: running.map(referenceTo) } : {}),
      ...(last ? { lastSuccessfulTime: last } : {}),
    };
  }

  /** The newest time of the schedule that has passed and has no Job yet. */
  private dueTime(cronJob: KubernetesObject): number | undefined {
    const spec = cronJob.spec as Fields;
    const { lastScheduleTime } = (cronJob.status ?? {}) as Fields;
    const since = Date.parse(
      lastScheduleTime ?? cronJob.metadata.creationTimestamp,
    );
    const now = this.options.clock.now();
    const previous = parse(spec, now + 1)
      .prev()
      .getTime();
    const deadline = spec.startingDeadlineSeconds;
    const isTooLate =
      deadline !== undefined && previous < now - deadline * 1000;
    return previous > since && !isTooLate ? previous : undefined;
  }

  private nextTime(spec: Fields): number {
    return parse(spec, this.options.clock.now()).next().getTime();
  }

  private start(
    cronJob: KubernetesObject,
    jobs: KubernetesObject[],
    due: number,
    status: Fields,
  ): Fields {
    const { concurrencyPolicy } = cronJob.spec as Fields;
    const running = jobs.filter(job => !isFinished(job));
    const { store } = this.options;
    if (running.length > 0 && concurrencyPolicy === 'Forbid') {
      this.events.record(
        cronJob,
        'Normal',
        'JobAlreadyActive',
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      );
      return status;
    }
    if (concurrencyPolicy === 'Replace') {
      running.forEach(({ metadata: { namespace, name } }) =>
        store.delete('jobs', namespace, name, {
          propagationPolicy: 'Background',
        }),
      );
    }
    const name = `${cronJob.metadata.name}-${Math.floor(due / MINUTE)}`;
    if (store.get('jobs', cronJob.metadata.namespace, name)) {
      return { ...status, lastScheduleTime: timestamp(due) };
    }
    const job = store.create('jobs', jobOf(cronJob, name, due));
    this.events.record(
      cronJob,
      'Normal',
      'SuccessfulCreate',
      `Created job ${name}`,
    );
    return {
      ...status,
      active: [...(status.active ?? []), referenceTo(job)],
      lastScheduleTime: timestamp(due),
    };
  }

  /** Of the Jobs that were active when it looked last. */
  private tellCompleted(
    cronJob: KubernetesObject,
    jobs: KubernetesObject[],
  ): void {
    const active: Fields[] =
      (cronJob.status as Fields | undefined)?.active ?? [];
    for (const job of jobs) {
      const { name, uid } = job.metadata;
      if (isFinished(job) && active.some(reference => reference.uid === uid)) {
        const type = trueCondition(job, 'Complete') ? 'Complete' : 'Failed';
        this.events.record(
          cronJob,
          'Normal',
          'SawCompletedJob',
          `Saw completed job: ${name}, condition: ${type}`,
        );
      }
    }
  }

  private keepHistory(
    cronJob: KubernetesObject,
    jobs: KubernetesObject[],
  ): void {
    const {
      successfulJobsHistoryLimit: good = 3,
      failedJobsHistoryLimit: bad = 1,
    } = cronJob.spec as Fields;
    for (const [type, limit] of [
      ['Complete', good],
      ['Failed', bad],
    ] as const) {
      const ended = jobs
        .filter(job => trueCondition(job, type))
        .sort((a, b) =>
          a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1,
        );
      for (const { metadata } of ended.slice(
        0,
        Math.max(0, ended.length - limit),
      )) {
        this.options.store.delete('jobs', metadata.namespace, metadata.name, {
          propagationPolicy: 'Background',
        });
        this.events.record(
          cronJob,
          'Normal',
          'SuccessfulDelete',
          `Deleted job ${metadata.name}`,
        );
      }
    }
  }
}

function parse({ schedule, timeZone }: Fields, currentDate: number) {
  return CronExpressionParser.parse(schedule, {
    currentDate: new Date(currentDate),
    tz: timeZone ?? 'Etc/UTC',
  });
}

function jobOf(cronJob: KubernetesObject, name: string, due: number) {
  const { metadata = {}, spec } = (cronJob.spec as Fields).jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: cronJob.metadata.namespace,
      labels: metadata.labels,
      annotations: {
        ...metadata.annotations,
        'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(due),
      },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: cronJob.metadata.name,
          uid: cronJob.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec,
  };
}

function ownerOf(job: KubernetesObject) {
  return job.metadata.ownerReferences?.find(
    ({ kind, controller }) => kind === 'CronJob' && controller,
  );
}

function referenceTo({ metadata }: KubernetesObject): Fields {
  const { namespace, name, uid, resourceVersion } = metadata;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    namespace,
    name,
    uid,
    resourceVersion,
  };
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
