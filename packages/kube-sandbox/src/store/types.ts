/** Any Kubernetes object, as JSON. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ObjectMeta {
  name: string;
  generateName?: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  finalizers?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  managedFields?: unknown[];
}

/** What a caller may leave out; the store fills it in. */
export type NewObject = Omit<KubernetesObject, 'metadata'> & {
  metadata: Partial<ObjectMeta>;
};

/** Plural resource names that the sandbox serves. */
export type ResourceName =
  | 'namespaces'
  | 'configmaps'
  | 'secrets'
  | 'persistentvolumeclaims'
  | 'pods'
  | 'events'
  | 'serviceaccounts'
  | 'jobs'
  | 'cronjobs';

export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: ResourceName;
  /** As after the change; for DELETED the last state, with the resourceVersion of the deletion. Never mutated later. */
  object: KubernetesObject;
  /** Absent for ADDED. */
  previous?: KubernetesObject;
  resourceVersion: number;
}

export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  /** Default: Background; for Jobs by `kubectl`-less API callers the server layer applies the kind's own default. */
  propagationPolicy?: PropagationPolicy;
  preconditions?: { uid?: string; resourceVersion?: string };
  gracePeriodSeconds?: number;
}

/**
 * etcd and the generic registry in one: objects by resource, namespace and name, one growing resourceVersion, a log of events for watches,
 * finalizers and garbage collection by owner references. Throws `StatusError` (a Kubernetes Status) with the real API server's words.
 * All methods are synchronous; listeners are called in the same turn, after the change.
 */
export interface ObjectStore {
  readonly resourceVersion: number;
  create(resource: ResourceName, object: NewObject): KubernetesObject;
  get(
    resource: ResourceName,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined;
  list(resource: ResourceName, namespace?: string): KubernetesObject[];
  /**
   * Replaces an object by what `change` returns for the newest state (which it must not mutate).
   * Returning the very same object, or an equal one, changes nothing and emits no event.
   * @throws StatusError NotFound; Conflict where the result names another resourceVersion or uid
   */
  update(
    resource: ResourceName,
    namespace: string | undefined,
    name: string,
    change: (current: KubernetesObject) => KubernetesObject,
    options?: { status?: boolean },
  ): KubernetesObject;
  /** @returns the object as of the deletion request; gone at once unless finalizers or foreground dependents hold it */
  delete(
    resource: ResourceName,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): KubernetesObject;
  /** Puts an object in as it is, with its own uid and timestamps: for fixtures. */
  load(resource: ResourceName, object: NewObject): KubernetesObject;
  /** @returns unsubscribe */
  subscribe(listener: (event: StoreEvent) => void): () => void;
  /** Events after a resourceVersion; undefined when that is older than what is kept. */
  since(resourceVersion: number): StoreEvent[] | undefined;
  /** Forgets old events, so that older watches answer 410. */
  compact(): void;
}

/** Where the log of a pod's container comes from; runtimes provide it, the server's `pods/log` reads it. */
export interface PodLogSource {
  /**
   * Lines so far, with the time at which each was written (milliseconds since the epoch).
   * @param previous - of the container before its last restart
   * @returns undefined for an unknown container
   */
  lines(
    podUid: string,
    container: string,
    previous: boolean,
  ): { at: number; text: string }[] | undefined;
  /** Calls for every line written from now on, and `end` when the container has ended. @returns unsubscribe */
  follow(
    podUid: string,
    container: string,
    onLine: (line: { at: number; text: string }) => void,
    onEnd: () => void,
  ): () => void;
}
