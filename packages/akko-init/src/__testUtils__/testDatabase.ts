import type { PostgresPeer } from './PostgresPeer';

/** Makes what a database of AKKO's data server has: geometry, vectors, large objects, and things that need roles. */
export function smallContents(role: string): string {
  return `
  CREATE EXTENSION postgis; CREATE EXTENSION vector;
  CREATE SCHEMA banking;
  CREATE TABLE banking.branches AS
    SELECT n AS id, ST_SetSRID(ST_MakePoint(n % 180, n % 90), 4326) AS place FROM generate_series(1, 5000) n;
  CREATE INDEX ON banking.branches USING gist (place);
  CREATE TABLE banking.texts (id int PRIMARY KEY, words text, embedding vector(64));
  INSERT INTO banking.texts
    SELECT n, 'text ' || n, (SELECT array_agg(sin(n * d))::vector FROM generate_series(1, 64) d) FROM generate_series(1, 2000) n;
  CREATE INDEX ON banking.texts USING hnsw (embedding vector_l2_ops);
  CREATE TABLE banking."odd ""name""" (n int) PARTITION BY RANGE (n);
  CREATE TABLE banking.part PARTITION OF banking."odd ""name""" FOR VALUES FROM (0) TO (100);
  INSERT INTO banking."odd ""name""" SELECT generate_series(0, 99);
  CREATE TABLE banking.events (n bigserial PRIMARY KEY, at timestamptz DEFAULT now());
  CREATE MATERIALIZED VIEW banking.counts AS SELECT count(*) FROM banking.texts;
  ALTER TABLE banking.texts ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own_rows ON banking.texts TO ${role} USING (id < 10);
  CREATE PUBLICATION texts FOR TABLE banking.texts;
  GRANT SELECT ON banking.branches TO ${role};
  SELECT lo_from_bytea(0, convert_to(repeat('large object ' || n, 1000), 'UTF8')) FROM generate_series(1, 50) n;
  REFRESH MATERIALIZED VIEW banking.counts;`;
}

/** A table of about so many MiB that no compression makes smaller. */
export function bulk(mebibytes: number): string {
  return `
    CREATE EXTENSION IF NOT EXISTS pgcrypto;
    CREATE TABLE banking.bulk (id int, payload bytea);
    ALTER TABLE banking.bulk ALTER payload SET STORAGE EXTERNAL;
    INSERT INTO banking.bulk SELECT n, gen_random_bytes(1000) FROM generate_series(1, ${
      mebibytes * 1024
    }) n;`;
}

/** Types of extensions cannot all be hashed. */
const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname), string_agg(
           format(CASE t.typnamespace WHEN 'pg_catalog'::regnamespace THEN '%I' ELSE '%I::text' END, a.attname),
           ', ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
         JOIN pg_type t ON t.oid = a.atttypid
   WHERE c.relkind IN ('r', 'm') AND n.nspname = 'banking'
   GROUP BY n.nspname, c.relname ORDER BY 1`;

/** Number and hash of the rows of every table, and hashes of the large objects: equal for equal databases. */
export async function digestOf(
  peer: PostgresPeer,
  database: string,
): Promise<Record<string, unknown>> {
  const digest: Record<string, unknown> = {};
  for (const [table, columns] of await peer.ask(database, TABLES)) {
    // A sum does not depend on the order of the rows.
    const [row] = await peer.ask(
      database,
      `SELECT count(*), sum(hash_record_extended(ROW(${columns}), 0)::numeric) FROM ${table}`,
    );
    digest[String(table)] = row;
  }
  digest.largeObjects = await peer.ask(
    database,
    'SELECT oid, md5(lo_get(oid)) FROM pg_largeobject_metadata ORDER BY 1',
  );
  return digest;
}
