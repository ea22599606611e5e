import type { CoreV1Event, V1Pod } from '@kubernetes/client-node';
import type {
  ClusterMirror,
  MirroredKind,
  MirroredKinds,
} from '../clusters/types';

const KINDS: MirroredKind[] = [
  'jobs',
  'cronjobs',
  'pods',
  'events',
  'configmaps',
];

function keyOf(object: {
  metadata?: { namespace?: string; name?: string };
}): string {
  const { namespace = '', name = '' } = object.metadata ?? {};
  return `${namespace}/${name}`;
}

function timeOf(value: Date | string | undefined): number {
  return value ? new Date(value).getTime() : 0;
}

/** A mirror that tests fill by hand. Written through {@link FakeCluster}, so that listeners hear of it. */
export class FakeClusterMirror implements ClusterMirror {
  readonly cluster: string;
  synced = true;
  private readonly objects = new Map<MirroredKind, Map<string, any>>(
    KINDS.map(kind => [kind, new Map()]),
  );

  constructor(cluster: string) {
    this.cluster = cluster;
  }

  get<K extends MirroredKind>(
    kind: K,
    namespace: string,
    name: string,
  ): MirroredKinds[K] | undefined {
    return this.objects.get(kind)!.get(`${namespace}/${name}`);
  }

  list<K extends MirroredKind>(
    kind: K,
    namespace?: string,
  ): MirroredKinds[K][] {
    const all: MirroredKinds[K][] = [...this.objects.get(kind)!.values()];
    return namespace
      ? all.filter(object => object.metadata?.namespace === namespace)
      : all;
  }

  podsOfJob(jobUid: string): V1Pod[] {
    return this.list('pods')
      .filter(pod =>
        pod.metadata?.ownerReferences?.some(
          owner => owner.controller !== false && owner.uid === jobUid,
        ),
      )
      .sort(
        (a, b) =>
          timeOf(a.metadata?.creationTimestamp) -
          timeOf(b.metadata?.creationTimestamp),
      );
  }

  eventsOf(uid: string): CoreV1Event[] {
    return this.list('events')
      .filter(event => event.involvedObject.uid === uid)
      .sort((a, b) => timeOf(a.lastTimestamp) - timeOf(b.lastTimestamp));
  }

  /** Puts an object and tells what was there before. */
  put<K extends MirroredKind>(
    kind: K,
    object: MirroredKinds[K],
  ): MirroredKinds[K] | undefined {
    const objects = this.objects.get(kind)!;
    const previous = objects.get(keyOf(object));
    objects.set(keyOf(object), object);
    return previous;
  }

  /** Takes an object out and tells what it was. */
  take<K extends MirroredKind>(
    kind: K,
    namespace: string,
    name: string,
  ): MirroredKinds[K] | undefined {
    const object = this.get(kind, namespace, name);
    this.objects.get(kind)!.delete(`${namespace}/${name}`);
    return object;
  }
}
