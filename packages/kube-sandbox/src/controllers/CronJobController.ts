import type { Clock } from '../clock/types';
import { timestamp } from '../store/objects';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject, ObjectStore } from '../store/types';
import {
  activeOf,
  cronJobOwnerOf,
  referenceTo,
  scheduledJob,
  scheduledJobName,
  type JobReference,
} from './cronJobJobs';
import { dueTime, nextTime } from './cronJobSchedule';
import { EventRecorder } from './EventRecorder';
import { isFinished, trueCondition } from './jobConditions';
import { WorkQueue } from './WorkQueue';

/** What one look at a CronJob makes of its status. */
interface Look {
  cronJob: KubernetesObject;
  /** That it owns. */
  jobs: KubernetesObject[];
  active: JobReference[];
  lastScheduleTime?: string;
  lastSuccessfulTime?: string;
}

/**
 * `batch/v1` CronJobs: a Job at each time of the schedule, and the oldest ended ones away. As the real controller (`cronjob_controllerv2.go`) it
 * counts as running what stands in `status.active`, and not the Jobs that it owns: one that somebody made by hand is only warned about.
 */
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
        const owner = cronJobOwnerOf(object);
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
    const look: Look = {
      ...(cronJob.status as Fields | undefined),
      cronJob,
      active: activeOf(cronJob),
      jobs: store
        .list('jobs', namespace)
        .filter(job => cronJobOwnerOf(job)?.uid === cronJob.metadata.uid),
    };
    this.lookAtJobs(look);
    this.forgetMissing(look);
    if (!(cronJob.spec as Fields).suspend) {
      this.startWhatIsDue(look);
      this.queue.add(key, nextTime(cronJob, clock.now()) - clock.now());
    }
    this.keepHistory(look);
    const { active, lastScheduleTime, lastSuccessfulTime } = look;
    store.update(
      'cronjobs',
      namespace,
      name,
      current => ({
        ...current,
        status: {
          ...(active.length ? { active } : {}),
          ...(lastScheduleTime ? { lastScheduleTime } : {}),
          ...(lastSuccessfulTime ? { lastSuccessfulTime } : {}),
        },
      }),
      { status: true },
    );
  }

  private lookAtJobs(look: Look): void {
    for (const job of look.jobs) {
      const { name, uid } = job.metadata;
      const isActive = look.active.some(reference => reference.uid === uid);
      if (!isActive && !isFinished(job)) {
        this.tell(
          look,
          'UnexpectedJob',
          `Saw a job that the controller did not create or forgot: ${name}`,
          'Warning',
        );
      } else if (isActive && isFinished(job)) {
        const type = trueCondition(job, 'Complete') ? 'Complete' : 'Failed';
        removeActive(look, uid);
        this.tell(
          look,
          'SawCompletedJob',
          `Saw completed job: ${name}, condition: ${type}`,
        );
      } else if (trueCondition(job, 'Complete')) {
        // Whoever made it: a good run by hand counts as well.
        const { completionTime } = job.status as Fields;
        if (completionTime > (look.lastSuccessfulTime ?? '')) {
          look.lastSuccessfulTime = completionTime;
        }
      }
    }
  }

  /** One whose Job is gone would count as running for ever. */
  private forgetMissing(look: Look): void {
    const known = new Set(look.jobs.map(({ metadata }) => metadata.uid));
    for (const { namespace, name, uid } of look.active) {
      if (
        !known.has(uid ?? '') &&
        !this.options.store.get('jobs', namespace, name)
      ) {
        this.tell(look, 'MissingJob', `Active job went missing: ${name}`);
        removeActive(look, uid);
      }
    }
  }

  private startWhatIsDue(look: Look): void {
    const { store, clock } = this.options;
    const { cronJob } = look;
    const due = dueTime(cronJob, clock.now());
    if (!due) {
      return;
    }
    if (due.isOneOfTooMany) {
      this.tell(
        look,
        'TooManyMissedTimes',
        'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
        'Warning',
      );
    }
    const { namespace } = cronJob.metadata;
    const name = scheduledJobName(cronJob, due.at);
    if (look.active.some(reference => reference.name === name)) {
      return;
    }
    const { concurrencyPolicy } = cronJob.spec as Fields;
    if (concurrencyPolicy === 'Forbid' && look.active.length > 0) {
      this.tell(
        look,
        'JobAlreadyActive',
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      );
      return;
    }
    if (concurrencyPolicy === 'Replace') {
      look.active.forEach(reference =>
        this.remove(
          look,
          store.get('jobs', reference.namespace, reference.name)!,
        ),
      );
    }
    const there = store.get('jobs', namespace, name);
    if (there && cronJobOwnerOf(there)?.uid !== cronJob.metadata.uid) {
      // Somebody else's, who is expected to write the status as well.
      return;
    }
    const job = there ?? store.create('jobs', scheduledJob(cronJob, due.at));
    if (!there) {
      this.tell(look, 'SuccessfulCreate', `Created job ${name}`);
    }
    look.active = [...look.active, referenceTo(job)];
    look.lastScheduleTime = timestamp(due.at);
  }

  private keepHistory(look: Look): void {
    const {
      successfulJobsHistoryLimit: good = 3,
      failedJobsHistoryLimit: bad = 1,
    } = look.cronJob.spec as Fields;
    for (const [type, limit] of [
      ['Complete', good],
      ['Failed', bad],
    ] as const) {
      const ended = look.jobs
        .filter(job => trueCondition(job, type))
        .sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
      ended
        .slice(0, Math.max(0, ended.length - limit))
        .forEach(job => this.remove(look, job));
    }
  }

  private remove(look: Look, { metadata }: KubernetesObject): void {
    const { namespace, name, uid } = metadata;
    this.options.store.delete('jobs', namespace, name, {
      propagationPolicy: 'Background',
    });
    removeActive(look, uid);
    this.tell(look, 'SuccessfulDelete', `Deleted job ${name}`);
  }

  private tell(
    { cronJob }: Look,
    reason: string,
    message: string,
    type: 'Normal' | 'Warning' = 'Normal',
  ): void {
    this.events.record(cronJob, type, reason, message);
  }
}

function removeActive(look: Look, uid?: string): void {
  look.active = look.active.filter(reference => reference.uid !== uid);
}

/** When it began, and its name where two began in the same second. */
function startOf({ metadata, status }: KubernetesObject): string {
  const { startTime = metadata.creationTimestamp } = (status ?? {}) as Fields;
  return `${startTime} ${metadata.name}`;
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
