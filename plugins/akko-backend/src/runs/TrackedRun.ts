import { isDeepStrictEqual } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { type Run, secretValuesOf } from '@akko/backstage-plugin-akko-common';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type pLimit from 'p-limit';
import type { FleetCluster } from '../clusters/types';
import { catalogueRevision } from '../instances/catalogueRevision';
import type { JobIdentity } from '../instances/types';
import { AttemptLogs } from './AttemptLogs';
import { isoTime } from './kubernetesTime';
import type { LogCapture, Sleep } from './LogCapture';
import { observeRun, type ObservedRun } from './observeRun';
import { retryUntilDone } from './retryUntilDone';
import type { RunChange, RunStore } from './types';

interface TrackedRunOptions {
  key: string;
  cluster: FleetCluster;
  identity: JobIdentity;
  job: V1Job;
  /** The stored run, where it is known from the facts. */
  known?: Run;
  store: RunStore;
  logger: LoggerService;
  logs: LogCapture;
  limitWrites: ReturnType<typeof pLimit>;
  sleep: Sleep;
  signal: AbortSignal;
  onStored(run: Run, change: RunChange): void;
  /** Nothing more will be heard of it. */
  onDone(): void;
}

/** Kept as it can be created again; status is in the run. */
function manifestOf(job: V1Job): V1Job {
  const { managedFields: _, ...metadata } = job.metadata ?? {};
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: job.spec };
}

/** One run on its way into the history: what was seen of it, what is written, which logs are read. Writes go one after the other. */
export class TrackedRun {
  readonly key: string;
  private job: V1Job;
  private gone = false;
  private readonly pods = new Map<string, V1Pod>();
  private readonly deletedPods = new Set<string>();
  private readonly logs: AttemptLogs;
  private run?: Run;
  private written?: string;
  private manifestStored = false;
  private dirty = false;
  private writing?: Promise<void>;

  constructor(private readonly options: TrackedRunOptions) {
    this.key = options.key;
    this.job = options.job;
    this.run = options.known;
    this.logs = new AttemptLogs({
      ...options,
      cluster: options.cluster.name,
      onProgress: () => {
        // The row says that there is a log now, and which line tells most.
        this.written = '';
        this.touch();
      },
    });
    options.cluster.mirror
      .podsOfJob(options.job.metadata?.uid ?? '')
      .forEach(pod => this.pods.set(pod.metadata?.uid ?? '', pod));
  }

  /** The Job was added or changed. */
  see(job: V1Job): void {
    this.job = job;
    this.touch();
  }

  jobIsGone(): void {
    this.gone = true;
    this.touch();
  }

  seePod(pod: V1Pod, deleted: boolean): void {
    const uid = pod.metadata?.uid ?? '';
    const known = this.pods.get(uid);
    if (deleted) {
      this.deletedPods.add(pod.metadata?.name ?? '');
    }
    // The last object of a deleted pod may be older than what was seen of its container's end.
    const endWasSeen =
      deleted &&
      known?.status?.containerStatuses?.some(({ state }) => state?.terminated);
    const tells = pod.status?.containerStatuses?.some(
      ({ state }) => state?.terminated,
    );
    if (!endWasSeen || tells) {
      this.pods.set(uid, pod);
    }
    this.touch();
  }

  /** Something of it changed: write it, after what is being written. */
  touch(): void {
    this.dirty = true;
    if (!this.writing && !this.options.signal.aborted) {
      this.writing = this.writeUntilClean()
        // Only the end of the recorder ends the retries.
        .catch(() => undefined)
        .finally(() => {
          this.writing = undefined;
          this.finishIfDone();
        });
    }
  }

  /** Logs that could not be read may be readable now. */
  retryLogs(): void {
    this.logs.retry();
    this.touch();
  }

  /** Asks the cluster for pods that the mirror may not have yet. */
  async askForPods(): Promise<void> {
    const { namespace = '', uid = '' } = this.job.metadata ?? {};
    try {
      const pods = await this.options.cluster.client.listPodsOfJob(
        namespace,
        uid,
      );
      pods.forEach(pod => this.seePod(pod, false));
    } catch (error) {
      this.options.logger.warn(
        `Pods of ${this.describe()} could not be listed; the mirror's are used`,
        error as Error,
      );
    }
  }

