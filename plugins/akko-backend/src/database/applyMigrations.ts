import { setTimeout } from 'node:timers/promises';
import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import type { Knex } from 'knex';

/** How long a replica waits for another one that migrates the same database, in milliseconds. */
const PATIENCE = 30_000;
const PAUSE = 500;
/** Tries after any other failure: two that make knex' own tables at once get in each other's way. */
const TRIES = 3;

const applied = new WeakMap<DatabaseService, Promise<Knex>>();

/** knex does not wait for the lock on its migrations: of two replicas that start at once, it fails one. */
async function latest(client: Knex): Promise<void> {
  const directory = resolvePackagePath(
    '@akko/backstage-plugin-akko-backend',
    'migrations',
  );
  const until = Date.now() + PATIENCE;
  let others = TRIES;
  for (;;) {
    try {
      await client.migrate.latest({ directory });
      return;
    } catch (error) {
      assertError(error);
      const mayPass = error.name === 'MigrationLocked' || --others > 0;
      if (!mayPass || Date.now() > until) {
        throw error;
      }
      await setTimeout(PAUSE);
    }
  }
}

async function migrate(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) {
    await latest(client);
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
