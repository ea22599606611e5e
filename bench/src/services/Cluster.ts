import type { Processes } from './Processes';
import { SetupError } from './SetupError';

/** The cluster with the services of an AKKO release. */
export class Cluster {
  private constructor(
    private readonly processes: Processes,
    /** What kubectl needs to find the services: also for those who call it from a script. */
    readonly kubectlEnv: Record<'KUBECTL' | 'KUBECONFIG' | 'NAMESPACE', string>,
  ) {}

  /** @throws SetupError when there is no cluster, or none of its services */
  static async connect(
    processes: Processes,
    kubectlProgram: string,
    env: Readonly<NodeJS.ProcessEnv>,
  ): Promise<Cluster> {
    const kubeconfig = env.AKKO_SERVICES_KUBECONFIG;
    if (!kubeconfig) {
      throw new SetupError(
        'No cluster with the services is named: AKKO_SERVICES_KUBECONFIG is not set.',
        'Start one (`testbed up`, then `testbed services up`) and set AKKO_SERVICES_KUBECONFIG to its kubeconfig.',
      );
    }
    const namespace = env.AKKO_SERVICES_NAMESPACE ?? 'akko';
    const cluster = new Cluster(processes, {
      KUBECTL: kubectlProgram,
      KUBECONFIG: kubeconfig,
      NAMESPACE: namespace,
    });
    try {
      await cluster.kubectl('get', 'services', '--request-timeout=10s');
    } catch (error) {
      throw new SetupError(
        `The cluster of ${kubeconfig} does not answer: ${
          (error as Error).message
        }`,
        'Start it, or set AKKO_SERVICES_KUBECONFIG to the kubeconfig of one that runs.',
      );
    }
    return cluster;
  }

  /**
   * The address of a Service, which is reached from this machine itself.
   * @throws SetupError when there is none of the name
   */
  async hostOf(service: string): Promise<string> {
    return this.named(
      `Service ${service}`,
      this.kubectl(
        'get',
        'service',
        service,
        '-o',
        'jsonpath={.spec.clusterIP}',
      ),
    );
  }

  /** @throws SetupError when there is no such Secret */
  async secretOf(secret: string, key: string): Promise<string> {
    const text = await this.named(
      `Secret ${secret}`,
      this.kubectl('get', 'secret', secret, '-o', 'json'),
    );
    return Buffer.from(JSON.parse(text).data[key], 'base64').toString('utf8');
  }

  private async named(what: string, answer: Promise<string>): Promise<string> {
    try {
      return await answer;
    } catch (error) {
      const { NAMESPACE } = this.kubectlEnv;
      throw new SetupError(
        `${what} is not in the namespace ${NAMESPACE}: ${
          (error as Error).message
        }`,
        'Start the services (`testbed services up`), or name another namespace in AKKO_SERVICES_NAMESPACE.',
      );
    }
  }

  private async kubectl(...args: string[]): Promise<string> {
    const { KUBECTL, KUBECONFIG, NAMESPACE } = this.kubectlEnv;
    const { stdout } = await this.processes.run(KUBECTL, [
      '--kubeconfig',
      KUBECONFIG,
      '--namespace',
      NAMESPACE,
      ...args,
    ]);
    return stdout;
  }
}
