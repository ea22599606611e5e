import {
  stringifyInstanceRef,
  type InstanceRef,
  type Run,
} from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import { ClusterCallError } from '../clusters/ClusterCallError';
import { sleep, type Clock } from '../clusters/clock';
import type { ClusterClient } from '../clusters/types';
import { AkkoError } from '../errors';
import { runIdOf } from '../runs/runId';
import type { RunRecorder } from '../runs/types';
import { buildManifest } from './buildManifest';
import { checkpoint } from './checkpoints';
import { CronJobStepRunner } from './CronJobStepRunner';
import { isOf, tryOut } from './jobCalls';
import { marksOf } from './marksOf';
import type { OperationRecord } from './OperationStore';
import {
  findManifest,
  unknownInstance,
  type PlanSources,
} from './planOperation';
import type { StepRecord } from './steps';

/** Longest wait for a deleted Job to be gone, on top of its pod's own grace period, in milliseconds. */
const GONE_WITHIN = 120_000;
/** Longest wait for the end of a Job that has no `activeDeadlineSeconds`, in seconds. */
const DEFAULT_DEADLINE = 3600;
/** The same for a backup or drill, which takes as long as there is data, in seconds. */
const BACKUP_DEADLINE = 86_400;
/** Time that a Job gets on top of its own deadline, for pods to stop and conditions to be written, in seconds. */
const DEADLINE_GRACE = 120;

/** What {@link StepRunner} works with. */
export interface StepRunnerOptions extends PlanSources {
  recorder: RunRecorder;
  clock: Clock;
}

/** Does the work of one phase of a step. Each may be done twice, by two replicas even, and has the effect of once. */
export class StepRunner {
  private readonly cronJobs: CronJobStepRunner;

  constructor(private readonly options: StepRunnerOptions) {
    this.cronJobs = new CronJobStepRunner(options);
  }

  /**
   * @returns the step as it is afterwards, to be stored before this is called with it again
   * @throws ClusterCallError, AkkoError
   */
  async advance(
    operation: OperationRecord,
    ref: InstanceRef,
    step: StepRecord,
    signal: AbortSignal,
  ): Promise<StepRecord> {
    switch (step.phase) {
      case 'waiting':
        return { ...step, phase: 'archiving' };
      case 'archiving':
        return this.archive(operation, ref, step);
      case 'deleting':
        return this.delete(ref, step, signal);
      case 'creating':
        return this.create(operation, ref, step);
      case 'guarding':
        return this.cronJobs.guard(
          this.client(ref),
          operation,
          ref,
          step,
          signal,
        );
      case 'registering':
        return this.cronJobs.register(
          this.client(ref),
          operation,
          ref,
          step,
          job => this.created(ref, step, job),
        );
      case 'patching':
        return this.cronJobs.patch(this.client(ref), operation, ref, step);
      case 'observing':
        return this.observe(operation, ref, step, signal);
      default:
        return step;
    }
  }

  private async archive(
    operation: OperationRecord,
    ref: InstanceRef,
    step: StepRecord,
  ): Promise<StepRecord> {
    const client = this.client(ref);
    const live = await client.getJob(ref.namespace, step.jobName);
    if (live && isOf(live, operation)) {
      return this.created(ref, step, live);
    }
    const from = live ?? (await this.manifestWithoutLiveJob(ref, step.job));
    const manifest = buildManifest(from, ref.namespace, marksOf(operation));
    await tryOut(client, ref, manifest);
    if (!live) {
      return { ...step, manifest, phase: 'creating' };
    }
    await this.options.recorder.archive(ref.cluster, live);
    await checkpoint('archived');
    return {
      ...step,
      manifest,
      oldUid: live.metadata!.uid!,
      phase: 'deleting',
    };
  }

  private async delete(
    ref: InstanceRef,
    step: StepRecord,
    signal: AbortSignal,
  ): Promise<StepRecord> {
    await checkpoint('delete-stored');
    const { clock } = this.options;
    const client = this.client(ref);
    await client.deleteJob(ref.namespace, step.jobName, step.oldUid!);
    await checkpoint('deleted');
    const pod = step.manifest?.spec?.template.spec;
    const limit =
      clock.now() +
      GONE_WITHIN +
      (pod?.terminationGracePeriodSeconds ?? 30) * 1000;
    for (let delay = 100; ; delay = Math.min(2000, delay * 1.5)) {
      const present = await client.getJob(ref.namespace, step.jobName);
      if (present?.metadata?.uid !== step.oldUid) {
        return { ...step, phase: 'creating' };
      }
      if (clock.now() > limit) {
        const finalizers = present?.metadata?.finalizers?.join(', ');
        throw new AkkoError(
          'not-runnable',
          `Job ${ref.namespace}/${step.jobName} was deleted but is not gone${
            finalizers ? `; these finalizers hold it: ${finalizers}` : ''
          }. Its manifest, log and report are in the history. Run it again when it is gone.`,
        );
      }
      await sleep(clock, delay, signal);
      signal.throwIfAborted();
    }
  }

