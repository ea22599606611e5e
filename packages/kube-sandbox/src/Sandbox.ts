import { SystemClock } from './clock/SystemClock';
import type { Clock } from './clock/types';
import { kubeconfigOf } from './kubeconfig';
import { SandboxCluster, type SandboxClusterOptions } from './SandboxCluster';

export interface SandboxOptions {
  clusters: SandboxClusterOptions[];
  /** Default: the machine's time. */
  clock?: Clock;
  /** Same seed, same names and uids. Default: random ones. */
  seed?: number;
}

/** Kubernetes clusters in memory, each a real API server on loopback. */
export class Sandbox {
  private constructor(
    /** By name, in the order given. */
    readonly clusters: ReadonlyMap<string, SandboxCluster>,
  ) {}

  /** @throws Error when a name is given twice or a port cannot be had */
  static async start({
    clusters: wanted,
    clock = new SystemClock(),
    seed,
  }: SandboxOptions): Promise<Sandbox> {
    const clusters = new Map<string, SandboxCluster>();
    const sandbox = new Sandbox(clusters);
    try {
      for (const [index, options] of wanted.entries()) {
        if (clusters.has(options.name)) {
          throw new Error(
            `The sandbox has two clusters named "${options.name}". Give each its own name.`,
          );
        }
        clusters.set(
          options.name,
          await SandboxCluster.start(options, {
            clock,
            seed: seed === undefined ? undefined : seed + index,
          }),
        );
      }
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
    return sandbox;
  }

  /** The text of a kubeconfig with one context per cluster, named as the cluster. */
  kubeconfig(): string {
    return kubeconfigOf([...this.clusters.values()]);
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.clusters.values()].map(cluster => cluster.stop()),
    );
  }
}
