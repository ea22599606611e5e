import { mockServices } from '@backstage/backend-test-utils';
import type { Cluster } from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import type { ClusterAccess, ClusterConfig } from '../../config';
import { createFleet } from '../KubernetesFleet';
import type { FleetCluster, MirrorChange } from '../types';
import { ManualClock, until } from './ManualClock';
import type { ScriptedApiServer } from './ScriptedApiServer';

/** A fleet on a manual clock, with all that it told. */
export class FleetProbe {
  readonly clock = new ManualClock();
  readonly logger = mockServices.logger.mock();
  readonly changes: MirrorChange[] = [];
  readonly states: Cluster[] = [];
  /** How often a cluster was told to be synced. */
  synced = 0;
  readonly fleet;

  constructor(clusters: ClusterConfig[]) {
    this.fleet = createFleet({
      config: { clusters },
      logger: this.logger,
      clock: this.clock,
      random: () => 0.5,
    });
    this.fleet.subscribe({
      onChange: change => this.changes.push(change),
      onClusterState: state => this.states.push(state),
      onSynced: () => {
        this.synced += 1;
      },
    });
  }

  async start(): Promise<this> {
    await this.fleet.start();
    return this;
  }

  async stop(): Promise<void> {
    await this.fleet.stop();
  }

  /** @param name - the first one by default */
  cluster(name?: string): FleetCluster {
    return name ? this.fleet.cluster(name)! : this.fleet.clusters()[0];
  }

  state(name?: string): Cluster {
    return this.cluster(name).state();
  }

  async fresh(name?: string): Promise<void> {
    await until(() => !this.state(name).stale);
  }

  async stale(name?: string): Promise<void> {
    await until(() => this.state(name).stale);
  }

  /** Lets time pass until the condition holds, in steps that are short enough not to touch idle timers. */
  async after(condition: () => boolean): Promise<void> {
    await until(condition, () => this.clock.advance(100));
  }

  async recovered(name?: string): Promise<void> {
    await this.after(() => !this.state(name).stale);
  }

  /** What was told of a Job, by its name or uid. */
  told(job: string): MirrorChange['type'][] {
    return this.of(job).map(({ type }) => type);
  }

  /** How often the end of a Job was told, by its name or uid. */
  ends(job: string): number {
    return this.of(job).filter(
      change =>
        isEnded(change.object as V1Job) && !isEnded(change.previous as V1Job),
    ).length;
  }

  private of(job: string): MirrorChange[] {
    return this.changes.filter(
      ({ kind, object: { metadata } }) =>
        kind === 'jobs' && [metadata?.name, metadata?.uid].includes(job),
    );
  }
}

/** Begins to follow one scripted server as cluster `prod-eu`. */
export function follow(
  server: ScriptedApiServer,
  access: { tokenFile: string } | { token: string } = { token: 'first-token' },
): Promise<FleetProbe> {
  const url: ClusterAccess = { type: 'url', url: server.url, ...access };
  return new FleetProbe([
    { name: 'prod-eu', title: 'EU', access: url },
  ]).start();
}

function isEnded(job?: V1Job): boolean {
  return (
    job?.status?.conditions?.some(
      ({ type, status }) =>
        ['Complete', 'Failed'].includes(type) && status === 'True',
    ) ?? false
  );
}
