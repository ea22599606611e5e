import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import {
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
  type V1Job,
} from '@kubernetes/client-node';
import { eventually } from './eventually';

const run = promisify(execFile);

/** A real cluster for suites that are skipped without one. */
export const KUBECONFIG = process.env.AKKO_CLUSTER_KUBECONFIG;
/** The program that stops and restarts parts of that cluster's control plane; suites that break things are skipped without it. */
export const TESTBED = process.env.AKKO_TESTBED;

/** A namespace of its own with one AKKO instance in it, made of plain Jobs that run a shell. */
export class RealInstance {
  readonly release = 'akko';

  private constructor(
    readonly namespace: string,
    readonly context: string,
    private readonly core: CoreV1Api,
    private readonly batch: BatchV1Api,
  ) {}

  static async create(): Promise<RealInstance> {
    const config = new KubeConfig();
    config.loadFromFile(KUBECONFIG!);
    const core = config.makeApiClient(CoreV1Api);
    const namespace = `akko-${randomBytes(4).toString('hex')}`;
    await core.createNamespace({ body: { metadata: { name: namespace } } });
    return new RealInstance(
      namespace,
      config.getCurrentContext(),
      core,
      config.makeApiClient(BatchV1Api),
    );
  }

  /** Path of the instance in the API, on a cluster that is called `real`. */
  get path(): string {
    return `/api/akko/instances/real/${this.namespace}/${this.release}`;
  }

  /** From now on, containers that start find `READY=yes` in their environment. */
  async setReady(): Promise<void> {
    await this.core.createNamespacedConfigMap({
      namespace: this.namespace,
      body: { metadata: { name: 'settings' }, data: { ready: 'yes' } },
    });
  }

  /** Creates a Job of this instance. @param suffix - for several Jobs of one init job */
  async createJob(
    component: string,
    script: string,
    options: { suffix?: string; spec?: Partial<V1Job['spec']> } = {},
  ): Promise<V1Job> {
    const labels = {
      'app.kubernetes.io/name': 'akko-init',
      'app.kubernetes.io/instance': this.release,
      'app.kubernetes.io/component': component,
      'app.kubernetes.io/part-of': 'akko',
    };
    return this.batch.createNamespacedJob({
      namespace: this.namespace,
      body: {
        metadata: {
          name: `${this.release}-${component}${options.suffix ?? ''}`,
          labels,
        },
        spec: {
          backoffLimit: 0,
          ...options.spec,
          template: {
            metadata: { labels },
            spec: {
              restartPolicy: 'Never',
              terminationGracePeriodSeconds: 1,
              containers: [
                {
                  name: component,
                  image: 'debian:trixie-slim',
                  imagePullPolicy: 'IfNotPresent',
                  command: ['sh', '-c', script],
                  env: [
                    {
                      name: 'READY',
                      valueFrom: {
                        configMapKeyRef: {
                          name: 'settings',
                          key: 'ready',
                          optional: true,
                        },
                      },
                    },
                  ],
                },
              ],
            },
          },
        },
      },
    });
  }

  async jobs(): Promise<V1Job[]> {
    const { items } = await this.batch.listNamespacedJob({
      namespace: this.namespace,
    });
    return items;
  }

  async remove(): Promise<void> {
    await this.core.deleteNamespace({
      name: this.namespace,
      propagationPolicy: 'Background',
    });
  }
}

/** Stops parts of the control plane. */
export async function stopPrograms(...programs: string[]): Promise<void> {
  await run(TESTBED!, ['stop', ...programs], { timeout: 60_000 });
}

/**
 * Starts parts of the control plane again, and waits until the node is ready: a kubelet that was without its API server may back off for
 * two minutes before it says so, which is longer than the program itself waits.
 */
export async function restartPrograms(...programs: string[]): Promise<void> {
  const restarted = await run(TESTBED!, ['restart', ...programs], {
    timeout: 240_000,
  }).catch((error: Error) => error);
  const config = new KubeConfig();
  config.loadFromFile(KUBECONFIG!);
  const core = config.makeApiClient(CoreV1Api);
  await eventually(
    `a ready node after ${
      restarted instanceof Error ? restarted.message : 'the restart'
    }`,
    async () =>
      (
        await core.listNode().catch(() => undefined)
      )?.items.flatMap(({ status }) => status?.conditions ?? []),
    conditions =>
      conditions?.some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      ) ?? false,
    240,
  );
}
