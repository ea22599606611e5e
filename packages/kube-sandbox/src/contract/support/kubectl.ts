import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Path of a kubectl: `AKKO_KUBECTL`, or the one on PATH; undefined where there is none. */
export function findKubectl(): string | undefined {
  const named = process.env.AKKO_KUBECTL;
  if (named) {
    return existsSync(named) ? named : undefined;
  }
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return 'kubectl';
  } catch {
    return undefined;
  }
}

/** What a command printed, and how it ended. */
export interface KubectlResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs kubectl with a kubeconfig file in one namespace. Discovery is cached beside the file, not in the home folder. */
export async function kubectl(
  binary: string,
  { kubeconfig, namespace }: { kubeconfig: string; namespace: string },
  ...command: string[]
): Promise<KubectlResult> {
  const options = [
    `--kubeconfig=${kubeconfig}`,
    `--namespace=${namespace}`,
    `--cache-dir=${kubeconfig}.cache`,
  ];
  const separator = command.indexOf('--');
  const at = separator < 0 ? command.length : separator;
  try {
    const { stdout, stderr } = await run(binary, [
      ...command.slice(0, at),
      ...options,
      ...command.slice(at),
    ]);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as KubectlResult;
    return { code, stdout, stderr };
  }
}
