import type { JobContext } from '../core/Job';
import { JobError } from '../core/JobError';
import type { DatabasesConfig } from './databasesConfig';
import {
  ensureDatabase,
  ensureExtensions,
  ensureSchemas,
} from './ensureDatabase';
import { ensureRoles } from './ensureRoles';
import { PostgresServer, type PostgresDatabase } from './PostgresServer';
import { readScripts, runScripts, type Script } from './runScripts';

/** A database that has been made, as the work that goes on in it sees it. */
export interface PreparedDatabase<Config> {
  /** What the values say of it. */
  config: Config;
  /** A connection to it, or undefined when a plan does not make it. */
  connection?: PostgresDatabase;
  /** Whom it belongs to. */
  owner: string;
}

/**
 * Brings a server to what the values say: roles, databases with extensions and schemas, then scripts. What is there stays as it is. One run at a
 * time works on a server.
 * @param furnish - what else a database gets
 */
export async function prepareServer<Config extends DatabasesConfig>(
  context: JobContext<Config>,
  furnish?: (
    database: PreparedDatabase<Config['databases'][number]>,
  ) => Promise<void>,
): Promise<void> {
  const { config, changes, step } = context;
  const scripts = readScripts(config.scripts);
  const server = new PostgresServer(config.postgresql, context);
  await server.whenReady(async first => {
    step('waiting for another run');
    await first.exclusively('databases', config.deadlineSeconds, async () => {
      await checkDatabases(first, scripts, config);
      step('looking after roles');
      await ensureRoles(first, context);
      for (const database of config.databases) {
        step(`looking after the database ${database.name}`);
        const wanted = database.owner ?? config.ownerRole.name;
        const owner = await ensureDatabase(
          first,
          { name: database.name, owner: wanted },
          changes,
        );
        const inside = async (connection?: PostgresDatabase) => {
          await ensureExtensions(connection ?? first, database, changes, {
            isThere: Boolean(connection),
          });
          await ensureSchemas(connection, database, owner ?? wanted, changes);
          await furnish?.({
            config: database,
            connection,
            owner: owner ?? wanted,
          });
        };
        await (owner === undefined
          ? inside()
          : server.in(database.name, inside));
      }
      await runScripts(server, scripts, context);
    });
  });
}

/** A script for a database that neither is there nor will be is a mistake in the values: told before anything is done. */
async function checkDatabases(
  server: PostgresDatabase,
  scripts: readonly Script[],
  { databases }: DatabasesConfig,
): Promise<void> {
  const found = await server.query<{ datname: string }>(
    'list databases',
    'SELECT datname FROM pg_database WHERE datallowconn',
  );
  const names = [
    ...found.map(({ datname }) => datname),
    ...databases.map(({ name }) => name),
  ];
  const lost = scripts.find(({ database }) => !names.includes(database));
  if (lost) {
    throw new JobError({
      code: 'misconfigured',
      service: 'postgresql',
      message: `The script ${lost.name} is for the database ${lost.database}, which postgresql at ${server.address} does not have and the values do not list.`,
      nextStep:
        'Correct the name of the database in the values, or add the database to them; then run the job again.',
    });
  }
}
