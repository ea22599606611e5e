import { spawnSync } from 'node:child_process';
import { stringify } from 'yaml';

/** What the API server said. */
export interface Answer {
  code: number | null;
  stdout: string;
  /** Refusals and warnings. */
  stderr: string;
}

/** Runs kubectl on the cluster of the services, to its end, whatever that is. */
export function askApiServer(args: readonly string[], input = ''): Answer {
  const { status, stdout, stderr } = spawnSync(
    process.env.AKKO_KUBECTL ?? 'kubectl',
    ['--kubeconfig', process.env.AKKO_SERVICES_KUBECONFIG!, ...args],
    { input, encoding: 'utf8' },
  );
  return { code: status, stdout, stderr };
}

/** Makes a namespace that enforces Pod Security "restricted", and warns of what would break it. */
export function createRestrictedNamespace(name: string): void {
  const { code, stderr } = askApiServer(
    ['apply', '-f', '-'],
    stringify({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: {
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
      },
    }),
  );
  if (code !== 0) {
    throw new Error(stderr);
  }
}
