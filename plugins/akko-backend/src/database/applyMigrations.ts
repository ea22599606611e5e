import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const applied = new WeakMap<DatabaseService, Promise<Knex>>();

async function migrate(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) {
    await client.migrate.latest({
      directory: resolvePackagePath(
        '@akko/backstage-plugin-akko-backend',
        'migrations',
      ),
    });
  }
  return client;
}

/**
 * Brings the plugin's tables up to date, once per database service, also when several stores ask at the same time: knex' migration lock
 * makes the second one fail instead of wait.
 *
 * @returns the client of the migrated database
 */
export function applyMigrations(database: DatabaseService): Promise<Knex> {
  let client = applied.get(database);
  if (!client) {
    client = migrate(database);
    client.catch(() => applied.delete(database));
    applied.set(database, client);
  }
  return client;
}
