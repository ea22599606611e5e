import { Sandbox, type SandboxCluster } from '@akko/kube-sandbox';
import type { ClusterConfig } from '../../config';
import { FleetProbe } from './FleetProbe';

/** The namespace of all that is made here. */
export const NAMESPACE = 'akko';

/** What the portal's Role allows it, to observe one namespace. */
const OBSERVER = {
  token: 'observer',
  rules: [
    {
      verbs: ['get', 'list', 'watch'],
      resources: ['jobs', 'cronjobs', 'pods', 'events', 'configmaps'],
      namespaces: [NAMESPACE],
    },
  ],
};

/** Simulated clusters and the fleet that follows them. */
export class SimulatedFleet {
  private constructor(
    private readonly sandbox: Sandbox,
    readonly probe: FleetProbe,
  ) {}

  /** @param as - whose token the fleet has; the observer may only what the portal's Role allows */
  static async start(
    names: string[],
    as: 'administrator' | 'observer' = 'administrator',
    fields: Partial<ClusterConfig> = {},
  ): Promise<SimulatedFleet> {
    const sandbox = await Sandbox.start({
      clusters: names.map(name => ({
        name,
        namespaces: [NAMESPACE],
        tokens: ['administrator', OBSERVER],
      })),
    });
    const probe = new FleetProbe(
      [...sandbox.clusters.values()].map(cluster => ({
        name: cluster.name,
        title: cluster.name,
        access: {
          type: 'url',
          url: cluster.url,
          caData: cluster.caCertificate,
          token: as,
        },
        ...fields,
      })),
    );
    return new SimulatedFleet(sandbox, await probe.start());
  }

  async stop(): Promise<void> {
    await this.probe.stop();
    await this.sandbox.stop();
  }

  server(name: string): SandboxCluster {
    return this.sandbox.clusters.get(name)!;
  }
}

/** @returns the uid */
export function createJob(server: SandboxCluster, name: string): string {
  const template = {
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'akko/init:1' }],
    },
  };
  return server.store.create('jobs', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: NAMESPACE },
    spec: { template },
  }).metadata.uid;
}

export function endJob(
  server: SandboxCluster,
  name: string,
  type: 'Complete' | 'Failed',
): void {
  const condition = {
    type,
    status: 'True',
    lastTransitionTime: '2026-03-01T10:00:00Z',
  };
  server.store.update(
    'jobs',
    NAMESPACE,
    name,
    current => ({ ...current, status: { conditions: [condition] } }),
    { status: true },
  );
}

export function removeJob(server: SandboxCluster, name: string): void {
  server.store.delete('jobs', NAMESPACE, name, {
    propagationPolicy: 'Background',
  });
}
