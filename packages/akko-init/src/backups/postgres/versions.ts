import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import type { PostgresDatabase } from '../../postgres/PostgresServer';
import { askTool, type ToolName } from './PostgresTool';

/** The version of the server behind a connection, as `17.6`. */
export async function serverVersionOf(
  database: PostgresDatabase,
): Promise<string> {
  const [{ version }] = await database.query<{ version: string }>(
    'tell its version',
    "SELECT split_part(current_setting('server_version'), ' ', 1) AS version",
  );
  return version;
}

/** What a tool says of its version, as `pg_dump (PostgreSQL) 17.6`. */
export async function toolVersionOf(
  tool: ToolName,
  { secrets, signal }: Pick<JobContext<unknown>, 'secrets' | 'signal'>,
): Promise<string> {
  const text = await askTool(tool, {
    args: ['--version'],
    secrets,
    signal,
    doing: 'tell its version',
  });
  return text.trim();
}

/** The major version in a text that says one. */
export function majorOf(version: string): number {
  return Number(/(\d+)/.exec(version)?.[1] ?? 0);
}

/**
 * A tool works with servers of its own major version and older ones.
 * @throws JobError `misconfigured`, when the tool is older
 */
export function requireNewerTool(
  toolVersion: string,
  address: string,
  serverVersion: string,
): void {
  if (majorOf(toolVersion) < majorOf(serverVersion)) {
    throw new JobError({
      code: 'misconfigured',
      service: 'postgresql',
      message: `${toolVersion} is older than PostgreSQL ${serverVersion} at ${address}, and therefore cannot dump it.`,
      nextStep: `Use an image of akko-init with PostgreSQL's client tools ${majorOf(
        serverVersion,
      )} or newer, then run the job again.`,
    });
  }
}
