import { spawn } from 'node:child_process';

/** A process that ended well. */
export interface Finished {
  /** From before its start to its end. */
  milliseconds: number;
  stdout: string;
}

/** What a process gets besides its words. */
export interface ProcessOptions {
  env?: Record<string, string>;
  /** Its standard input. */
  input?: string;
}

/** As much of a failed process' words as is told. */
const LONGEST_OUTPUT = 4000;

/** Starts processes with one environment, until it is told to stop. */
export class Processes {
  constructor(
    private readonly env: Readonly<NodeJS.ProcessEnv>,
    private readonly stop?: AbortSignal,
  ) {}

  /** The same, but not stopped: for what must be done at the end. */
  unstoppable(): Processes {
    return new Processes(this.env);
  }

  /** @throws Error with the end of its output, when it ends with another code than 0 or when it is stopped */
  async run(
    command: string,
    args: readonly string[],
    { env, input }: ProcessOptions = {},
  ): Promise<Finished> {
    this.stop?.throwIfAborted();
    const start = performance.now();
    const child = spawn(command, args, {
      env: { ...this.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own, so that what a script started is stopped with it.
      detached: true,
    });
    const kill = () => child.pid && process.kill(-child.pid, 'SIGKILL');
    this.stop?.addEventListener('abort', kill);
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      output += text;
    });
    // A process may end before it has read everything.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const code = await new Promise<number | string | null>(
      (resolve, reject) => {
        child.on('error', reject);
        child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
      },
    ).finally(() => this.stop?.removeEventListener('abort', kill));
    const milliseconds = performance.now() - start;
    this.stop?.throwIfAborted();
    if (code !== 0) {
      throw new Error(
        `${[command, ...args].join(' ')} ended with ${code}:\n${output.slice(
          -LONGEST_OUTPUT,
        )}`,
      );
    }
    return { milliseconds, stdout };
  }
}
