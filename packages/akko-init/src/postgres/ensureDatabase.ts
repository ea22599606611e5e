import type { Changes } from '../core/Changes';
import { JobError } from '../core/JobError';
import type { DatabaseConfig } from './databasesConfig';
import { identifier, type PostgresDatabase } from './PostgresServer';

/**
 * Makes a database where it is not there. One that belongs to another role stays with it.
 * @param server - a connection to another database of the server
 * @returns the role that owns it, or undefined for one that a plan does not make
 */
export async function ensureDatabase(
  server: PostgresDatabase,
  { name, owner }: { name: string; owner: string },
  changes: Changes,
): Promise<string | undefined> {
  const database = { kind: 'database', name };
  const find = async () => {
    const [found] = await server.query<{ owner: string }>(
      `look for the database ${name}`,
      'SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1',
      [name],
    );
    return found?.owner;
  };
  const found = await find();
  if (found === undefined) {
    await changes.create(database, () =>
      server.create(
        `create the database ${name}`,
        `CREATE DATABASE ${identifier(name)} OWNER ${identifier(owner)}`,
      ),
    );
    return find();
  }
  changes.unchanged(
    found === owner
      ? database
      : { ...database, note: `belongs to ${found}, kept` },
  );
  return found;
}

/**
 * Makes extensions where they are not there. Versions stay.
 * @param database - the database, or any other of the server when a plan does not make it
 * @param options.isThere - whether `database` is the one that is meant
 * @throws JobError `misconfigured` when the server does not have one
 */
export async function ensureExtensions(
  database: PostgresDatabase,
  { name, extensions }: Pick<DatabaseConfig, 'name' | 'extensions'>,
  changes: Changes,
  { isThere = true } = {},
): Promise<void> {
  const found = await database.query<{
    extension: string;
    installed: string | null;
    available: string | null;
  }>(
    'list extensions',
    `SELECT wanted.extension, e.extversion AS installed, a.default_version AS available
       FROM unnest($1::text[]) WITH ORDINALITY AS wanted (extension, place)
       LEFT JOIN pg_extension e ON e.extname = wanted.extension
       LEFT JOIN pg_available_extensions a ON a.name = wanted.extension
      ORDER BY wanted.place`,
    [extensions],
  );
  for (const { extension, installed, available } of found) {
    const object = { kind: 'extension', name: `${name}/${extension}` };
    if (isThere && installed !== null) {
      changes.unchanged(
        available === null || installed === available
          ? object
          : {
              ...object,
              note: `version ${installed}, kept; the server has ${available}`,
            },
      );
      continue;
    }
    if (available === null) {
      throw notAvailable(extension, name, database.address);
    }
    await changes.create(object, () =>
      database.create(
        `create the extension ${extension} in ${name}`,
        `CREATE EXTENSION ${identifier(extension)} CASCADE`,
      ),
    );
  }
}

/**
 * Makes schemas where they are not there.
 * @param database - the database, or undefined when a plan does not make it
 * @param owner - whom new ones belong to
 */
export async function ensureSchemas(
  database: PostgresDatabase | undefined,
  { name, schemas }: Pick<DatabaseConfig, 'name' | 'schemas'>,
  owner: string,
  changes: Changes,
): Promise<void> {
  const found = await database?.query<{ nspname: string }>(
    'list schemas',
    'SELECT nspname FROM pg_namespace WHERE nspname = ANY ($1)',
    [schemas],
  );
  for (const schema of schemas) {
    const object = { kind: 'schema', name: `${name}/${schema}` };
    if (found?.some(({ nspname }) => nspname === schema)) {
      changes.unchanged(object);
      continue;
    }
    await changes.create(object, async () =>
      database?.create(
        `create the schema ${schema} in ${name}`,
        `CREATE SCHEMA ${identifier(schema)} AUTHORIZATION ${identifier(
          owner,
        )}`,
      ),
    );
  }
}

function notAvailable(
  extension: string,
  database: string,
  address: string,
): JobError {
  return new JobError({
    code: 'misconfigured',
    service: 'postgresql',
    message: `postgresql at ${address} does not have the extension ${extension} that the database ${database} shall get.`,
    nextStep:
      'Use an image of PostgreSQL that has it (the AKKO image has PostGIS, pgvector and plpython3u), or take the extension out of the values; then run the job again.',
  });
}
