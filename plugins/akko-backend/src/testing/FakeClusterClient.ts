import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type {
  CoreV1Event,
  V1CronJob,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import { ClusterCallError } from '../clusters/ClusterCallError';
import type {
  ClusterClient,
  HelmRelease,
  PodLogOptions,
} from '../clusters/types';
import type { FakeCluster } from './FakeFleet';

/** Answers the log of a pod: text, or a failure by throwing. */
export type FakeLogSource = (
  options: PodLogOptions,
) => string | Promise<string>;

/** Calls that act on the fake cluster's objects, count themselves and fail when a test says so. */
export class FakeClusterClient implements ClusterClient {
  /** Calls made, such as `createJob akko/akko-minio-init`. */
  readonly calls: string[] = [];
  /** Revisions that the cluster has. */
  releases: HelmRelease[] = [];
  private readonly logs = new Map<string, FakeLogSource>();
  private readonly failures: { method: string; error: Error }[] = [];

  constructor(private readonly cluster: FakeCluster) {}

  /** Log of a pod; without one the pod's log is not found. */
  setLog(namespace: string, pod: string, log: string | FakeLogSource): void {
    const source = typeof log === 'string' ? () => log : log;
    this.logs.set(`${namespace}/${pod}`, source);
  }

  /** The next call of this method fails with this error. */
  failNext(method: keyof ClusterClient, error: Error): void {
    this.failures.push({ method, error });
  }

  async getJob(namespace: string, name: string): Promise<V1Job | undefined> {
    this.record('getJob', `${namespace}/${name}`);
    return this.cluster.mirror.get('jobs', namespace, name);
  }

  async getCronJob(
    namespace: string,
    name: string,
  ): Promise<V1CronJob | undefined> {
    this.record('getCronJob', `${namespace}/${name}`);
    return this.cluster.mirror.get('cronjobs', namespace, name);
  }

  async listJobsOf(namespace: string, cronJobUid: string): Promise<V1Job[]> {
    this.record('listJobsOf', `${namespace}/${cronJobUid}`);
    return this.cluster.mirror
      .list('jobs', namespace)
      .filter(job =>
        job.metadata?.ownerReferences?.some(({ uid }) => uid === cronJobUid),
      );
  }

  /** Merges metadata annotations, spec and status; null removes. */
  async patchCronJob(
    namespace: string,
    name: string,
    patch: any,
    options: { status?: boolean; dryRun?: boolean } = {},
  ): Promise<V1CronJob> {
    this.record(
      'patchCronJob',
      `${namespace}/${name}${options.status ? '/status' : ''}`,
    );
    const known = this.cluster.mirror.get('cronjobs', namespace, name);
    if (!known) {
      throw this.error('not-found', `cronjobs.batch "${name}" not found`);
    }
    const version = patch.metadata?.resourceVersion;
    if (version && version !== known.metadata?.resourceVersion) {
      throw this.error('conflict', `cronjobs.batch "${name}" was modified`);
    }
    const annotations: Record<string, string | null> = {
      ...known.metadata?.annotations,
      ...patch.metadata?.annotations,
    };
    const patched: V1CronJob = {
      ...known,
      metadata: {
        ...known.metadata,
        resourceVersion: String(
          Number(known.metadata?.resourceVersion ?? 0) + 1,
        ),
        annotations: Object.fromEntries(
          Object.entries(annotations).filter(
            (entry): entry is [string, string] => entry[1] !== null,
          ),
        ),
      },
      ...(options.status
        ? { status: { ...known.status, ...patch.status } }
        : { spec: { ...known.spec!, ...patch.spec } }),
    };
    if (!options.dryRun) {
      this.cluster.set('cronjobs', patched);
    }
    return patched;
  }

  async listPodsOfJob(namespace: string, jobUid: string): Promise<V1Pod[]> {
    this.record('listPodsOfJob', `${namespace}/${jobUid}`);
    return this.cluster.mirror.podsOfJob(jobUid);
  }

  async listEventsOf(namespace: string, uid: string): Promise<CoreV1Event[]> {
    this.record('listEventsOf', `${namespace}/${uid}`);
    return this.cluster.mirror.eventsOf(uid);
  }

  async createJob(
    namespace: string,
    job: V1Job,
    options?: { dryRun?: boolean },
  ): Promise<V1Job> {
    const name = job.metadata?.name ?? '';
    this.record('createJob', `${namespace}/${name}`);
    if (this.cluster.mirror.get('jobs', namespace, name)) {
      throw this.error('already-exists', `jobs.batch "${name}" already exists`);
    }
    const created: V1Job = {
      ...job,
      metadata: {
        ...job.metadata,
        namespace,
        uid: randomUUID(),
        creationTimestamp: new Date(),
      },
    };
    if (!options?.dryRun) {
      this.cluster.set('jobs', created);
    }
    return created;
  }

  async deleteJob(
    namespace: string,
    name: string,
    uid: string,
  ): Promise<'deleting' | 'gone'> {
    this.record('deleteJob', `${namespace}/${name}`);
    if (
      this.cluster.mirror.get('jobs', namespace, name)?.metadata?.uid !== uid
    ) {
      return 'gone';
    }
    this.cluster.mirror
      .podsOfJob(uid)
      .forEach(pod =>
        this.cluster.remove('pods', namespace, pod.metadata!.name!),
      );
    this.cluster.remove('jobs', namespace, name);
    return 'deleting';
  }

  async podLog(
    namespace: string,
    pod: string,
    options: PodLogOptions = {},
  ): Promise<NodeJS.ReadableStream> {
    this.record('podLog', `${namespace}/${pod}`);
    const source = this.logs.get(`${namespace}/${pod}`);
    if (!source) {
      throw this.error('not-found', `pods "${pod}" not found`);
    }
    return Readable.from([Buffer.from(await source(options))]);
  }

  async helmReleases(namespace: string): Promise<HelmRelease[]> {
    this.record('helmReleases', namespace);
    return this.releases;
  }

  async version(): Promise<string> {
    this.record('version', '');
    return 'v1.35.4';
  }

  private record(method: keyof ClusterClient, subject: string): void {
    this.calls.push(`${method} ${subject}`.trim());
    const index = this.failures.findIndex(failure => failure.method === method);
    if (index >= 0) {
      throw this.failures.splice(index, 1)[0].error;
    }
  }

  private error(
    kind: 'not-found' | 'already-exists' | 'conflict',
    message: string,
  ): ClusterCallError {
    return new ClusterCallError({
      kind,
      cluster: this.cluster.name,
      message,
      upstreamStatus: kind === 'not-found' ? 404 : 409,
    });
  }
}
