import {
  identifier,
  type PostgresDatabase,
} from '../../postgres/PostgresServer';
import type { DatabaseContents } from '../manifest';

/** Tables whose rows a dump has: those of extensions are made by their extension. */
const TABLES = `
  SELECT n.nspname AS schema, c.relname AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind = 'r'
     AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
     AND NOT EXISTS (SELECT FROM pg_depend d
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
   ORDER BY n.nspname, c.relname`;

/** What is in a database, as the connection's transaction sees it. Reads every table. */
export async function readContents(
  connection: PostgresDatabase,
): Promise<DatabaseContents> {
  const tables: DatabaseContents['tables'] = [];
  const found = await connection.query<{ schema: string; name: string }>(
    `list the tables of ${connection.name}`,
    TABLES,
  );
  for (const { schema, name } of found) {
    const table = `${identifier(schema)}.${identifier(name)}`;
    const [{ rows }] = await connection.query<{ rows: string }>(
      `count the rows of ${connection.name}'s table ${schema}.${name}`,
      `SELECT count(*) AS rows FROM ONLY ${table}`,
    );
    tables.push({ schema, name, rows: Number(rows) });
  }
  const [{ objects }] = await connection.query<{ objects: string }>(
    `count the large objects of ${connection.name}`,
    'SELECT count(*) AS objects FROM pg_largeobject_metadata',
  );
  const extensions = await connection.query<{ name: string; version: string }>(
    `list the extensions of ${connection.name}`,
    'SELECT extname AS name, extversion AS version FROM pg_extension ORDER BY extname',
  );
  return { tables, largeObjects: Number(objects), extensions };
}
