import type { Cluster } from '@akko/backstage-plugin-akko-common';
import type {
  Fleet,
  FleetCluster,
  FleetListener,
  MirrorChange,
  MirroredKind,
  MirroredKinds,
} from '../clusters/types';
import { FakeClusterClient } from './FakeClusterClient';
import { FakeClusterMirror } from './FakeClusterMirror';

/** A cluster of a {@link FakeFleet}: what tests set in it is what the mirror has, and listeners hear of it at once. */
export class FakeCluster implements FleetCluster {
  readonly name: string;
  readonly title: string;
  readsHelmReleases = false;
  readonly mirror: FakeClusterMirror;
  readonly client: FakeClusterClient;
  private current: Cluster;

  constructor(
    name: string,
    private readonly emit: (call: (listener: FleetListener) => void) => void,
  ) {
    this.name = name;
    this.title = name;
    this.mirror = new FakeClusterMirror(name);
    this.client = new FakeClusterClient(this);
    this.current = {
      name,
      title: name,
      sandbox: false,
      reachable: true,
      stale: false,
      version: 'v1.35.4',
    };
  }

  state(): Cluster {
    return this.current;
  }

  /** Adds or changes an object. `replayed` as in {@link MirrorChange}. */
  set<K extends MirroredKind>(
    kind: K,
    object: MirroredKinds[K],
    options: { replayed?: boolean } = {},
  ): void {
    const previous = this.mirror.put(kind, object);
    this.change({
      cluster: this.name,
      kind,
      type: previous ? 'modified' : 'added',
      object,
      previous,
      replayed: options.replayed ?? false,
    } as MirrorChange);
  }

  /** Removes an object; `last` is the final state that a DELETED event carries, by default what was there. */
  remove<K extends MirroredKind>(
    kind: K,
    namespace: string,
    name: string,
    last?: MirroredKinds[K],
  ): void {
    const previous = this.mirror.take(kind, namespace, name);
    if (previous) {
      this.change({
        cluster: this.name,
        kind,
        type: 'deleted',
        object: last ?? previous,
        previous,
        replayed: false,
      } as MirrorChange);
    }
  }

  /** Changes contact, staleness or version. */
  setState(state: Partial<Cluster>): void {
    this.current = { ...this.current, ...state };
    this.emit(listener => listener.onClusterState?.(this.current));
  }

  /** All kinds are listed. */
  sync(): void {
    this.mirror.synced = true;
    this.emit(listener => listener.onSynced?.(this.name));
  }

  private change(change: MirrorChange): void {
    this.emit(listener => listener.onChange?.(change));
  }
}

/** An in-memory fleet for unit tests. */
export class FakeFleet implements Fleet {
  private readonly members = new Map<string, FakeCluster>();
  private readonly listeners = new Set<FleetListener>();

  constructor(...names: string[]) {
    for (const name of names) {
      this.members.set(
        name,
        new FakeCluster(name, call => [...this.listeners].forEach(call)),
      );
    }
  }

  clusters(): FakeCluster[] {
    return [...this.members.values()];
  }

  cluster(name: string): FakeCluster | undefined {
    return this.members.get(name);
  }

  subscribe(listener: FleetListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async start(): Promise<void> {
    this.members.forEach(cluster => cluster.sync());
  }

  async stop(): Promise<void> {
    this.listeners.clear();
  }
}
