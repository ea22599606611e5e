import {
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
  type V1Job,
} from '@kubernetes/client-node';

const flags = 'switches';

/** An AKKO instance of plain Jobs that run a shell, in a namespace of its own on the cluster of KUBECONFIG. */
export class RealInstance {
  readonly release = 'akko';
  readonly namespace = process.env.AKKO_E2E_NAMESPACE!;
  private readonly core: CoreV1Api;
  private readonly batch: BatchV1Api;

  constructor() {
    const config = new KubeConfig();
    config.loadFromDefault();
    this.core = config.makeApiClient(CoreV1Api);
    this.batch = config.makeApiClient(BatchV1Api);
  }

  /** Two jobs that succeed, and `keycloak-clients`, which fails while the switch is not there. */
  async create(): Promise<void> {
    await this.core.createNamespace({
      body: { metadata: { name: this.namespace } },
    });
    for (const job of ['postgres-init', 'minio-init']) {
      await this.createJob(job, [
        'echo "ready"',
        'echo "done: 0 created, 3 unchanged"',
      ]);
    }
    await this.createJob('keycloak-clients', [
      'echo "keycloak: waiting for the switch"',
      'if [ ! -e /switches/keycloak ]; then',
      '  echo "ERROR misconfigured: the switch keycloak is missing"',
      '  exit 1',
      'fi',
      // Long enough for a person to see it run.
      'for step in 1 2 3 4 5; do echo "client $step: updated"; sleep 1; done',
      'echo "done: 0 created, 5 updated"',
    ]);
  }

  /** Removes what makes `keycloak-clients` fail. */
  async turnSwitchOn(): Promise<void> {
    await this.core.createNamespacedConfigMap({
      namespace: this.namespace,
      body: { metadata: { name: flags }, data: { keycloak: 'on' } },
    });
  }

  /** The Jobs of one init job, as Kubernetes has them now. */
  async jobsOf(component: string): Promise<V1Job[]> {
    const { items } = await this.batch.listNamespacedJob({
      namespace: this.namespace,
      labelSelector: `app.kubernetes.io/component=${component}`,
    });
    return items;
  }

  async remove(): Promise<void> {
    await this.core.deleteNamespace({ name: this.namespace });
  }

  private async createJob(component: string, script: string[]): Promise<void> {
    const labels = {
      'app.kubernetes.io/name': 'akko-init',
      'app.kubernetes.io/instance': this.release,
      'app.kubernetes.io/component': component,
      'app.kubernetes.io/part-of': 'akko',
    };
    await this.batch.createNamespacedJob({
      namespace: this.namespace,
      body: {
        metadata: { name: `${this.release}-${component}`, labels },
        spec: {
          backoffLimit: 0,
          template: {
            metadata: { labels },
            spec: {
              restartPolicy: 'Never',
              terminationGracePeriodSeconds: 1,
              containers: [
                {
                  name: `akko-${component}`,
                  image: 'debian:trixie-slim',
                  imagePullPolicy: 'IfNotPresent',
                  command: ['sh', '-c', script.join('\n')],
                  volumeMounts: [{ name: flags, mountPath: '/switches' }],
                },
              ],
              volumes: [
                { name: flags, configMap: { name: flags, optional: true } },
              ],
            },
          },
        },
      },
    });
  }
}
