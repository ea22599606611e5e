import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Clock } from '../../clock/types';
import { Sandbox } from '../../Sandbox';
import { ApiClient, type Connection } from './ApiClient';

/** What the tests of the contract run on. */
export interface ContractTarget {
  readonly api: ApiClient;
  /** Of this file and run alone; removed at the end. */
  readonly namespace: string;
  /** The text of a kubeconfig file for it. */
  readonly kubeconfig: string;
  /** Rather than the sandbox. */
  readonly isReal: boolean;
  /** `/api/v1/namespaces/<namespace>/<rest>`. */
  core(rest: string): string;
  /** `/apis/batch/v1/namespaces/<namespace>/<rest>`. */
  batch(rest: string): string;
}

const realKubeconfig = process.env.AKKO_CONTRACT_KUBECONFIG;

/** Slower than the sandbox: images start, controllers take their time. */
const timeout = 90_000;

class Target implements ContractTarget {
  private client?: ApiClient;
  namespace = '';
  kubeconfig = '';

  constructor(readonly isReal: boolean) {}

  get api(): ApiClient {
    return this.client!;
  }

  async open(kubeconfig: string): Promise<void> {
    this.kubeconfig = kubeconfig;
    this.client = new ApiClient(connectionOf(kubeconfig));
    const created = await this.client.post('/api/v1/namespaces', {
      metadata: { generateName: 'contract-' },
    });
    if (created.status !== 201) {
      throw new Error(`No namespace for the contract: ${created.text}`);
    }
    this.namespace = created.body.metadata.name;
    await this.waitForAccount();
  }

  core(rest: string): string {
    return `/api/v1/namespaces/${this.namespace}/${rest}`;
  }

  batch(rest: string): string {
    return `/apis/batch/v1/namespaces/${this.namespace}/${rest}`;
  }

  // Pods cannot be made before a controller has made their service account.
  private async waitForAccount(): Promise<void> {
    const watch = await this.api.stream(
      this.core(
        'serviceaccounts?watch=true&fieldSelector=metadata.name=default',
      ),
    );
    await watch.event(({ type }) => type === 'ADDED');
    watch.close();
  }
}

export interface ContractOptions {
  /** Where something is missing that the tests need on both servers. */
  skip?: boolean;
  /** Of the sandbox. */
  clock?: Clock;
}

/**
 * Describes behaviour that the sandbox and a real API server share. Runs on the sandbox always, and on the real one
 * where `AKKO_CONTRACT_KUBECONFIG` names a kubeconfig file. Where they differ, the sandbox is wrong.
 */
export function describeContract(
  title: string,
  tests: (target: ContractTarget) => void,
  { skip = false, clock }: ContractOptions = {},
): void {
  jest.setTimeout(timeout);

  const describeSandbox = skip ? describe.skip : describe;
  describeSandbox(`${title} (sandbox)`, () => {
    const target = new Target(false);
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await Sandbox.start({
        clusters: [{ name: 'contract', workloads: { processes: true } }],
        clock,
      });
      const cluster = sandbox.clusters.get('contract')!;
      await target.open(cluster.kubeconfig());
    }, timeout);
    afterAll(async () => {
      target.api.close();
      await sandbox.stop();
    }, timeout);
    tests(target);
  });

  const describeReal = realKubeconfig && !skip ? describe : describe.skip;
  describeReal(`${title} (real API server)`, () => {
    const target = new Target(true);
    beforeAll(async () => {
      await target.open(readFileSync(realKubeconfig!, 'utf8'));
    }, timeout);
    afterAll(async () => {
      await target.api.delete(`/api/v1/namespaces/${target.namespace}`);
      target.api.close();
    }, timeout);
    tests(target);
  });
}

function connectionOf(kubeconfig: string): Connection {
  const config = parse(kubeconfig);
  const context = config.contexts.find(
    (each: any) => each.name === config['current-context'],
  ).context;
  const { cluster } = config.clusters.find(
    (each: any) => each.name === context.cluster,
  );
  const { user } = config.users.find((each: any) => each.name === context.user);
  const decode = (text?: string) =>
    text && Buffer.from(text, 'base64').toString('utf8');
  return {
    url: cluster.server,
    ca: decode(cluster['certificate-authority-data'])!,
    token: user.token,
    cert: decode(user['client-certificate-data']),
    key: decode(user['client-key-data']),
  };
}
