import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AkkoConfig } from '../config';
import { SystemClock, type Clock } from './clock';
import { KubernetesCluster } from './KubernetesCluster';
import type { Fleet, FleetCluster, FleetListener } from './types';

/** What a fleet is made of. */
export interface FleetOptions {
  config: Pick<AkkoConfig, 'clusters'>;
  logger: LoggerService;
  /** The machine's by default. */
  clock?: Clock;
  /** In [0, 1); `Math.random` by default. */
  random?: () => number;
}

/** All configured clusters, each on its own: what happens to one never disturbs another. */
export class KubernetesFleet implements Fleet {
  private readonly members: Map<string, KubernetesCluster>;
  private readonly listeners = new Set<FleetListener>();
  private readonly logger: LoggerService;

  constructor(options: FleetOptions) {
    this.logger = options.logger;
    this.members = new Map(
      options.config.clusters.map(config => [
        config.name,
        new KubernetesCluster({
          config,
          clock: options.clock ?? new SystemClock(),
          random: options.random ?? Math.random,
          logger: options.logger,
          events: {
            change: change => this.tell(l => l.onChange?.(change)),
            state: state => this.tell(l => l.onClusterState?.(state)),
            synced: cluster => this.tell(l => l.onSynced?.(cluster)),
          },
        }),
      ]),
    );
  }

  clusters(): FleetCluster[] {
    return [...this.members.values()];
  }

  cluster(name: string): FleetCluster | undefined {
    return this.members.get(name);
  }

  subscribe(listener: FleetListener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Begins to follow; does not wait for any cluster. */
  async start(): Promise<void> {
    this.members.forEach(cluster => cluster.start());
  }

  async stop(): Promise<void> {
    await Promise.all([...this.members.values()].map(c => c.stop()));
  }

  private tell(call: (listener: FleetListener) => unknown): void {
    for (const listener of [...this.listeners]) {
      try {
        const result = call(listener);
        // A listener may be an async function although nobody waits for it.
        if (result instanceof Promise) {
          result.catch(error => this.report(error));
        }
      } catch (error) {
        this.report(error);
      }
    }
  }

  private report(error: unknown): void {
    this.logger.error(
      'A listener of the fleet failed; the fleet goes on',
      error instanceof Error ? error : new Error(String(error)),
    );
  }
}

/** Builds the fleet of the configuration; nothing is called before {@link Fleet.start}. */
export function createFleet(options: FleetOptions): Fleet {
  return new KubernetesFleet(options);
}
