import type { InstanceRef } from '@akko/backstage-plugin-akko-common';
import type { V1CronJob, V1Job } from '@kubernetes/client-node';
import { anchorOf } from '../backups/backupView';
import { readSchedule } from '../backups/scheduleTimes';
import { ClusterCallError } from '../clusters/ClusterCallError';
import { sleep, type Clock } from '../clusters/clock';
import type { ClusterClient } from '../clusters/types';
import type { InstanceService } from '../instances/types';
import { AkkoError } from '../errors';
import type { RunRecorder } from '../runs/types';
import { buildCronJobRun } from './buildCronJobRun';
import { checkpoint } from './checkpoints';
import { pausePatch, resumePatch } from './cronJobPatches';
import { isOf, tryOut } from './jobCalls';
import { marksOf } from './marksOf';
import type { OperationRecord } from './OperationStore';
import { alreadyRunning, isOver } from './planBackupOperation';
import type { StepRecord } from './steps';

/**
 * Around a due time, in milliseconds, the controller may have decided to start a run and not have told it yet. Within it no run by hand is begun,
 * so that a look at the cluster is enough to know that none is under way.
 */
const TICK = 4000;
/** How often the CronJob's status is tried, when the controller writes it at the same time. */
const REGISTER_TRIES = 20;

/** What {@link CronJobStepRunner} works with. */
export interface CronJobStepRunnerOptions {
  instances: Pick<InstanceService, 'cronJob'>;
  recorder: RunRecorder;
  clock: Clock;
}

/**
 * Runs a CronJob by hand under its own concurrency policy, and changes it. Kubernetes' controller counts only those Jobs that it made itself: beside
 * a Job that anybody else made from a CronJob it starts the next one even under Forbid. So the new Job is entered into `status.active`, where the
 * controller looks; from then on it counts as one of its own.
 */
export class CronJobStepRunner {
  constructor(private readonly options: CronJobStepRunnerOptions) {}

  /** Whether a run may begin; who is in its way under Replace is archived and deleted. */
  async guard(
    client: ClusterClient,
    operation: OperationRecord,
    ref: InstanceRef,
    step: StepRecord,
    signal: AbortSignal,
  ): Promise<StepRecord> {
    const present = await client.getJob(ref.namespace, step.jobName);
    if (present && isOf(present, operation)) {
      return { ...step, uid: present.metadata!.uid!, phase: 'registering' };
    }
    await this.waitForTick(client, ref, step, signal);
    const cronJob = await this.cronJob(client, ref, step);
    const policy = cronJob.spec?.concurrencyPolicy ?? 'Allow';
    const running = await runningOf(client, ref, cronJob);
    if (policy === 'Forbid' && running.length > 0) {
      throw alreadyRunning(step.job, running[0]);
    }
    if (policy !== 'Allow') {
      await assertMayRegister(client, ref, cronJob);
    }
    if (policy === 'Replace') {
      for (const job of running) {
        await this.stop(client, ref, job);
      }
    }
    const manifest = buildCronJobRun(
      cronJob,
      ref.namespace,
      marksOf(operation),
    );
    await tryOut(client, ref, manifest);
    return { ...step, manifest, phase: 'creating' };
  }

  /** Enters the new Job into the CronJob's status. A scheduled one that began in the same moment wins under Forbid. */
  async register(
    client: ClusterClient,
    operation: OperationRecord,
    ref: InstanceRef,
    step: StepRecord,
    observing: (job: V1Job) => StepRecord,
  ): Promise<StepRecord> {
    await checkpoint('register-stored');
    const job = await client.getJob(ref.namespace, step.jobName);
    if (!job || !isOf(job, operation)) {
      throw new AkkoError(
        'not-runnable',
        `Job ${ref.namespace}/${step.jobName} was deleted while it began. Ask for a new run.`,
      );
    }
    const cronJob = await this.enter(client, ref, step, job);
    const others = (await runningOf(client, ref, cronJob)).filter(
      other => other.metadata?.uid !== job.metadata?.uid,
    );
    const [other] = others;
    if (other && cronJob.spec?.concurrencyPolicy === 'Forbid') {
      await client.deleteJob(ref.namespace, step.jobName, job.metadata!.uid!);
      throw alreadyRunning(step.job, other);
    }
    await checkpoint('registered');
    return observing(job);
  }

  /** Suspends or resumes. */
  async patch(
    client: ClusterClient,
    operation: OperationRecord,
    ref: InstanceRef,
    step: StepRecord,
  ): Promise<StepRecord> {
    await client.patchCronJob(
      ref.namespace,
      step.jobName,
      operation.action === 'suspend'
        ? pausePatch(marksOf(operation))
        : resumePatch(),
    );
    await checkpoint('patched');
    return { ...step, phase: 'succeeded' };
  }

