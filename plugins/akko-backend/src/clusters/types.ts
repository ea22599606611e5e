import type {
  CoreV1Event,
  V1ConfigMap,
  V1CronJob,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import type { Cluster } from '@akko/backstage-plugin-akko-common';

/** The kinds that a mirror keeps, and their types. Fields that nobody needs (managedFields, …) are dropped on receipt. */
export interface MirroredKinds {
  jobs: V1Job;
  cronjobs: V1CronJob;
  pods: V1Pod;
  events: CoreV1Event;
  configmaps: V1ConfigMap;
}

export type MirroredKind = keyof MirroredKinds;

/**
 * One object came, changed or went. `replayed` is true when a list told it (the first, or after a gap) instead of a watch: states in between
 * may have been missed, and what went may have gone in a later state than `object`.
 */
export type MirrorChange = {
  [K in MirroredKind]: {
    cluster: string;
    kind: K;
    type: 'added' | 'modified' | 'deleted';
    object: MirroredKinds[K];
    /** What the mirror had before; undefined for 'added'. */
    previous?: MirroredKinds[K];
    replayed: boolean;
  };
}[MirroredKind];

/** Hears what happens on the fleet. A listener that throws is logged and never stops the mirror. */
export interface FleetListener {
  onChange?(change: MirrorChange): void;
  /** Contact, staleness or version of a cluster changed. */
  onClusterState?(state: Cluster): void;
  /** All kinds of a cluster are listed: at first contact, and again after each gap; a watch that resumes without a gap is none. */
  onSynced?(cluster: string): void;
}

/** The in-memory copy of one cluster's objects. Reading never reaches the cluster. Objects are shared: never mutate them. */
export interface ClusterMirror {
  readonly cluster: string;
  /** True once every kind has been listed. */
  readonly synced: boolean;
  get<K extends MirroredKind>(
    kind: K,
    namespace: string,
    name: string,
  ): MirroredKinds[K] | undefined;
  list<K extends MirroredKind>(kind: K, namespace?: string): MirroredKinds[K][];
  /** Pods whose controller is this Job, oldest first. */
  podsOfJob(jobUid: string): V1Pod[];
  /** Events about an object, oldest first. */
  eventsOf(uid: string): CoreV1Event[];
}

export interface PodLogOptions {
  container?: string;
  tailLines?: number;
  follow?: boolean;
  /** Log of the container before its last restart. */
  previous?: boolean;
  timestamps?: boolean;
  limitBytes?: number;
  signal?: AbortSignal;
}

/** A revision of a Helm release, from the labels of the Secret that Helm keeps it in. */
export interface HelmRelease {
  name: string;
  namespace: string;
  version: number;
  /** As `deployed`, `superseded`, `pending-upgrade`. */
  status: string;
  /** Milliseconds since 1970. */
  modifiedAt?: number;
}

/** Typed calls to one cluster over its one connection pool. Every failure is a {@link ClusterCallError}. */
export interface ClusterClient {
  /** @returns undefined for 404 */
  getJob(namespace: string, name: string): Promise<V1Job | undefined>;
  getCronJob(namespace: string, name: string): Promise<V1CronJob | undefined>;
  /** Jobs whose controller is this CronJob. */
  listJobsOf(namespace: string, cronJobUid: string): Promise<V1Job[]>;
  listPodsOfJob(namespace: string, jobUid: string): Promise<V1Pod[]>;
  listEventsOf(namespace: string, uid: string): Promise<CoreV1Event[]>;
  createJob(
    namespace: string,
    job: V1Job,
    options?: { dryRun?: boolean },
  ): Promise<V1Job>;
  /**
   * Deletes a Job with its pods (foreground) if it still has this uid.
   * @returns 'deleting' when accepted, 'gone' for 404 or when the name now belongs to another uid
   */
  deleteJob(
    namespace: string,
    name: string,
    uid: string,
  ): Promise<'deleting' | 'gone'>;
  /**
   * Changes a CronJob by a JSON merge patch. With `metadata.resourceVersion` in it, only if nobody changed it meanwhile (kind `conflict`).
   * @param options - `status`: the status subresource
   */
  patchCronJob(
    namespace: string,
    name: string,
    patch: object,
    options?: { status?: boolean; dryRun?: boolean },
  ): Promise<V1CronJob>;
  /** The log as a byte stream; the caller must consume or destroy it. */
  podLog(
    namespace: string,
    pod: string,
    options?: PodLogOptions,
  ): Promise<NodeJS.ReadableStream>;
  /** Revisions of Helm releases. Only the metadata of their Secrets is asked for, never what is in them. */
  helmReleases(namespace: string): Promise<HelmRelease[]>;
  /** Kubernetes' /version. */
  version(): Promise<string>;
}

/** A cluster of the fleet: what it is, how it is, its copy and its calls. */
export interface FleetCluster {
  readonly name: string;
  readonly title: string;
  /** The configuration allows to read the labels of Helm's release Secrets. */
  readonly readsHelmReleases: boolean;
  state(): Cluster;
  readonly mirror: ClusterMirror;
  readonly client: ClusterClient;
}

/** All configured clusters. */
export interface Fleet {
  clusters(): FleetCluster[];
  cluster(name: string): FleetCluster | undefined;
  /** @returns unsubscribe */
  subscribe(listener: FleetListener): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
}
