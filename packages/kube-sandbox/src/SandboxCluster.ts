import { SystemClock } from './clock/SystemClock';
import type { Clock } from './clock/types';
import {
  startControllers,
  type WorkloadOptions,
} from './controllers/startControllers';
import type { FaultInjector } from './faults/FaultInjector';
import { kubeconfigOf } from './kubeconfig';
import { ContainerLogs } from './runtime/ContainerLogs';
import type { AccessToken } from './server/access';
import { ApiServer } from './server/ApiServer';
import { createCertificate } from './server/certificate';
import { RequestCounters } from './server/RequestCounters';
import type { ServerContext } from './server/types';
import { InMemoryObjectStore } from './store/InMemoryObjectStore';
import { randomUid, seededRandom } from './store/random';

/** One simulated cluster. */
export interface SandboxClusterOptions {
  name: string;
  /** HTTPS with a certificate of its own; default true. `kubectl` sends tokens over HTTPS only. */
  tls?: boolean;
  /** Default: any free one. It stays the same after {@link SandboxCluster.restart}. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /**
   * Bearer tokens. A text alone may do everything. The first one without rules is {@link SandboxCluster.token};
   * where there is none, one is made.
   */
  tokens?: (string | AccessToken)[];
  /** Namespaces to begin with, beside `default` and the system's own. */
  namespaces?: string[];
  /** How many changes are kept for watches; older ones answer 410. Default 10,000. */
  historyLimit?: number;
  /** Lets Jobs, CronJobs and pods do what they do on a cluster. Absent: objects stay as they are put in. */
  workloads?: WorkloadOptions;
}

const systemNamespaces = [
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
];

/** A running API server with its objects. */
export class SandboxCluster {
  /** The objects themselves: what is changed here is seen by every watch. */
  readonly store: InMemoryObjectStore;
  readonly faults: FaultInjector;
  readonly requests: RequestCounters;
  /** What containers wrote. */
  readonly logs: ContainerLogs;
  /** Allowed everything. */
  readonly token: string;
  private stopWorkloads?: () => void;

  private constructor(
    readonly name: string,
    context: ServerContext & { logs: ContainerLogs },
    private readonly server: ApiServer,
    requests: RequestCounters,
    private readonly tokens: AccessToken[],
    private readonly scheme: 'http' | 'https',
    private readonly host: string,
    private readonly startWorkloads: () => () => void,
    /** PEM; absent without TLS. */
    readonly caCertificate?: string,
  ) {
    this.store = context.store;
    this.logs = context.logs;
    this.requests = requests;
    this.token = tokens.find(({ rules }) => !rules)!.token;
    this.faults = server.faults;
  }

  /** @throws Error when the port cannot be had */
  static async start(
    options: SandboxClusterOptions,
    { clock = new SystemClock(), seed }: { clock?: Clock; seed?: number } = {},
  ): Promise<SandboxCluster> {
    const random = seed === undefined ? Math.random : seededRandom(seed);
    const store = new InMemoryObjectStore({
      clock,
      random,
      historyLimit: options.historyLimit,
    });
    for (const name of [...systemNamespaces, ...(options.namespaces ?? [])]) {
      store.create('namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
    const tokens = (options.tokens ?? []).map(token =>
      typeof token === 'string' ? { token } : token,
    );
    if (tokens.every(({ rules }) => rules)) {
      tokens.push({ token: randomUid(Math.random) });
    }
    const certificate =
      options.tls === false ? undefined : await createCertificate();
    const logs = new ContainerLogs();
    const context = { store, clock, random, logs } satisfies ServerContext;
    const counters = new RequestCounters();
    const host = options.host ?? '127.0.0.1';
    const server = new ApiServer({
      context,
      certificate,
      host,
      port: options.port ?? 0,
      tokens,
      counters,
    });
    const cluster = new SandboxCluster(
      options.name,
      context,
      server,
      counters,
      tokens,
      certificate ? 'https' : 'http',
      host,
      () =>
        options.workloads
          ? startControllers({ ...context, ...options.workloads })
          : () => {},
      certificate?.cert,
    );
    await cluster.restart();
    return cluster;
  }

  /** Without a slash at the end. */
  get url(): string {
    return `${this.scheme}://${this.host}:${this.server.port}`;
  }

  /** How many watches are open now. */
  get openWatches(): number {
    return this.server.openWatches.length;
  }

  /** The text of a kubeconfig whose only context is this cluster. */
  kubeconfig(): string {
    return kubeconfigOf([this]);
  }

  /** Lets one more token in. */
  addToken(token: string | AccessToken): void {
    this.tokens.push(typeof token === 'string' ? { token } : token);
  }

  /** From now on this token is answered 401. */
  revokeToken(token: string): void {
    const index = this.tokens.findIndex(each => each.token === token);
    if (index >= 0) {
      this.tokens.splice(index, 1);
    }
  }

  /** Forgets the past, so that watches and pages of an older resourceVersion answer 410. */
  compact(): void {
    this.store.compact();
  }

  /** Stops the API server and what runs; objects stay. */
  async stop(): Promise<void> {
    this.stopWorkloads?.();
    this.stopWorkloads = undefined;
    await this.server.stop();
  }

  /**
   * Stops the API server, all connections with it, and starts it on the same port with the same objects. What runs is not
   * disturbed; after {@link stop}, controllers start again, too.
   */
  async restart(): Promise<void> {
    await this.server.stop();
    await this.server.start();
    this.stopWorkloads ??= this.startWorkloads();
  }
}
