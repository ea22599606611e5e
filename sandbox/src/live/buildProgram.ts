import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The name by which the chart's containers call the program. */
const PROGRAM = 'akko-init';

/**
 * Bundles the program of the Jobs to one file, as its image does.
 * @param folder - where it goes
 * @returns the folder, to be put on the PATH of processes
 */
export async function buildProgram(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const home = dirname(require.resolve('@akko/akko-init/package.json'));
  await promisify(execFile)(process.execPath, [
    join(home, 'build.mjs'),
    join(folder, PROGRAM),
  ]);
  return folder;
}
