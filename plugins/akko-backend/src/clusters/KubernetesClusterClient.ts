import type {
  CoreV1Event,
  V1CronJob,
  V1Job,
  V1ObjectMeta,
  V1Pod,
} from '@kubernetes/client-node';
import { ClusterCallError } from './ClusterCallError';
import type { ClusterConnection } from './ClusterConnection';
import { controllerUidLabel, pathOf } from './resources';
import { complete } from './slim';
import { reviveTimes } from './timestamps';
import type {
  ClusterClient,
  HelmRelease,
  MirroredKind,
  MirroredKinds,
  PodLogOptions,
} from './types';

const METADATA_ONLY =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

function releaseOf(
  metadata: V1ObjectMeta | undefined,
  namespace: string,
): HelmRelease[] {
  const { name, status, version, modifiedAt } = metadata?.labels ?? {};
  // Helm writes seconds, and nothing before the first change.
  const changed = Number(modifiedAt) * 1000;
  const made = metadata?.creationTimestamp
    ? new Date(metadata.creationTimestamp).getTime()
    : undefined;
  return name && status && Number.isInteger(Number(version))
    ? [
        {
          name,
          namespace,
          status,
          version: Number(version),
          modifiedAt: Number.isFinite(changed) ? changed : made,
        },
      ]
    : [];
}

/** Typed calls over a cluster's one connection pool. Objects are whole: only `managedFields` are dropped. */
export class KubernetesClusterClient implements ClusterClient {
  constructor(
    private readonly cluster: string,
    private readonly connection: ClusterConnection,
    /** Version as last seen, empty when unknown. */
    private readonly knownVersion: () => string = () => '',
  ) {}

  getJob(namespace: string, name: string): Promise<V1Job | undefined> {
    return this.find('jobs', namespace, name);
  }

  getCronJob(namespace: string, name: string): Promise<V1CronJob | undefined> {
    return this.find('cronjobs', namespace, name);
  }

  async listJobsOf(namespace: string, cronJobUid: string): Promise<V1Job[]> {
    const jobs = await this.list('jobs', namespace, {});
    return jobs.filter(job =>
      job.metadata?.ownerReferences?.some(owner => owner.uid === cronJobUid),
    );
  }

  async listPodsOfJob(namespace: string, jobUid: string): Promise<V1Pod[]> {
    const pods = await this.list('pods', namespace, {
      labelSelector: `${controllerUidLabel(this.knownVersion())}=${jobUid}`,
    });
    return pods.filter(pod =>
      pod.metadata?.ownerReferences?.some(owner => owner.uid === jobUid),
    );
  }

  listEventsOf(namespace: string, uid: string): Promise<CoreV1Event[]> {
    return this.list('events', namespace, {
      fieldSelector: `involvedObject.uid=${uid}`,
    });
  }

  async createJob(
    namespace: string,
    job: V1Job,
    options: { dryRun?: boolean } = {},
  ): Promise<V1Job> {
    const created = await this.connection.json<V1Job>({
      method: 'POST',
      path: pathOf('jobs', namespace),
      query: { dryRun: options.dryRun ? 'All' : undefined },
      body: job,
    });
    return receive('jobs', created);
  }

  async deleteJob(
    namespace: string,
    name: string,
    uid: string,
  ): Promise<'deleting' | 'gone'> {
    try {
      await this.connection.json({
        method: 'DELETE',
        path: pathOf('jobs', namespace, name),
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: 'Foreground',
          preconditions: { uid },
        },
      });
      return 'deleting';
    } catch (error) {
      if (isKind(error, 'not-found')) {
        return 'gone';
      }
      if (isKind(error, 'conflict')) {
        const present = await this.getJob(namespace, name);
        if (present?.metadata?.uid !== uid) {
          return 'gone';
        }
      }
      throw error;
    }
  }

  async patchCronJob(
    namespace: string,
    name: string,
    patch: object,
    options: { status?: boolean; dryRun?: boolean } = {},
  ): Promise<V1CronJob> {
    const patched = await this.connection.json<V1CronJob>({
      method: 'PATCH',
      path: pathOf(
        'cronjobs',
        namespace,
        name,
        ...(options.status ? ['status'] : []),
      ),
      query: { dryRun: options.dryRun ? 'All' : undefined },
      body: patch,
    });
    return receive('cronjobs', patched);
  }

  podLog(
    namespace: string,
    pod: string,
    options: PodLogOptions = {},
  ): Promise<NodeJS.ReadableStream> {
    const { signal, ...query } = options;
    const request = {
      path: pathOf('pods', namespace, pod, 'log'),
      query,
      signal,
    };
    return options.follow
      ? this.connection.openStream(request)
      : this.connection.stream(request);
  }

  async helmReleases(namespace: string): Promise<HelmRelease[]> {
    const { items } = await this.connection.json<{
      items: { metadata?: V1ObjectMeta }[];
    }>({
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`,
      query: { labelSelector: 'owner=helm' },
      // Without it the answer would hold the values of every release.
      accept: METADATA_ONLY,
    });
    return items.flatMap(({ metadata }) => releaseOf(metadata, namespace));
  }

  async version(): Promise<string> {
    const answer = await this.connection.json<{ gitVersion?: unknown }>({
      path: '/version',
    });
    if (typeof answer.gitVersion !== 'string') {
      throw new ClusterCallError({
        kind: 'invalid',
        cluster: this.cluster,
        message: `Cluster ${this.cluster} answered GET /version without a gitVersion: its address is not that of a Kubernetes API`,
      });
    }
    return answer.gitVersion;
  }

  private async find<K extends MirroredKind>(
    kind: K,
    namespace: string,
    name: string,
  ): Promise<MirroredKinds[K] | undefined> {
    try {
      const found = await this.connection.json<MirroredKinds[K]>({
        path: pathOf(kind, namespace, name),
      });
      return receive(kind, found);
    } catch (error) {
      if (isKind(error, 'not-found')) {
        return undefined;
      }
      throw error;
    }
  }

  private async list<K extends MirroredKind>(
    kind: K,
    namespace: string,
    query: { labelSelector?: string; fieldSelector?: string },
  ): Promise<MirroredKinds[K][]> {
    const { items } = await this.connection.json<{
      items: MirroredKinds[K][];
    }>({ path: pathOf(kind, namespace), query });
    return items.map(item => receive(kind, item));
  }
}

function receive<K extends MirroredKind>(
  kind: K,
  object: MirroredKinds[K],
): MirroredKinds[K] {
  return reviveTimes(complete(kind, object));
}

function isKind(error: unknown, kind: ClusterCallError['kind']): boolean {
  return error instanceof ClusterCallError && error.kind === kind;
}
