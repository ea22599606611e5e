import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { JobContext } from '../../core/Job';
import type { Secrets } from '../../core/Secrets';
import { JobError, type ErrorCode } from '../../core/JobError';
import { toolError } from './toolErrors';

/** Programs of PostgreSQL's client. */
export type ToolName = 'pg_dump' | 'pg_dumpall' | 'pg_restore';

/** What the work with tools needs of a job. */
export type ToolContext = Pick<
  JobContext<unknown>,
  'log' | 'secrets' | 'signal'
>;

/** How a tool is started. */
export interface ToolOptions {
  args: readonly string[];
  /** Variables of libpq, with the password; never among the arguments, which everybody on the node can read. */
  env?: Record<string, string>;
  secrets: Secrets;
  signal: AbortSignal;
  /** What it is for, for the words of an error: `dump the database mlflow of akko-postgresql:5432`. */
  doing: string;
  /** What its failure means where its words do not tell; `internal` unless given. */
  otherwise?: ErrorCode;
}

/** A tool that runs. */
export interface RunningTool {
  stdin: Writable;
  stdout: Readable;
  /** Resolves with what it said on its standard error; rejects with a {@link JobError} when it ended in any other way than well. */
  finished: Promise<string>;
  kill(): void;
}

const LONGEST_STDERR = 16 * 1024;
/** A tool that does not end when it is told to. */
const PATIENCE_MILLISECONDS = 3000;

/** Starts a tool, without a shell. It ends with the job's signal. */
export function startTool(tool: ToolName, options: ToolOptions): RunningTool {
  const { args, env, secrets, signal, doing, otherwise } = options;
  signal.throwIfAborted();
  const child = spawn(tool, args, {
    // Nothing else of this program's environment, which has all of its secrets.
    env: {
      PATH: process.env.PATH,
      LC_ALL: 'C.UTF-8',
      ...env,
    },
    stdio: 'pipe',
  });
  const { stdin, stdout, stderr } = child;
  let said = '';
  stderr.setEncoding('utf8').on('data', text => {
    said = (said + text).slice(-LONGEST_STDERR);
  });
  // It may end before it has read everything; its exit code tells whether that was right.
  stdin.on('error', () => {});
  const kill = () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), PATIENCE_MILLISECONDS).unref();
  };
  signal.addEventListener('abort', kill);
  const finished = new Promise<string>((resolve, reject) => {
    child.on('error', error => {
      reject(notThere(tool, error));
    });
    child.on('close', (exitCode, killedBy) => {
      signal.removeEventListener('abort', kill);
      const words = secrets.mask(said.trim());
      if (exitCode === 0) {
        resolve(words);
      } else {
        reject(
          toolError({ tool, doing, otherwise, exitCode, killedBy, words }),
        );
      }
    });
  });
  // Awaited later than it may reject.
  finished.catch(() => {});
  return { stdin, stdout, finished, kill };
}

/** Runs a tool that says little, and returns what it said. */
export async function askTool(
  tool: ToolName,
  options: ToolOptions,
): Promise<string> {
  const running = startTool(tool, options);
  running.stdin.end();
  const [text] = await Promise.all([
    // A tool that cannot be started says so by its end.
    textOf(running.stdout).catch(() => ''),
    running.finished,
  ]);
  return text;
}

/** Ends a tool when it is aborted. */
export function killing(tool: RunningTool): AbortController {
  const stop = new AbortController();
  stop.signal.addEventListener('abort', () => tool.kill());
  return stop;
}

/** Gives a tool its input, of which it may leave a part unread. */
export async function feed(source: Readable, tool: RunningTool): Promise<void> {
  let broken: unknown;
  source.once('error', error => {
    if (!tool.stdin.errored) {
      broken = error;
    }
  });
  await pipeline(source, tool.stdin).catch(() => {});
  if (broken) {
    throw broken;
  }
}

/** Everything of a stream as text. */
export async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk;
  }
  return text;
}

function notThere(tool: ToolName, error: NodeJS.ErrnoException): JobError {
  return new JobError({
    code: 'misconfigured',
    service: 'postgresql',
    message: `${tool} cannot be started: ${
      error.code === 'ENOENT' ? 'it is not there' : error.message
    }.`,
    nextStep:
      "Use the image of akko-init, which has PostgreSQL's client tools; elsewhere install them (Debian: postgresql-client) and have them on PATH.",
    cause: error,
  });
}
