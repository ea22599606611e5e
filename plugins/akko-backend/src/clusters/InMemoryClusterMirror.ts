import type { CoreV1Event, V1Pod } from '@kubernetes/client-node';
import { ObjectIndex, UidIndex } from './ObjectIndex';
import { MIRRORED_KINDS } from './resources';
import type {
  ClusterMirror,
  MirrorChange,
  MirroredKind,
  MirroredKinds,
} from './types';

/** The copy of a cluster that reflectors write and everybody else reads. */
export class InMemoryClusterMirror implements ClusterMirror {
  synced = false;
  private readonly kinds = Object.fromEntries(
    MIRRORED_KINDS.map(kind => [kind, new ObjectIndex()]),
  ) as { [K in MirroredKind]: ObjectIndex<MirroredKinds[K]> };
  private readonly pods = new UidIndex<V1Pod>(
    pod =>
      pod.metadata?.ownerReferences?.find(
        owner => owner.controller && owner.kind === 'Job',
      )?.uid,
  );
  private readonly events = new UidIndex<CoreV1Event>(
    event => event.involvedObject.uid,
  );

  constructor(
    readonly cluster: string,
    private readonly onChange: (change: MirrorChange) => void,
  ) {}

  get<K extends MirroredKind>(
    kind: K,
    namespace: string,
    name: string,
  ): MirroredKinds[K] | undefined {
    return this.kinds[kind].get(namespace, name);
  }

  list<K extends MirroredKind>(
    kind: K,
    namespace?: string,
  ): MirroredKinds[K][] {
    return this.kinds[kind].values(namespace);
  }

  podsOfJob(jobUid: string): V1Pod[] {
    return this.pods
      .get(jobUid)
      .sort(
        (a, b) =>
          timeOf(a.metadata?.creationTimestamp) -
          timeOf(b.metadata?.creationTimestamp),
      );
  }

  eventsOf(uid: string): CoreV1Event[] {
    return this.events.get(uid).sort((a, b) => seenAt(a) - seenAt(b));
  }

  /**
   * Takes the present state of an object. A name that now belongs to another uid is a deletion and an addition.
   * @param replayed - it came with a list, not with a watch
   */
  upsert<K extends MirroredKind>(
    kind: K,
    object: MirroredKinds[K],
    replayed = false,
  ): void {
    const { namespace = '', name = '', uid } = object.metadata ?? {};
    const previous = this.get(kind, namespace, name);
    if (previous && previous.metadata?.uid !== uid) {
      this.delete(kind, previous, replayed);
      this.upsert(kind, object, replayed);
      return;
    }
    if (
      previous?.metadata?.resourceVersion === object.metadata?.resourceVersion
    ) {
      return;
    }
    this.kinds[kind].set(namespace, name, object);
    this.index(kind, object, previous);
    this.emit(
      kind,
      previous ? 'modified' : 'added',
      object,
      previous,
      replayed,
    );
  }

  /** Takes the last state of an object that is gone. */
  remove<K extends MirroredKind>(kind: K, last: MirroredKinds[K]): void {
    const { namespace = '', name = '', uid } = last.metadata ?? {};
    const previous = this.get(kind, namespace, name);
    if (previous && previous.metadata?.uid === uid) {
      this.delete(kind, last, false);
    }
  }

  /** Takes all objects of a kind, or of a kind in one namespace. What else the mirror had there is gone, in its last known state. */
  replace<K extends MirroredKind>(
    kind: K,
    items: MirroredKinds[K][],
    namespace?: string,
  ): void {
    const present = new Set(items.map(item => item.metadata?.uid));
    for (const known of this.list(kind, namespace)) {
      if (!present.has(known.metadata?.uid)) {
        this.delete(kind, known, true);
      }
    }
    items.forEach(item => this.upsert(kind, item, true));
  }

  private delete<K extends MirroredKind>(
    kind: K,
    last: MirroredKinds[K],
    replayed: boolean,
  ): void {
    const { namespace = '', name = '' } = last.metadata ?? {};
    const previous = this.kinds[kind].delete(namespace, name);
    this.index(kind, undefined, previous);
    this.emit(kind, 'deleted', last, previous, replayed);
  }

  private index<K extends MirroredKind>(
    kind: K,
    object: MirroredKinds[K] | undefined,
    previous: MirroredKinds[K] | undefined,
  ): void {
    const index = { pods: this.pods, events: this.events }[kind as string] as
      | UidIndex<MirroredKinds[K]>
      | undefined;
    if (previous) {
      index?.remove(previous);
    }
    if (object) {
      index?.add(object);
    }
  }

  private emit<K extends MirroredKind>(
    kind: K,
    type: MirrorChange['type'],
    object: MirroredKinds[K],
    previous: MirroredKinds[K] | undefined,
    replayed: boolean,
  ): void {
    const { cluster } = this;
    this.onChange({
      cluster,
      kind,
      type,
      object,
      previous,
      replayed,
    } as MirrorChange);
  }
}

function timeOf(time: Date | undefined): number {
  return time?.getTime() ?? 0;
}

function seenAt(event: CoreV1Event): number {
  return timeOf(
    event.lastTimestamp ??
      event.series?.lastObservedTime ??
      event.eventTime ??
      event.firstTimestamp ??
      event.metadata.creationTimestamp,
  );
}