  private async enter(
    client: ClusterClient,
    ref: InstanceRef,
    step: StepRecord,
    job: V1Job,
  ): Promise<V1CronJob> {
    for (let tries = 1; ; tries++) {
      const cronJob = await this.cronJob(client, ref, step);
      const active = cronJob.status?.active ?? [];
      const isEntered = active.some(({ uid }) => uid === job.metadata?.uid);
      if (isEntered || isOver(job)) {
        return cronJob;
      }
      try {
        return await client.patchCronJob(
          ref.namespace,
          cronJob.metadata!.name!,
          activePatch(cronJob, [...active, referenceTo(job)]),
          { status: true },
        );
      } catch (error) {
        const isConflict =
          error instanceof ClusterCallError && error.kind === 'conflict';
        if (isConflict && tries < REGISTER_TRIES) {
          continue;
        }
        // It would count for nothing, and a second one could begin beside it.
        if (cronJob.spec?.concurrencyPolicy !== 'Allow') {
          throw error;
        }
        return cronJob;
      }
    }
  }

  /** Lets a due time pass, which is when the controller acts. */
  private async waitForTick(
    client: ClusterClient,
    ref: InstanceRef,
    step: StepRecord,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock } = this.options;
    const cronJob = await this.cronJob(client, ref, step);
    const {
      concurrencyPolicy,
      schedule = '',
      suspend,
      timeZone,
    } = cronJob.spec ?? {};
    const read = readSchedule(schedule, timeZone);
    if (suspend || concurrencyPolicy === 'Allow' || !('schedule' in read)) {
      return;
    }
    const due = read.schedule
      .next(new Date(clock.now() - TICK), anchorOf(cronJob))
      ?.getTime();
    if (due !== undefined && due - clock.now() < TICK) {
      await sleep(clock, due + TICK - clock.now(), signal);
      signal.throwIfAborted();
    }
  }

  private async stop(
    client: ClusterClient,
    ref: InstanceRef,
    job: V1Job,
  ): Promise<void> {
    if (job.metadata?.deletionTimestamp) {
      return;
    }
    await this.options.recorder.archive(ref.cluster, job);
    await client.deleteJob(
      ref.namespace,
      job.metadata!.name!,
      job.metadata!.uid!,
    );
  }

  /** The CronJob of a run, as it is now. */
  private async cronJob(
    client: ClusterClient,
    ref: InstanceRef,
    step: StepRecord,
  ): Promise<V1CronJob> {
    const name =
      this.options.instances.cronJob(ref, step.job)?.metadata?.name ??
      `${ref.release}-${step.job}`;
    const cronJob = await client.getCronJob(ref.namespace, name);
    if (!cronJob) {
      throw new AkkoError(
        'not-runnable',
        `The CronJob ${ref.namespace}/${name} is gone. Enable the backup in the values and run helm upgrade.`,
      );
    }
    return cronJob;
  }
}

async function runningOf(
  client: ClusterClient,
  ref: InstanceRef,
  cronJob: V1CronJob,
): Promise<V1Job[]> {
  const jobs = await client.listJobsOf(
    ref.namespace,
    cronJob.metadata?.uid ?? '',
  );
  return jobs.filter(job => !isOver(job));
}

/** Before a Job is made for whose protection the right is missing. */
async function assertMayRegister(
  client: ClusterClient,
  ref: InstanceRef,
  cronJob: V1CronJob,
): Promise<void> {
  try {
    await client.patchCronJob(
      ref.namespace,
      cronJob.metadata!.name!,
      { status: {} },
      { status: true, dryRun: true },
    );
  } catch (error) {
    if (error instanceof ClusterCallError && error.kind === 'refused') {
      throw new AkkoError(
        'not-runnable',
        `The portal's account on cluster '${ref.cluster}' may not patch cronjobs/status in namespace '${ref.namespace}', without which Kubernetes would start a scheduled run beside this one. Add it to its Role (docs: configuration, rights on the clusters).`,
      );
    }
    throw error;
  }
}

function activePatch(
  { metadata }: V1CronJob,
  active: NonNullable<V1CronJob['status']>['active'],
): object {
  return {
    metadata: { resourceVersion: metadata?.resourceVersion },
    status: { active },
  };
}

function referenceTo({ metadata }: V1Job) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    name: metadata?.name,
    namespace: metadata?.namespace,
    uid: metadata?.uid,
    resourceVersion: metadata?.resourceVersion,
  };
}
