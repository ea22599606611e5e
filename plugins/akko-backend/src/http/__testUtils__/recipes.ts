import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '../../../../../docs');

/** How a program ended, and what it said. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The blocks of docs/automation.md that a comment `recipe: name` marks, by that name. */
export function readRecipes(): Map<string, string> {
  const text = readFileSync(join(DOCS, 'automation.md'), 'utf8');
  const blocks = text.matchAll(
    /<!-- recipe: (\S+) -->\s+```(?:sh|ts)\n([\s\S]*?)```/g,
  );
  return new Map([...blocks].map(([, name, block]) => [name, block]));
}

/** Path of the script for pipelines. */
export const PIPELINE = join(DOCS, 'examples/bootstrap-pipeline.sh');

/** Programs that the recipes need and that are not here. */
export function missingPrograms(): string[] {
  return ['bash', 'curl', 'awk'].filter(name => !pathOf(name));
}

/** Where a program is; undefined where it is not. */
export function pathOf(program: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', `command -v ${program}`], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
}

/** Runs a program to its end; a failure is no exception here. @param onOutput - hears what it says, as it says it */
export function runProgram(
  command: string,
  args: string[],
  options: { env: NodeJS.ProcessEnv; cwd: string },
  onOutput: (stdout: string) => void = () => {},
): Promise<Ended> {
  return new Promise(resolve => {
    const child = execFile(
      command,
      args,
      { ...options, timeout: 150_000, killSignal: 'SIGKILL' },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
    let said = '';
    child.stdout!.on('data', part => {
      said += part;
      onOutput(said);
    });
  });
}