  /** Writes all that is known, reads logs, and tells the stored run. @throws what kept row or manifest from being written */
  async archive(): Promise<Run> {
    // Beside the queue and its retries: the caller must know now whether it worked. Writes are safe in any order.
    await this.write();
    await this.logs.settled();
    await this.write();
    if (!this.run || !this.manifestStored) {
      throw new Error(`Run of ${this.describe()} could not be stored`);
    }
    return this.run;
  }

  /** Resolves when nothing is being written or read. */
  async settled(): Promise<void> {
    while (this.writing || this.logs.isReading) {
      await Promise.allSettled([this.writing, this.logs.settled()]);
    }
  }

  private async writeUntilClean(): Promise<void> {
    const { signal, sleep, logger, limitWrites } = this.options;
    while (this.dirty && !signal.aborted) {
      await retryUntilDone(
        () => {
          this.dirty = false;
          return limitWrites(() => this.write());
        },
        {
          sleep,
          signal,
          onError: error =>
            logger.error(
              `Run of ${this.describe()} could not be written; it is tried again`,
              error as Error,
            ),
        },
      );
    }
  }

  private observe(): ObservedRun {
    const { cluster, identity } = this.options;
    const { mirror } = cluster;
    const uid = this.job.metadata?.uid ?? '';
    mirror
      .podsOfJob(uid)
      .forEach(pod => this.pods.set(pod.metadata?.uid ?? '', pod));
    const pods = [...this.pods.values()].sort((a, b) =>
      (isoTime(a.metadata?.creationTimestamp) ?? '').localeCompare(
        isoTime(b.metadata?.creationTimestamp) ?? '',
      ),
    );
    const record = observeRun({
      cluster: cluster.name,
      identity,
      job: this.job,
      pods,
      deletedPods: this.deletedPods,
      events: [uid, ...pods.map(pod => pod.metadata?.uid ?? '')].flatMap(id =>
        mirror.eventsOf(id),
      ),
      gone: this.gone,
      revision: catalogueRevision(mirror, identity.instance),
    });
    return {
      ...record,
      errorLine: this.logs.errorLine,
      attempts: record.attempts.map(attempt => ({
        ...attempt,
        logNote: this.logs.noteOf(attempt) ?? attempt.logNote,
      })),
    };
  }

  private async write(): Promise<void> {
    const { store, onStored } = this.options;
    const record = this.observe();
    const fingerprint = JSON.stringify(record);
    if (fingerprint !== this.written && !this.isStored(record)) {
      const previous = this.run;
      const stored = await store.upsert(record);
      this.run = await store.get(record.id);
      // Events alone change the row, but nothing that anybody is told of.
      if (this.run && !isDeepStrictEqual(this.run, previous)) {
        onStored(this.run, { stored, previous });
      }
    }
    if (!this.manifestStored) {
      await store.saveManifest(record.id, manifestOf(this.job));
      this.manifestStored = true;
    }
    this.written = fingerprint;
    if (this.run) {
      this.logs.capture(this.run, record.attempts, secretValuesOf(this.job));
    }
  }

  /** Known from the facts of the last start and unchanged since: most Jobs of a fleet, which therefore cost no query. */
  private isStored(record: ObservedRun): boolean {
    const { run } = this;
    if (this.written !== undefined || !run) {
      return false;
    }
    const same =
      run.state === record.state &&
      run.live === record.live &&
      record.attempts.every(attempt =>
        run.attempts.some(
          ({ pod, startedAt, exitCode, hasLog }) =>
            pod === attempt.pod &&
            startedAt === attempt.startedAt &&
            exitCode === attempt.exitCode &&
            hasLog,
        ),
      );
    const over = run.state === 'succeeded' || run.state === 'failed';
    this.manifestStored ||= same && over;
    return same && over;
  }

  private describe(): string {
    const { namespace, name } = this.job.metadata ?? {};
    return `Job ${namespace}/${name} on ${this.options.cluster.name}`;
  }

  private finishIfDone(): void {
    const uid = this.job.metadata?.uid ?? '';
    const podsLeft = this.options.cluster.mirror.podsOfJob(uid).length > 0;
    if (
      this.gone &&
      !this.writing &&
      !this.dirty &&
      !this.logs.isReading &&
      !podsLeft
    ) {
      this.options.onDone();
    }
  }
}
