import type { PostgresDatabase } from '../../postgres/PostgresServer';
import type { DatabaseLocale } from '../manifest';

/** A database that can be dumped. */
export interface FoundDatabase {
  name: string;
  locale: DatabaseLocale;
}

/** All databases that take connections and are no templates; not one whose removal was cut short (connection limit -2). */
export async function listDatabases(
  connection: PostgresDatabase,
): Promise<FoundDatabase[]> {
  // As JSON, because older servers lack some of the columns.
  const rows = await connection.query<{ name: string; row: any }>(
    'list its databases',
    `SELECT datname AS name, to_jsonb(d) || jsonb_build_object('encoding', pg_encoding_to_char(encoding)) AS row
       FROM pg_database d
      WHERE datallowconn AND NOT datistemplate AND datconnlimit <> -2
      ORDER BY datname`,
  );
  return rows.map(({ name, row }) => {
    const locale = row.datlocale ?? row.daticulocale;
    return {
      name,
      locale: {
        encoding: row.encoding,
        collate: row.datcollate,
        ctype: row.datctype,
        provider: row.datlocprovider ?? 'c',
        ...(locale && { locale }),
      },
    };
  });
}

/** Whether there is a database of this name. */
export async function hasDatabase(
  connection: PostgresDatabase,
  name: string,
): Promise<boolean> {
  const rows = await connection.query(
    `look for the database ${name}`,
    'SELECT FROM pg_database WHERE datname = $1',
    [name],
  );
  return rows.length > 0;
}
