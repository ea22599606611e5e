import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Cluster } from '@akko/backstage-plugin-akko-common';
import type { ClusterConfig } from '../config';
import type { Clock } from './clock';
import { ClusterCallError } from './ClusterCallError';
import { ClusterConnection } from './ClusterConnection';
import { clusterState, isFresh } from './clusterState';
import { CredentialCache } from './CredentialCache';
import { InMemoryClusterMirror } from './InMemoryClusterMirror';
import { KubernetesClusterClient } from './KubernetesClusterClient';
import { MirrorSource } from './MirrorSource';
import { Reflector, type ReflectorStatus } from './Reflector';
import { isWanted, MIRRORED_KINDS } from './resources';
import { slim } from './slim';
import type {
  ClusterClient,
  ClusterMirror,
  FleetCluster,
  MirrorChange,
  MirroredKind,
  MirroredKinds,
} from './types';

/** What a cluster tells its fleet. None of these throws. */
export interface ClusterEvents {
  change(change: MirrorChange): void;
  state(state: Cluster): void;
  synced(cluster: string): void;
}

interface Follower {
  reflector: Reflector<MirroredKinds[MirroredKind]>;
  status: ReflectorStatus;
  since: number;
  /** Its objects are in the mirror, without a gap. */
  listed: boolean;
}

/** One cluster of the fleet: its connection, its reflectors (one per kind and watched namespace), its copy, and how it is. */
export class KubernetesCluster implements FleetCluster {
  readonly name: string;
  readonly title: string;
  readonly readsHelmReleases: boolean;
  readonly client: ClusterClient;
  private readonly connection: ClusterConnection;
  private readonly copy: InMemoryClusterMirror;
  private readonly followers: Follower[];
  private version?: string;
  private versionRequest?: Promise<string>;
  private lastContactAt?: number;
  private staleSince?: number;
  private told = '';

  constructor(
    private readonly options: {
      config: ClusterConfig;
      events: ClusterEvents;
      clock: Clock;
      random: () => number;
      logger: LoggerService;
    },
  ) {
    const { config, clock, events } = options;
    this.name = config.name;
    this.title = config.title;
    this.readsHelmReleases = config.helmReleases ?? false;
    this.connection = new ClusterConnection({
      cluster: config.name,
      credentials: new CredentialCache(config.access, clock),
      clock,
    });
    this.client = new KubernetesClusterClient(
      config.name,
      this.connection,
      () => this.version ?? '',
    );
    this.copy = new InMemoryClusterMirror(config.name, events.change);
    this.followers = (config.namespaces ?? [undefined]).flatMap(namespace =>
      MIRRORED_KINDS.map(kind => this.follow(kind, namespace)),
    );
  }

  get mirror(): ClusterMirror {
    return this.copy;
  }

  state(): Cluster {
    return clusterState({
      name: this.name,
      title: this.title,
      sandbox: this.options.config.sandbox ?? false,
      version: this.version,
      lastContactAt: this.lastContactAt,
      staleSince: this.staleSince,
      reflectors: this.followers,
    });
  }

  start(): void {
    this.followers.forEach(({ reflector }) => reflector.start());
  }

  async stop(): Promise<void> {
    const stopped = this.followers.map(({ reflector }) => reflector.stop());
    await this.connection.close();
    await Promise.all(stopped);
  }

  private follow(kind: MirroredKind, namespace?: string): Follower {
    const { config, clock, random, logger } = this.options;
    const follower: Omit<Follower, 'reflector'> = {
      status: { state: 'listing' },
      since: clock.now(),
      listed: false,
    };
    const reflector = new Reflector<MirroredKinds[MirroredKind]>({
      name: `${kind} of cluster ${this.name}${
        namespace === undefined ? '' : ` in namespace ${namespace}`
      }`,
      cluster: this.name,
      source: new MirrorSource({
        kind,
        namespace,
        labelSelector: config.labelSelector,
        connection: this.connection,
        version: () => this.currentVersion(),
      }),
      handler: {
        replace: items => {
          this.copy.replace(kind, items, namespace);
          follower.listed = true;
          this.checkSynced();
        },
        upsert: object => {
          if (isWanted(kind, object)) {
            this.copy.upsert(kind, slim(kind, object));
          }
        },
        remove: object => {
          if (isWanted(kind, object)) {
            this.copy.remove(kind, slim(kind, object));
          }
        },
        contact: () => {
          this.lastContactAt = clock.now();
        },
        status: status => this.setStatus(follower, status),
      },
      clock,
      random,
      logger,
    });
    return Object.assign(follower, { reflector });
  }

  /** The version, asked for once per contact: a cluster that comes back may have been upgraded. */
  private async currentVersion(): Promise<string> {
    this.versionRequest ??= this.client.version();
    try {
      const version = await this.versionRequest;
      if (version !== this.version) {
        this.version = version;
        this.tellState();
      }
      return version;
    } catch (error) {
      if (error instanceof ClusterCallError && error.upstreamStatus === 403) {
        // Hardened clusters may hide /version; nothing depends on it but labels of old versions.
        return '';
      }
      this.versionRequest = undefined;
      throw error;
    }
  }

  private setStatus(
    follower: Omit<Follower, 'reflector'>,
    status: ReflectorStatus,
  ): void {
    const now = this.options.clock.now();
    const wasFresh = isFresh(this.followers);
    if (follower.status.state !== status.state) {
      follower.since = now;
    }
    follower.status = status;
    if (status.state === 'listing') {
      follower.listed = false;
    }
    if (status.state === 'failing') {
      this.versionRequest = undefined;
    }
    const fresh = isFresh(this.followers);
    if (fresh) {
      this.staleSince = undefined;
    } else if (wasFresh) {
      this.staleSince = this.lastContactAt ?? now;
    }
    this.tellState();
  }

  private checkSynced(): void {
    if (this.followers.every(({ listed }) => listed)) {
      this.copy.synced = true;
      this.options.events.synced(this.name);
    }
  }

  /** Tells only what is news: the last contact alone is not. */
  private tellState(): void {
    const state = this.state();
    const news = JSON.stringify({ ...state, lastContactAt: undefined });
    if (news !== this.told) {
      this.told = news;
      this.options.events.state(state);
    }
  }
}
