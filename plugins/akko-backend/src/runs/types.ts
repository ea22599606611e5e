import type {
  Attempt,
  InstanceRef,
  Report,
  Run,
  RunDetail,
  RunEvent,
  RunState,
  Trigger,
  UpgradeList,
} from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';

/** A row of the history. Times are ISO 8601 in UTC. */
export interface RunRecord {
  id: string;
  cluster: string;
  uid: string;
  instance: InstanceRef;
  name: string;
  kind: 'init' | 'backup' | 'drill';
  jobName: string;
  state: RunState;
  trigger: Trigger;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  reason?: string;
  message?: string;
  errorLine?: string;
  exitCode?: number;
  configChecksum?: string;
  image?: string;
  attempts: Attempt[];
  report?: Report;
  events: RunEvent[];
  /** The Job is still on the cluster, as far as is known. */
  live: boolean;
}

export interface StoredLog {
  text: string;
  /** Bytes before the cap, if it was cut. */
  cutBytes?: number;
}

export interface RunPage {
  items: Run[];
  nextCursor?: string;
}

/** A run as the history alone knows it. */
export type RecordedRun = Omit<RunDetail, 'findings'>;

/** The history in the database. */
export interface RunStore {
  /**
   * Inserts or updates by (cluster, uid). Monotonic: a terminal state never goes back, an attempt or event is never lost, `trigger` and
   * `createdAt` are of the first writer; so that several replicas may write the same run in any order.
   * @returns whether the row changed
   */
  upsert(record: RunRecord): Promise<boolean>;
  get(id: string): Promise<Run | undefined>;
  getByUid(cluster: string, uid: string): Promise<Run | undefined>;
  /** Without what was found wrong with it, which diagnosis keeps. */
  detail(id: string): Promise<RecordedRun | undefined>;
  /** Newest first. @throws InputError for a cursor that is none of ours */
  list(options: {
    instance: InstanceRef;
    name: string;
    limit: number;
    cursor?: string;
  }): Promise<RunPage>;
  /**
   * Installs and upgrades by Helm, made from the runs of init jobs that Helm caused, newest first.
   * @throws InputError for a cursor that is none of ours
   */
  upgrades(options: {
    instance: InstanceRef;
    limit: number;
    cursor?: string;
  }): Promise<UpgradeList>;
  /** Newest run and newest success per job of all instances of the clusters. */
  facts(): Promise<JobFacts[]>;
  /** Runs whose Job was on this cluster when last heard of. */
  listLive(cluster: string): Promise<RunRecord[]>;
  saveLog(runId: string, attempt: number, log: StoredLog): Promise<void>;
  readLog(runId: string, attempt: number): Promise<StoredLog | undefined>;
  /** Masked for people by {@link RunStore.readManifest}'s callers; stored as it was, so that it can be created again. */
  saveManifest(runId: string, job: V1Job): Promise<void>;
  readManifest(runId: string): Promise<V1Job | undefined>;
  /** The newest manifest of this job in the history. */
  lastManifest(instance: InstanceRef, name: string): Promise<V1Job | undefined>;
  /** Deletes runs that finished before, but never the last run of a job. @returns how many */
  prune(before: Date): Promise<number>;
}

/** What the history knows of one job of one instance, for views without a query per view. */
export interface JobFacts {
  instance: InstanceRef;
  name: string;
  kind: 'init' | 'backup' | 'drill';
  lastRun: Run;
  lastSuccessAt?: string;
  usualDurationSeconds?: number;
  /** Durations of the newest successes, newest first, from which the usual one is made. */
  recentDurationsSeconds?: number[];
}

/** How a replica came to know something new about a run. */
export interface RunChange {
  /** This replica wrote it: what must happen once in all, such as a notification, happens where this is true. */
  stored: boolean;
  /** The run as this replica knew it before. */
  previous?: Run;
}

/** Turns what the mirrors tell into history. */
export interface RunRecorder {
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Makes sure that the run of this Job is in the database with manifest, report and the logs of all ended containers.
   * Called before a Job is deleted on purpose. @returns the run
   * @throws when the row or manifest could not be written; a log that cannot be read is noted, not thrown
   */
  archive(cluster: string, job: V1Job): Promise<Run>;
  /** Facts kept in memory, always up to date with what this replica recorded. */
  facts(instance: InstanceRef): JobFacts[];
  /** All instances that the history knows, also those whose cluster does not answer. */
  knownInstances(): InstanceRef[];
  /** Called when this replica learned something new about a stored run. @returns unsubscribe */
  onRunChanged(listener: (run: Run, change: RunChange) => void): () => void;
}
