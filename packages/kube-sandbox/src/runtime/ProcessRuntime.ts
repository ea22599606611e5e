import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '../clock/types';
import type { Fields } from '../store/strategies/types';
import type { ObjectStore } from '../store/types';
import { environmentOf, isConfigProblem } from './environment';
import { imageProblem } from './ScenarioRuntime';
import type {
  ContainerOutput,
  ContainerStart,
  RunningContainer,
  Runtime,
  StartProblem,
} from './types';
import { writeVolumes } from './volumes';
import { withPaths } from './withPaths';

const START_DELAY = 150;
const MESSAGE_BYTES = 4096;
const DEFAULT_MESSAGE_PATH = '/dev/termination-log';

/**
 * Runs a container's command as a process of this machine: with its environment, values of ConfigMaps and Secrets, and files of its volumes. There
 * is no isolation and no image: paths in command, arguments, environment and files of ConfigMaps that lie in a volume, and the termination message
 * path, are replaced by those of a temporary folder, and programs are the machine's own.
 */
export class ProcessRuntime implements Runtime {
  constructor(private readonly options: { store: ObjectStore; clock: Clock }) {}

  problemOf(start: ContainerStart): StartProblem | undefined {
    const { image = '', command = [], args = [] } = start.container;
    if (/^[^/]*\.invalid(:\d+)?\//.test(image)) {
      return imageProblem(image);
    }
    const environment = environmentOf(start, this.options.store);
    if (isConfigProblem(environment)) {
      return {
        reason: 'CreateContainerConfigError',
        message: environment.problem,
      };
    }
    return command.length + args.length === 0
      ? {
          reason: 'CreateContainerError',
          message:
            'the sandbox runs the command of a container, and this one has none',
        }
      : undefined;
  }

  startDelayOf(): number {
    return START_DELAY;
  }

  start(start: ContainerStart, output: ContainerOutput): RunningContainer {
    const { container } = start;
    const folder = mkdtempSync(join(tmpdir(), 'kube-sandbox-'));
    const messageFile = join(folder, 'termination-log');
    const paths = new Map([
      ...writeVolumes(start, this.options.store, folder),
      [container.terminationMessagePath ?? DEFAULT_MESSAGE_PATH, messageFile],
    ]);
    const here = (text: string) => withPaths(text, paths);
    const environment = environmentOf(start, this.options.store);
    const env = isConfigProblem(environment) ? {} : environment.env;
    const [program, ...args] = [
      ...(container.command ?? []),
      ...(container.args ?? []),
    ].map((word: string) => here(expand(word, env)));
    const child = spawn(program, args, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        HOSTNAME: start.pod.metadata.name,
        ...Object.fromEntries(
          Object.entries(env).map(([name, value]) => [name, here(value)]),
        ),
      },
    });
    this.watch(child, container, messageFile, folder, output);
    return { stop: seconds => this.end(child, seconds) };
  }

  private watch(
    child: ChildProcess,
    container: Fields,
    messageFile: string,
    folder: string,
    output: ContainerOutput,
  ): void {
    const last: string[] = [];
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', text => {
        output.line(text);
        last.push(text);
        if (last.length > 80) {
          last.shift();
        }
      });
    }
    let hasEnded = false;
    const end = (exitCode: number, message?: string, signal?: number) => {
      if (!hasEnded) {
        hasEnded = true;
        rmSync(folder, { recursive: true, force: true });
        output.end({ exitCode, message, signal });
      }
    };
    child.on('error', error =>
      end(127, `failed to start the container's process: ${error.message}`),
    );
    child.on('close', (code, signal) => {
      const number = signal ? constants.signals[signal] : undefined;
      const exitCode = code ?? 128 + (number ?? 0);
      end(exitCode, messageOf(container, messageFile, exitCode, last), number);
    });
  }

  private end(child: ChildProcess, graceSeconds: number): void {
    signalGroup(child, 'SIGTERM');
    const force = this.options.clock.after(graceSeconds * 1000, () =>
      signalGroup(child, 'SIGKILL'),
    );
    child.once('close', () => force.cancel());
  }
}

function messageOf(
  container: Fields,
  file: string,
  exitCode: number,
  last: string[],
): string | undefined {
  let message = '';
  try {
    message = readFileSync(file).subarray(0, MESSAGE_BYTES).toString('utf8');
  } catch {
    // Most programs write none.
  }
  const wantsLog =
    container.terminationMessagePolicy === 'FallbackToLogsOnError';
  if (!message && wantsLog && exitCode !== 0) {
    return last.join('\n').slice(-2048);
  }
  return message || undefined;
}

/** The shell of a container starts children of its own: all of them get the signal. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal);
  } catch {
    // It has ended already.
  }
}

/** `$(NAME)`, as the kubelet expands it. */
function expand(text: string, env: Record<string, string>): string {
  return text.replace(/\$\(([\w.-]+)\)/g, (whole, name) => env[name] ?? whole);
}
