import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '@akko/backstage-plugin-akko-common';
import type { Processes } from './Processes';

/** A run of the program. */
export interface Run {
  milliseconds: number;
  report: Report;
}

/** The program of the Jobs: bundled to one file as in its image, and a process per job as in a pod. */
export class AkkoInit {
  private runs = 0;

  private constructor(
    private readonly processes: Processes,
    private readonly folder: string,
    private readonly bundle: string,
  ) {}

  /** @param folder - for the bundle, and for configurations and reports */
  static async build(processes: Processes, folder: string): Promise<AkkoInit> {
    const bundle = join(folder, 'akko-init.cjs');
    await processes.run(process.execPath, [
      require.resolve('@akko/akko-init/build.mjs'),
      bundle,
    ]);
    return new AkkoInit(processes, folder, bundle);
  }

  /** Starts it for nothing but its version: what every run pays before its work. @returns milliseconds */
  async start(): Promise<number> {
    const { milliseconds } = await this.processes.run(process.execPath, [
      this.bundle,
      '--version',
    ]);
    return milliseconds;
  }

  /**
   * @param words - of the command, as `['backup', 'postgres']`
   * @throws Error with its log, when it fails
   */
  async run(
    words: string[],
    config: object,
    env: Record<string, string>,
  ): Promise<Run> {
    const name = `${this.runs++}-${words.join('-')}`;
    const configFile = join(this.folder, `${name}-config.json`);
    const reportFile = join(this.folder, `${name}-report.json`);
    await writeFile(configFile, JSON.stringify(config));
    const { milliseconds } = await this.processes.run(
      process.execPath,
      [this.bundle, ...words, '--config', configFile],
      { env: { ...env, AKKO_INIT_REPORT_FILE: reportFile } },
    );
    return {
      milliseconds,
      report: JSON.parse(await readFile(reportFile, 'utf8')),
    };
  }
}
