import { delimiter } from 'node:path';
import type { Processes } from './Processes';
import { SetupError } from './SetupError';

/** The programs whose place can be named. */
export interface Programs {
  kubectl: string;
  /** MinIO's client, not the file manager of the same name. */
  mc: string;
}

interface Needed {
  program: string;
  args: string[];
  /** What it says of itself. */
  says: RegExp;
  nextStep: string;
}

const POSTGRES_STEP =
  'Install the Debian package postgresql-client of the server’s version, name the folder of its programs in AKKO_POSTGRES_BIN, or build the program’s image (`yarn e2e:services`), which has them.';

/** Environment in which the programs are found: PostgreSQL's own folder goes first, where one is named. */
export function searchPath(
  env: Readonly<NodeJS.ProcessEnv>,
): NodeJS.ProcessEnv {
  return {
    ...env,
    PATH: [env.AKKO_POSTGRES_BIN, env.PATH].filter(Boolean).join(delimiter),
  };
}

/** @throws SetupError naming the first program that is missing, and how to get it */
export async function findPrograms(
  processes: Processes,
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<Programs> {
  const kubectl = env.AKKO_KUBECTL ?? 'kubectl';
  const mc = env.AKKO_MC ?? 'mc';
  const needed: Needed[] = [
    {
      program: kubectl,
      args: ['version', '--client'],
      says: /Client Version/,
      nextStep: 'Install it, or name it in AKKO_KUBECTL.',
    },
    {
      program: mc,
      args: ['--version'],
      says: /MinIO/,
      nextStep:
        'Compile MinIO’s client (`go install github.com/minio/mc@latest`), and name it in AKKO_MC where it is not in PATH.',
    },
    {
      program: 'curl',
      args: ['--version'],
      says: /^curl/,
      nextStep: 'Install the Debian package curl.',
    },
    ...['psql', 'pg_dump', 'pg_restore'].map(program => ({
      program,
      args: ['--version'],
      says: /PostgreSQL/,
      nextStep: POSTGRES_STEP,
    })),
  ];
  for (const each of needed) {
    await check(processes, each);
  }
  return { kubectl, mc };
}

async function check(
  processes: Processes,
  { program, args, says, nextStep }: Needed,
): Promise<void> {
  let said: string;
  try {
    said = (await processes.run(program, args)).stdout;
  } catch (error) {
    throw new SetupError(
      `The program ${program} cannot be run: ${(error as Error).message}`,
      nextStep,
    );
  }
  if (!says.test(said)) {
    throw new SetupError(
      `The program ${program} is another one of this name; it says: ${
        said.split('\n')[0]
      }`,
      nextStep,
    );
  }
}

/**
 * `pg_dump` refuses servers that are newer than itself.
 * @param serverVersion - as `server_version_num` tells it: 170012
 * @throws SetupError when the one that is found is older than the server
 */
export async function checkDumpVersion(
  processes: Processes,
  serverVersion: number,
): Promise<void> {
  const { stdout } = await processes.run('pg_dump', ['--version']);
  const client = Number(/\) (\d+)/.exec(stdout)?.[1]);
  const server = Math.floor(serverVersion / 10_000);
  if (!(client >= server)) {
    throw new SetupError(
      `pg_dump ${client} cannot dump a PostgreSQL ${server}.`,
      POSTGRES_STEP,
    );
  }
}
