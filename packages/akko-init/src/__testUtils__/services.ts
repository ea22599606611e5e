import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { runJobHere, type Outcome, type RunHere } from './runJobHere';

const kubeconfig = process.env.AKKO_SERVICES_KUBECONFIG;
const namespace = process.env.AKKO_SERVICES_NAMESPACE ?? 'akko';

/** `describe` of suites on the real services of a cluster, which are skipped where there is none. */
export const describeOnServices = kubeconfig ? describe : describe.skip;

/** Whether data of the size that people have is backed up (the default), or less of it, for those who wait for the result. */
export const isFullSize = process.env.AKKO_SERVICES_SIZE !== 'small';

/** Where a Service of the cluster is; its cluster IP is reached from the node itself. */
export function hostOf(service: string): string {
  return kubectl('get', 'service', service, '-o', 'jsonpath={.spec.clusterIP}');
}

/** A value of a Secret of the cluster. */
export function secretOf(secret: string, key: string): string {
  const data = JSON.parse(kubectl('get', 'secret', secret, '-o', 'json')).data;
  return Buffer.from(data[key], 'base64').toString('utf8');
}

/** Runs kubectl in the namespace of the services. */
export function kubectl(...args: string[]): string {
  return execFileSync(
    process.env.AKKO_KUBECTL ?? 'kubectl',
    ['--kubeconfig', kubeconfig!, '--namespace', namespace, ...args],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
}

/** A port of this machine on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise(done => server.close(done));
  return port;
}

/** A job, and how to see what it left. */
export interface SteadyState extends RunHere {
  command: string;
  /** Everything of the service that the job may touch, as text that is the same for the same state. */
  dump(): Promise<string>;
}

const RUNS_IN_A_ROW = 20;
const RUNS_AT_ONCE = 5;

/**
 * On a fresh service: five runs at once do no harm, twenty in a row change nothing, nor do five more at once.
 * @returns what the first five reported
 */
export async function expectSteadyState(job: SteadyState): Promise<Outcome[]> {
  const run = () => runJobHere(job.command, job);
  const atOnce = () => Promise.all(Array.from({ length: RUNS_AT_ONCE }, run));
  const first = await atOnce();
  for (const outcome of first) {
    expect({ ...outcome, log: outcome.exitCode ? outcome.log : '' }).toEqual(
      expect.objectContaining({ exitCode: 0, log: '' }),
    );
  }
  const state = await job.dump();
  for (let index = 0; index < RUNS_IN_A_ROW; index++) {
    expectNothingChanged(await run());
  }
  (await atOnce()).forEach(expectNothingChanged);
  expect(await job.dump()).toBe(state);
  return first;
}

/** A run that went well and had nothing to do. */
export function expectNothingChanged({ exitCode, report, log }: Outcome): void {
  expect({
    exitCode,
    created: report?.totals?.created,
    updated: report?.totals?.updated,
    log: exitCode === 0 ? '' : log,
  }).toEqual({ exitCode: 0, created: 0, updated: 0, log: '' });
}
