import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock, Timer } from '../clusters/clock';
import type { Fleet, FleetCluster, HelmRelease } from '../clusters/types';

/** What was read so long ago is read again, in milliseconds. */
const KEPT = 60_000;

interface Reading {
  at: number;
  releases: Promise<readonly HelmRelease[]>;
}

/** Helm's releases on those clusters whose configuration allows to read them; at most one question a minute and namespace. */
export class HelmReleases {
  private readonly readings = new Map<string, Reading>();
  private readonly refused = new Set<string>();
  private timer?: Timer;

  constructor(
    private readonly options: {
      fleet: Fleet;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  async of(
    cluster: FleetCluster,
    namespace: string,
  ): Promise<readonly HelmRelease[]> {
    if (!cluster.readsHelmReleases) {
      return [];
    }
    const key = `${cluster.name}/${namespace}`;
    const now = this.options.clock.now();
    const known = this.readings.get(key);
    if (known && now - known.at < KEPT) {
      return known.releases;
    }
    const releases = this.read(cluster, namespace);
    this.readings.set(key, { at: now, releases });
    return releases;
  }

  /** An upgrade gets stuck without any event: calls for every such cluster now and then. @returns stop */
  watch(look: (cluster: string) => void): () => void {
    const again = () => {
      this.timer = this.options.clock.after(KEPT, () => {
        this.options.fleet
          .clusters()
          .filter(({ readsHelmReleases }) => readsHelmReleases)
          .forEach(({ name }) => look(name));
        again();
      });
    };
    again();
    return () => this.timer?.cancel();
  }

  /** That they cannot be read is told once, and is no reason to know nothing else. */
  private async read(
    { client, name }: FleetCluster,
    namespace: string,
  ): Promise<readonly HelmRelease[]> {
    try {
      return await client.helmReleases(namespace);
    } catch (error) {
      if (!this.refused.has(name)) {
        this.refused.add(name);
        this.options.logger.warn(
          `Helm's releases on cluster ${name} cannot be read (akko.clusters[].helmReleases): ${
            (error as Error).message
          }`,
        );
      }
      return [];
    }
  }
}
