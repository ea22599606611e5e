import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { InstanceRef, Run } from '@akko/backstage-plugin-akko-common';
import type { CoreV1Event, V1Job, V1Pod } from '@kubernetes/client-node';
import pLimit from 'p-limit';
import type { Fleet, FleetCluster, MirrorChange } from '../clusters/types';
import type { DeclaredInstance } from '../config';
import { identify } from '../instances/identify';
import { JobFactsIndex } from './JobFactsIndex';
import { LogCapture, type Sleep } from './LogCapture';
import type { LogLimits } from './readLog';
import { runOfRecord } from './runRows';
import { TrackedRun } from './TrackedRun';
import type {
  JobFacts,
  RunChange,
  RunRecord,
  RunRecorder,
  RunStore,
} from './types';

/** What {@link FleetRunRecorder} is made of. */
export interface FleetRunRecorderOptions {
  fleet: Fleet;
  store: RunStore;
  logger: LoggerService;
  /** `akko.instances[]`. */
  declared?: readonly DeclaredInstance[];
  /** How much of each log is kept. */
  logLimits?: LogLimits;
  /** Logs read at once per cluster. */
  logConcurrency?: number;
  /** Runs written at once. */
  writeConcurrency?: number;
  sleep?: Sleep;
}

type RunListener = Parameters<RunRecorder['onRunChanged']>[0];

/** uid of the Job that owns a pod. */
function jobUidOf(pod: V1Pod): string | undefined {
  return pod.metadata?.ownerReferences?.find(
    owner => owner.kind === 'Job' && owner.controller !== false,
  )?.uid;
}

/** {@link RunRecorder} for the mirrors of a fleet. Several replicas may record the same fleet into one database. */
export class FleetRunRecorder implements RunRecorder {
  private readonly facts_ = new JobFactsIndex();
  private readonly tracked = new Map<string, TrackedRun>();
  private readonly listeners = new Set<RunListener>();
  private readonly logs: LogCapture;
  private readonly limitWrites: ReturnType<typeof pLimit>;
  private readonly sleep: Sleep;
  private stopped = new AbortController();
  private unsubscribe?: () => void;

  constructor(private readonly options: FleetRunRecorderOptions) {
    this.sleep =
      options.sleep ??
      ((milliseconds, signal) =>
        delay(milliseconds, undefined, { signal, ref: false }));
    this.logs = new LogCapture({
      fleet: options.fleet,
      sleep: this.sleep,
      concurrency: options.logConcurrency ?? 16,
      limits: options.logLimits,
    });
    this.limitWrites = pLimit(options.writeConcurrency ?? 8);
  }

  /** Reads the facts of the history, then listens; clusters that are listed already are taken in. */
  async start(): Promise<void> {
    this.stopped = new AbortController();
    this.facts_.load(await this.options.store.facts());
    this.unsubscribe = this.options.fleet.subscribe({
      onChange: change => this.take(change),
      onSynced: cluster => this.reconcile(cluster),
    });
    for (const cluster of this.options.fleet.clusters()) {
      cluster.mirror.list('jobs').forEach(job => this.see(cluster.name, job));
      if (cluster.mirror.synced) {
        this.reconcile(cluster.name);
      }
    }
  }

  /** Stops listening and waits for the writes that have begun. */
  async stop(): Promise<void> {
    this.unsubscribe?.();
    this.stopped.abort(new Error('The recorder stops'));
    await this.settled();
  }

  async archive(cluster: string, job: V1Job): Promise<Run> {
    const run = this.track(cluster, job);
    if (!run) {
      throw new Error(
        `Job ${job.metadata?.namespace}/${job.metadata?.name} of cluster ${cluster} is not an AKKO job, so it has no history`,
      );
    }
    run.see(job);
    await run.askForPods();
    return run.archive();
  }

  facts(instance: InstanceRef): JobFacts[] {
    return this.facts_.of(instance);
  }

  knownInstances(): InstanceRef[] {
    return this.facts_.instances();
  }

