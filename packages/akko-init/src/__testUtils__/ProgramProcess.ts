import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '@akko/backstage-plugin-akko-common';
import { reportOf } from './runJobHere';

/** How a process ended. */
export interface Ending {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  report?: Report;
  log: string;
}

// eslint-disable-next-line no-restricted-syntax -- never part of a build
const PACKAGE = join(__dirname, '../..');
let bundle: string | undefined;

/** The program as a process of its own, as in a pod, so that it can be killed. */
export class ProgramProcess {
  private readonly folder = mkdtempSync(join(tmpdir(), 'akko-init-'));
  private readonly child: ChildProcess;
  private log = '';
  /** When it has ended. */
  readonly ended: Promise<Ending>;

  constructor(command: string, config: unknown, env: Record<string, string>) {
    const configFile = join(this.folder, 'config.json');
    const reportFile = join(this.folder, 'report.json');
    writeFileSync(configFile, JSON.stringify(config));
    this.child = spawn(
      process.execPath,
      [bundleOf(), ...command.split(' '), '--config', configFile],
      {
        env: {
          PATH: process.env.PATH,
          AKKO_INIT_REPORT_FILE: reportFile,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', chunk => {
        this.log += chunk;
      });
    }
    this.ended = new Promise(resolve => {
      this.child.on('close', (exitCode, signal) => {
        const report = reportOf(reportFile);
        rmSync(this.folder, { recursive: true, force: true });
        resolve({ exitCode, signal, report, log: this.log });
      });
    });
  }

  /** Runs it to its end. */
  static run(
    command: string,
    config: unknown,
    env: Record<string, string>,
  ): Promise<Ending> {
    return new ProgramProcess(command, config, env).ended;
  }

  /** Sends a signal as soon as a condition holds, and waits for the end. */
  async killWhen(
    condition: () => boolean | Promise<boolean>,
    signal: NodeJS.Signals,
  ): Promise<Ending> {
    const state = { isOver: false };
    this.ended.then(() => {
      state.isOver = true;
    });
    while (!state.isOver && !(await condition())) {
      await new Promise(done => setTimeout(done, 10));
    }
    this.child.kill(signal);
    return this.ended;
  }
}

function bundleOf(): string {
  if (!bundle) {
    bundle = join(mkdtempSync(join(tmpdir(), 'akko-bundle-')), 'akko-init.cjs');
    execFileSync(process.execPath, [join(PACKAGE, 'build.mjs'), bundle]);
  }
  return bundle;
}
