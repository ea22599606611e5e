import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Report } from '@akko/backstage-plugin-akko-common';
import { runProgram } from '../cli';

/** What a run left. */
export interface Outcome {
  exitCode: number;
  /** Missing when the program ended before it knew which job it is. */
  report?: Report;
  log: string;
}

/** How the program is run. */
export interface RunHere {
  config?: unknown;
  env?: Record<string, string>;
  /** More words, as `--plan`. */
  args?: string[];
  stop?: AbortSignal;
}

/** Runs the program in this process, from its words to its report. */
export async function runJobHere(
  command: string,
  { config, env, args = [], stop }: RunHere = {},
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'akko-init-'));
  const configFile = join(folder, 'config.json');
  const reportFile = join(folder, 'report.json');
  let log = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log += chunk;
      done();
    },
  });
  try {
    if (config !== undefined) {
      writeFileSync(configFile, JSON.stringify(config));
    }
    const exitCode = await runProgram(
      [
        ...command.split(' '),
        ...(config === undefined ? [] : ['--config', configFile]),
        ...args,
      ],
      {
        env: { ...env, AKKO_INIT_REPORT_FILE: reportFile },
        stop: stop ?? new AbortController().signal,
        stream,
      },
    );
    return { exitCode, report: reportOf(reportFile), log };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The report in a file, if there is one. */
export function reportOf(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
