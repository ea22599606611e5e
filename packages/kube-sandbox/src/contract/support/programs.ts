import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The path that a variable names, or the program where it is on PATH; undefined where there is none. */
export function findProgram(
  program: string,
  variable: string,
): string | undefined {
  const named = process.env[variable];
  if (named) {
    return existsSync(named) ? named : undefined;
  }
  const isOnPath = (process.env.PATH ?? '')
    .split(delimiter)
    .some(folder => existsSync(join(folder, program)));
  return isOnPath ? program : undefined;
}

/** What a command printed, and how it ended. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, whatever that is. */
export async function runProgram(
  binary: string,
  command: string[],
): Promise<CommandResult> {
  try {
    const { stdout, stderr } = await run(binary, command);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as CommandResult;
    return { code, stdout, stderr };
  }
}

/** Runs kubectl with a kubeconfig file in one namespace. Discovery is cached beside the file, not in the home folder. */
export async function kubectl(
  binary: string,
  { kubeconfig, namespace }: { kubeconfig: string; namespace: string },
  ...command: string[]
): Promise<CommandResult> {
  const separator = command.indexOf('--');
  const at = separator < 0 ? command.length : separator;
  return runProgram(binary, [
    ...command.slice(0, at),
    `--kubeconfig=${kubeconfig}`,
    `--namespace=${namespace}`,
    `--cache-dir=${kubeconfig}.cache`,
    ...command.slice(at),
  ]);
}