  private async create(
    operation: OperationRecord,
    ref: InstanceRef,
    step: StepRecord,
  ): Promise<StepRecord> {
    await checkpoint('create-stored');
    const client = this.client(ref);
    const present = await client.getJob(ref.namespace, step.jobName);
    if (present?.metadata?.uid === step.oldUid && present) {
      return { ...step, phase: 'deleting' };
    }
    if (present) {
      // Ours, from before a crash; or Helm's, created in between: then it runs already, which is what was asked for.
      return this.begun(operation, ref, step, present);
    }
    const ran = this.options.recorder
      .facts(ref)
      .find(({ name }) => name === step.job)?.lastRun;
    if (ran?.trigger.operation === operation.id) {
      return { ...step, uid: ran.uid, run: ran.id, phase: 'observing' };
    }
    try {
      const job = await client.createJob(ref.namespace, step.manifest!);
      await checkpoint('created');
      return this.begun(operation, ref, step, job);
    } catch (error) {
      if (
        error instanceof ClusterCallError &&
        error.kind === 'already-exists'
      ) {
        return step;
      }
      throw error;
    }
  }

  private async observe(
    operation: OperationRecord,
    ref: InstanceRef,
    step: StepRecord,
    signal: AbortSignal,
  ): Promise<StepRecord> {
    await checkpoint('observing');
    const run = await this.endOf(operation, ref, step, signal);
    await checkpoint('run-ended');
    return run.state === 'succeeded'
      ? { ...step, phase: 'succeeded' }
      : { ...step, phase: 'failed', error: whyFailed(step.job, run) };
  }

  private async endOf(
    operation: OperationRecord,
    ref: InstanceRef,
    step: StepRecord,
    signal: AbortSignal,
  ): Promise<Run> {
    const { clock, fleet, recorder, runs } = this.options;
    const seconds =
      (step.manifest?.spec?.activeDeadlineSeconds ??
        (isCronJobRun(operation) ? BACKUP_DEADLINE : DEFAULT_DEADLINE)) +
      DEADLINE_GRACE;
    const limit = Date.parse(step.observedSince!) + seconds * 1000;
    for (;;) {
      const changed = new AbortController();
      const unsubscribe = recorder.onRunChanged(({ uid }) => {
        if (uid === step.uid) {
          changed.abort();
        }
      });
      try {
        const run = await runs.getByUid(ref.cluster, step.uid!);
        if (run && run.state !== 'pending' && run.state !== 'running') {
          return run;
        }
        const inContact = fleet.cluster(ref.cluster)?.state().reachable;
        if (clock.now() > limit && inContact) {
          throw new AkkoError(
            'not-runnable',
            `Job ${ref.namespace}/${step.jobName} has not ended ${seconds} s after its start. It is left as it is; look at the events of its pod.`,
          );
        }
        await sleep(clock, 2000, AbortSignal.any([signal, changed.signal]));
        signal.throwIfAborted();
      } finally {
        unsubscribe();
      }
    }
  }

  /** A run of a CronJob is entered there before anything else. */
  private begun(
    operation: OperationRecord,
    ref: InstanceRef,
    step: StepRecord,
    job: V1Job,
  ): StepRecord {
    return isCronJobRun(operation)
      ? { ...step, uid: job.metadata!.uid!, phase: 'registering' }
      : this.created(ref, step, job);
  }

  private created(ref: InstanceRef, step: StepRecord, job: V1Job): StepRecord {
    const uid = job.metadata!.uid!;
    return {
      ...step,
      uid,
      run: runIdOf(ref.cluster, uid),
      observedSince: new Date(this.options.clock.now()).toISOString(),
      phase: 'observing',
    };
  }

  private async manifestWithoutLiveJob(
    ref: InstanceRef,
    job: string,
  ): Promise<V1Job> {
    const catalogue = await this.options.instances.catalogue(ref);
    if (!catalogue) {
      throw unknownInstance(ref);
    }
    const { from } = await findManifest(this.options, ref, catalogue, job);
    return from;
  }

  private client(ref: InstanceRef): ClusterClient {
    const cluster = this.options.fleet.cluster(ref.cluster);
    if (!cluster) {
      throw new AkkoError(
        'unknown-cluster',
        `The instance ${stringifyInstanceRef(
          ref,
        )} is of a cluster that is no longer in the configuration.`,
      );
    }
    return cluster.client;
  }
}

function isCronJobRun({ action }: OperationRecord): boolean {
  return action === 'backup' || action === 'drill';
}

function whyFailed(job: string, run: Run): string {
  if (run.state === 'unknown') {
    return (
      run.message ??
      `The Job of ${job} was gone before its end was seen, so its outcome is not known`
    );
  }
  return (
    run.report?.error?.message ??
    run.errorLine ??
    run.message ??
    run.reason ??
    `${job} failed`
  );
}
