import { spawn } from 'node:child_process';

/** How a program ended, and what it said. */
export interface Ended {
  code: number;
  stdout: string;
  /** Standard output and standard error as they came. */
  output: string;
}

/** Where and how long a program runs. */
export interface RunOptions {
  cwd?: string;
  /** Kills it when aborted, as a machine does that goes down. */
  signal?: AbortSignal;
}

/** Runs a program to its end, whatever that is: a failure may be the very thing that is captured. */
export async function runProgram(
  program: string,
  args: readonly string[],
  input = '',
  { cwd, signal }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(program, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  signal?.addEventListener('abort', () => child.kill('SIGKILL'));
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    output += text;
  });
  // A program may end before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', exitCode => resolve(exitCode ?? 1));
  });
  return { code, stdout, output };
}
