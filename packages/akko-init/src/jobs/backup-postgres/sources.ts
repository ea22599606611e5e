import { isScratchName } from '../../backups/backupId';
import { isChosen, missingOf } from '../../backups/chosen';
import {
  listDatabases,
  type FoundDatabase,
} from '../../backups/postgres/databases';
import {
  requireNewerTool,
  serverVersionOf,
} from '../../backups/postgres/versions';
import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { PostgresServer } from '../../postgres/PostgresServer';
import type { BackupPostgresConfig } from './config';

/** A server, and what is dumped of it. */
export interface Source {
  config: BackupPostgresConfig['servers'][number];
  server: PostgresServer;
  version: string;
  databases: FoundDatabase[];
}

/**
 * Looks at every server before the first dump, so that a backup fails at once when one of them cannot be reached.
 * @throws JobError `not-found`, when a database that is asked for by name is on none of them
 */
export async function findSources(
  context: JobContext<BackupPostgresConfig>,
  toolVersion: string,
): Promise<Source[]> {
  const { config, changes } = context;
  const sources: Source[] = [];
  const there: string[] = [];
  for (const { name, ...rest } of config.servers) {
    const server = new PostgresServer(rest, context);
    const { version, found } = await server.whenReady(async connection => ({
      version: await serverVersionOf(connection),
      found: await listDatabases(connection),
    }));
    requireNewerTool(toolVersion, server.address, version);
    there.push(...found.map(database => database.name));
    const databases = found.filter(database => {
      if (isScratchName(database.name)) {
        changes.skipped({
          kind: 'database dump',
          name: `${name}/${database.name}`,
          note: 'the scratch of a restore drill',
        });
        return false;
      }
      return isChosen(config.databases, database.name);
    });
    sources.push({ config: { name, ...rest }, server, version, databases });
  }
  const missing = missingOf(config.databases, there);
  if (missing.length > 0) {
    throw new JobError({
      code: 'not-found',
      service: 'postgresql',
      message: `There is no database ${missing.join(', ')} on ${sources
        .map(({ server }) => server.address)
        .join(' or ')}.`,
      nextStep:
        'Correct databases.include in the values, or create it; then run the job again.',
    });
  }
  return sources;
}
