import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const LARGEST_OUTPUT = 64 * 1024 * 1024;

/** Runs a program to its end; `input` is what it reads. @returns stdout @throws with what it said on stderr */
export async function run(
  command: string,
  args: readonly string[],
  input = '',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      args,
      { maxBuffer: LARGEST_OUTPUT },
      (error, stdout, stderr) =>
        error
          ? reject(new Error(`${command} ${args[0]} failed: ${stderr}`))
          : resolve(stdout),
    );
    child.stdin?.end(input);
  });
}

/** kubectl on the cluster under test. */
export function kubectl(args: readonly string[], input?: string) {
  return run(
    process.env.AKKO_KUBECTL ?? 'kubectl',
    [...args, '--kubeconfig', process.env.AKKO_SERVICES_KUBECONFIG!],
    input,
  );
}

/** A Service of the cluster at a port of this machine, until it is closed. */
export async function forwardPort(
  namespace: string,
  service: string,
  ports: string,
): Promise<{ close(): Promise<void> }> {
  const child = spawn(
    process.env.AKKO_KUBECTL ?? 'kubectl',
    [
      'port-forward',
      `service/${service}`,
      ports,
      '--namespace',
      namespace,
      '--kubeconfig',
      process.env.AKKO_SERVICES_KUBECONFIG!,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => {
      throw new Error(`kubectl port-forward of ${service} ended at once.`);
    }),
  ]);
  return {
    async close() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Applies objects. */
export async function apply(objects: readonly object[]): Promise<void> {
  await kubectl(
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );
}

/** Makes a namespace, with Pod Security "restricted" where that is asked for. */
export async function createNamespace(
  name: string,
  { restricted = false } = {},
): Promise<void> {
  const labels = restricted
    ? {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      }
    : {};
  await apply([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
  ]);
}
