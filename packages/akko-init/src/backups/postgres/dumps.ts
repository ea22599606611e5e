import type { PostgresServer } from '../../postgres/PostgresServer';
import type { PostgresConfig } from '../../postgres/postgresConfig';
import type { BackupDraft, StoredFile } from '../BackupStore';
import type { DatabaseContents } from '../manifest';
import { together } from '../together';
import { libpqEnvironment } from './connection';
import { readContents } from './contents';
import {
  killing,
  startTool,
  type ToolContext,
  type ToolName,
  type ToolOptions,
} from './PostgresTool';

/** Times that a server may set for its sessions; the snapshot has to be held as long as the dump takes. */
const WITHOUT_TIMEOUTS = `
  SELECT set_config(name, '0', false) FROM pg_settings
   WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout')`;

/** Dumps roles and tablespaces of a server, as SQL. */
export async function dumpGlobals(
  config: PostgresConfig,
  draft: BackupDraft,
  file: string,
  context: ToolContext,
): Promise<StoredFile> {
  const { secrets } = context;
  return writeOutput('pg_dumpall', draft, file, context, {
    args: ['--globals-only', '--no-password', `--database=${config.database}`],
    env: libpqEnvironment(config, secrets, config.database),
    doing: `dump the roles of postgresql at ${config.host}:${config.port}`,
  });
}

/**
 * Dumps a database, and reads what is in it from the same snapshot, so that the numbers are exact although others write meanwhile.
 * @param lockSeconds - how long to wait for a table that somebody else has locked
 */
export async function dumpDatabase(
  server: PostgresServer,
  config: PostgresConfig,
  options: {
    database: string;
    compression: string;
    lockSeconds: number;
    draft: BackupDraft;
    file: string;
  },
  context: ToolContext,
): Promise<{ stored: StoredFile; contents: DatabaseContents }> {
  const { database, compression, lockSeconds, draft, file } = options;
  return server.in(database, async connection => {
    await connection.query('switch off timeouts', WITHOUT_TIMEOUTS);
    await connection.query(
      'begin a transaction',
      'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    );
    const [{ snapshot }] = await connection.query<{ snapshot: string }>(
      'export a snapshot',
      'SELECT pg_export_snapshot() AS snapshot',
    );
    const stop = new AbortController();
    const [stored, contents] = await together(stop, [
      writeOutput(
        'pg_dump',
        draft,
        file,
        {
          ...context,
          signal: AbortSignal.any([context.signal, stop.signal]),
        },
        {
          args: [
            '--format=custom',
            `--compress=${compression}`,
            `--snapshot=${snapshot}`,
            `--lock-wait-timeout=${Math.ceil(lockSeconds * 1000)}`,
            '--no-password',
          ],
          env: libpqEnvironment(config, context.secrets, database),
          doing: `dump the database ${database} of postgresql at ${server.address}`,
        },
      ),
      readContents(connection),
    ]);
    return { stored, contents };
  });
}

async function writeOutput(
  name: ToolName,
  draft: BackupDraft,
  file: string,
  { log, secrets, signal }: ToolContext,
  options: Pick<ToolOptions, 'args' | 'env' | 'doing'>,
): Promise<StoredFile> {
  const tool = startTool(name, { ...options, secrets, signal });
  tool.stdin.end();
  const [stored, words] = await together(killing(tool), [
    draft.write(file, tool.stdout),
    tool.finished,
  ]);
  if (words) {
    log.warn(`${name}, which was to ${options.doing}, said: ${words}`);
  }
  return stored;
}
