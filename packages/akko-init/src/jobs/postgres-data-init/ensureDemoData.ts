import type { Changes } from '../../core/Changes';
import {
  identifier,
  literal,
  type PostgresDatabase,
} from '../../postgres/PostgresServer';
import type { Demo } from './demo';

/** Demo data and where it goes. */
export interface DemoDataOptions {
  database: { name: string; extensions: readonly string[] };
  demo: Demo;
  /** A connection to the database, or undefined when a plan does not make it. */
  connection?: PostgresDatabase;
  /** Whom the tables shall belong to. */
  owner: string;
}

/**
 * Makes demo data, once in the life of a database: `akko_init.seeds` remembers it. What a person changed or dropped since then stays so, and a table
 * that has one of its names already keeps all of it away.
 */
export async function ensureDemoData(
  { database, demo, connection, owner }: DemoDataOptions,
  changes: Changes,
): Promise<void> {
  const object = {
    kind: 'demo data',
    name: `${database.name}/${demo.schema}`,
  };
  const lacking = demo.extensions.filter(
    extension => !database.extensions.includes(extension),
  );
  if (lacking.length > 0) {
    changes.skipped({
      ...object,
      note: `needs ${lacking.join(', ')}, not among the database's extensions`,
    });
    return;
  }
  const names = Object.keys(demo.tables);
  const there = connection ? await tablesOf(connection, demo) : [];
  if (connection && (await wasMade(connection, demo.schema))) {
    const gone = names.filter(name => !there.includes(name));
    changes.unchanged(
      gone.length > 0
        ? { ...object, note: `${gone.join(', ')}: dropped by hand, stays away` }
        : object,
    );
  } else if (there.length > 0) {
    changes.unchanged({
      ...object,
      note: `${there.join(', ')}: there already, kept`,
    });
  } else {
    await changes.create(object, async () =>
      connection?.transaction(() => make(connection, demo, owner)),
    );
  }
}

async function tablesOf(
  connection: PostgresDatabase,
  { schema, tables }: Demo,
): Promise<string[]> {
  const found = await connection.query<{ relname: string }>(
    `look for tables of the schema ${schema}`,
    `SELECT relname FROM pg_class
      WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND relname = ANY ($2)
      ORDER BY relname`,
    [schema, Object.keys(tables)],
  );
  return found.map(({ relname }) => relname);
}

async function wasMade(
  connection: PostgresDatabase,
  name: string,
): Promise<boolean> {
  const [{ seeds }] = await connection.query<{ seeds: string | null }>(
    'look for akko_init.seeds',
    "SELECT to_regclass('akko_init.seeds') AS seeds",
  );
  const found =
    seeds &&
    (await connection.query(
      'read akko_init.seeds',
      'SELECT FROM akko_init.seeds WHERE name = $1',
      [name],
    ));
  return Boolean(found && found.length > 0);
}

async function make(
  connection: PostgresDatabase,
  { schema, extensions, tables, sql }: Demo,
  owner: string,
): Promise<void> {
  const doing = `make the demo data of ${schema}`;
  await connection.query(
    doing,
    `CREATE SCHEMA IF NOT EXISTS akko_init;
     CREATE TABLE IF NOT EXISTS akko_init.seeds (name text PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now());
     COMMENT ON TABLE akko_init.seeds IS 'AKKO: demo data that was made here. It is not made again while its row is here.';
     INSERT INTO akko_init.seeds (name) VALUES (${literal(schema)});
     CREATE SCHEMA IF NOT EXISTS ${identifier(
       schema,
     )} AUTHORIZATION ${identifier(owner)}`,
  );
  await connection.query(
    doing,
    `SELECT set_config('search_path', concat_ws(', ', $1::text,
       (SELECT string_agg(DISTINCT quote_ident(nspname), ', ')
          FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = ANY ($2))), true)`,
    [identifier(schema), extensions],
  );
  await connection.query(doing, sql);
  for (const [table, about] of Object.entries(tables)) {
    await connection.query(
      doing,
      `COMMENT ON TABLE ${identifier(table)} IS ${literal(
        `AKKO demo data: invented, ${about}`,
      )};
       ALTER TABLE ${identifier(table)} OWNER TO ${identifier(owner)}`,
    );
  }
}
