import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram, type Ended, type RunOptions } from './runProgram';
import type { KubernetesObject } from './types';

/** Namespace in which the services of an AKKO release run; cases read from it and change nothing. */
export const SERVICES_NAMESPACE = 'akko';

const WAIT_SECONDS = 240;

/** The namespace of one case, and what it takes to break something in it. */
export class CaseContext {
  /** Output of Helm's last failure. */
  helmOutput?: string;
  private readonly cleanups: (() => Promise<unknown>)[] = [];

  constructor(readonly namespace: string, private readonly stop: AbortSignal) {}

  /** Creates objects in the namespace. `create` rather than `apply`, which would leave its own annotation on them. */
  async create(...objects: KubernetesObject[]): Promise<void> {
    const ended = await this.tryToCreate(...objects);
    if (ended.code !== 0) {
      throw new Error(ended.output);
    }
  }

  /** Creates objects that the API server may well refuse. */
  tryToCreate(...objects: KubernetesObject[]): Promise<Ended> {
    return runProgram(
      'kubectl',
      ['--namespace', this.namespace, 'create', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    );
  }

  /** @throws Error with its output, when it ends with another code than 0 */
  async kubectl(...args: string[]): Promise<string> {
    return this.kubectlIn(this.namespace, ...args);
  }

  /** The same in another namespace. */
  async kubectlIn(namespace: string, ...args: string[]): Promise<string> {
    const { code, stdout, output } = await runProgram('kubectl', [
      '--namespace',
      namespace,
      ...args,
    ]);
    if (code !== 0) {
      throw new Error(`kubectl ${args.join(' ')}: ${output}`);
    }
    return stdout;
  }

  /** Runs Helm in the namespace, and keeps what it says where it fails. */
  async helm(
    args: readonly string[],
    values?: object,
    { program = 'helm', ...options }: { program?: string } & RunOptions = {},
  ): Promise<Ended> {
    const ended = await runProgram(
      program,
      ['--namespace', this.namespace, ...args],
      values && JSON.stringify(values),
      options,
    );
    if (ended.code !== 0) {
      this.helmOutput = ended.output;
    }
    return ended;
  }

  /** Items of a kind in the namespace. */
  async list(kind: string): Promise<KubernetesObject[]> {
    return JSON.parse(await this.kubectl('get', kind, '-o', 'json')).items;
  }

  /** Keeps for the end what is outside of the namespace. */
  atEnd(cleanup: () => Promise<unknown>): void {
    this.cleanups.push(cleanup);
  }

  /** Removes what is outside of the namespace. */
  async end(): Promise<void> {
    for (const cleanup of this.cleanups.reverse()) {
      await cleanup();
    }
  }

  /** @throws Error naming what did not come about in time */
  async until(
    what: string,
    check: () => Promise<boolean>,
    seconds = WAIT_SECONDS,
  ): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!(await check())) {
      if (Date.now() > end) {
        throw new Error(`Not within ${seconds} s: ${what}`);
      }
      await sleep(1500, undefined, { signal: this.stop });
    }
  }

  /** Waits until a Job is over; all Jobs of the namespace unless one is named. */
  async jobEnds(name?: string, seconds?: number): Promise<void> {
    await this.until(
      `the end of ${name ?? 'all Jobs'}`,
      async () => {
        const jobs = (await this.list('jobs')).filter(
          ({ metadata }) => !name || metadata.name === name,
        );
        return (
          jobs.length > 0 &&
          jobs.every(({ status }) =>
            status.conditions?.some(
              (condition: any) =>
                ['Complete', 'Failed'].includes(condition.type) &&
                condition.status === 'True',
            ),
          )
        );
      },
      seconds,
    );
  }

  /** Waits for an event, and returns once its count is reached. */
  async eventIsThere(
    reason: string,
    { says = '', count = 1, seconds = WAIT_SECONDS } = {},
  ): Promise<void> {
    await this.until(
      `event ${reason} ${says}`,
      async () => {
        const found = (await this.list('events')).filter(
          event => event.reason === reason && event.message?.includes(says),
        );
        return (
          found.reduce((sum, event) => sum + (event.count ?? 1), 0) >= count
        );
      },
      seconds,
    );
  }

  /** Waits until some container of the namespace waits for this reason. */
  async containerWaits(reason: string): Promise<void> {
    await this.until(`a container that waits: ${reason}`, async () =>
      (
        await this.list('pods')
      ).some(({ status }) =>
        [
          ...(status.initContainerStatuses ?? []),
          ...(status.containerStatuses ?? []),
        ].some(({ state }: any) => state?.waiting?.reason === reason),
      ),
    );
  }

  /** Waits until a Deployment of the namespace is ready. */
  async isReady(deployment: string): Promise<void> {
    await this.kubectl(
      'rollout',
      'status',
      `deployment/${deployment}`,
      `--timeout=${WAIT_SECONDS}s`,
    );
  }
}
