import { Sandbox, type SandboxCluster } from '@akko/kube-sandbox';
import { aJob } from '../../testing/kubernetesObjects';

/** Path of the instance in the API. */
export const INSTANCE = '/api/akko/instances/prod/akko/akko';

/** A simulated cluster with one instance, whose minio-init fails once and succeeds when it runs again. */
export class FailedInstance {
  /** What happened to the Job since it was made, such as `DELETED` and its uid. */
  readonly changes: { type: string; uid: string }[] = [];

  private constructor(
    private readonly sandbox: Sandbox,
    readonly cluster: SandboxCluster,
  ) {}

  static async start(): Promise<FailedInstance> {
    const sandbox = await Sandbox.start({
      clusters: [
        {
          name: 'prod',
          namespaces: ['akko'],
          workloads: {
            scenarios: [
              { match: { run: 1 }, duration: 0, exitCode: 1, log: ['denied'] },
              { duration: 0.2, log: ['done'] },
            ],
          },
        },
      ],
    });
    const cluster = sandbox.clusters.get('prod')!;
    const instance = new FailedInstance(sandbox, cluster);
    cluster.store.subscribe(({ type, resource, object }) => {
      if (resource === 'jobs' && type !== 'MODIFIED') {
        instance.changes.push({ type, uid: object.metadata.uid });
      }
    });
    const { metadata, spec } = aJob();
    const template = {
      metadata: { labels: metadata!.labels },
      spec: spec!.template.spec,
    };
    cluster.store.create('jobs', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'akko-minio-init',
        namespace: 'akko',
        labels: metadata!.labels,
      },
      spec: { backoffLimit: 0, template },
    });
    return instance;
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }
}