  onRunChanged(listener: RunListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when everything seen so far is written, logs too. */
  async settled(): Promise<void> {
    await Promise.all([...this.tracked.values()].map(run => run.settled()));
  }

  private take(change: MirrorChange): void {
    if (change.kind === 'jobs') {
      const run = this.see(change.cluster, change.object);
      if (change.type === 'deleted') {
        run?.jobIsGone();
      }
    } else if (change.kind === 'pods') {
      this.takePod(change);
    } else if (change.kind === 'events') {
      this.trackedOf(change.cluster, change.object)?.touch();
    }
  }

  private takePod(change: MirrorChange & { kind: 'pods' }): void {
    const uid = jobUidOf(change.object);
    this.tracked
      .get(`${change.cluster}/${uid}`)
      ?.seePod(change.object, change.type === 'deleted');
  }

  /** The run that an event is about, directly or through a pod. */
  private trackedOf(
    cluster: string,
    { involvedObject: { uid, kind, namespace = '', name = '' } }: CoreV1Event,
  ): TrackedRun | undefined {
    const mirror = this.options.fleet.cluster(cluster)?.mirror;
    const pod = kind === 'Pod' && mirror?.get('pods', namespace, name);
    return this.tracked.get(`${cluster}/${pod ? jobUidOf(pod) : uid}`);
  }

  private see(cluster: string, job: V1Job): TrackedRun | undefined {
    const run = this.track(cluster, job);
    run?.see(job);
    return run;
  }

  private track(cluster: string, job: V1Job): TrackedRun | undefined {
    const identity = identify(cluster, job, this.options.declared);
    const uid = job.metadata?.uid;
    const member = this.options.fleet.cluster(cluster);
    if (!identity || !uid || !member) {
      return undefined;
    }
    const key = `${cluster}/${uid}`;
    let run = this.tracked.get(key);
    if (!run) {
      const last = this.facts_.get(identity.instance, identity.name)?.lastRun;
      run = new TrackedRun({
        key,
        cluster: member,
        identity,
        job,
        known: last?.uid === uid ? last : undefined,
        store: this.options.store,
        logger: this.options.logger,
        logs: this.logs,
        limitWrites: this.limitWrites,
        sleep: this.sleep,
        signal: this.stopped.signal,
        onStored: (stored, change) => {
          this.facts_.update(
            identity.instance,
            identity.name,
            identity.kind,
            stored,
          );
          this.tell(stored, change);
        },
        onDone: () => this.tracked.delete(key),
      });
      this.tracked.set(key, run);
    }
    return run;
  }

  private tell(run: Run, change: RunChange): void {
    for (const listener of this.listeners) {
      try {
        listener(run, change);
      } catch (error) {
        this.options.logger.error(
          `A listener failed on run ${run.id} of ${run.instance}`,
          error as Error,
        );
      }
    }
  }

  /** After a list: what ended unseen is taken in, what vanished unseen is marked, logs that could not be read are tried again. */
  private reconcile(cluster: string): void {
    for (const run of this.tracked.values()) {
      if (run.key.startsWith(`${cluster}/`)) {
        run.retryLogs();
      }
    }
    this.markVanished(cluster).catch(error => {
      if (!this.stopped.signal.aborted) {
        this.options.logger.error(
          `Runs of cluster ${cluster} whose Jobs are gone could not be marked; they are at its next contact`,
          error,
        );
      }
    });
  }

  private async markVanished(name: string): Promise<void> {
    const cluster = this.options.fleet.cluster(name);
    const stored = await this.options.store.listLive(name);
    if (!cluster?.mirror.synced) {
      return;
    }
    const present = new Set(
      cluster.mirror.list('jobs').map(job => job.metadata?.uid),
    );
    const missing = stored.filter(
      ({ uid }) => !present.has(uid) && !this.tracked.has(`${name}/${uid}`),
    );
    await Promise.all(
      missing.map(record =>
        this.limitWrites(() => this.markGone(cluster, record)),
      ),
    );
  }

  private async markGone(
    { client }: FleetCluster,
    record: RunRecord,
  ): Promise<void> {
    this.stopped.signal.throwIfAborted();
    // Another replica may have stored a Job that this one's mirror does not have yet; gone is for ever, so the cluster is asked.
    const job = await client.getJob(record.instance.namespace, record.jobName);
    if (job?.metadata?.uid === record.uid) {
      return;
    }
    const gone = goneRecord(record);
    const stored = await this.options.store.upsert(gone);
    const run = (await this.options.store.get(gone.id)) ?? runOfRecord(gone);
    this.facts_.update(record.instance, record.name, record.kind, run);
    this.tell(run, { stored, previous: runOfRecord(record) });
  }
}

/** The run of a Job that is no longer there: as it ended, or not known when its end was not seen. */
function goneRecord(record: RunRecord): RunRecord {
  const isOver = record.state === 'succeeded' || record.state === 'failed';
  return isOver
    ? { ...record, live: false }
    : {
        ...record,
        live: false,
        state: 'unknown',
        reason: 'JobGone',
        message:
          'The Job was gone when the portal looked again, so how it ended is not known.',
      };
}
