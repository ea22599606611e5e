import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement } from '../../scenarios/types';
import { distribution, mebibytes } from '../../statistics';
import { PostgresAdmin } from '../clients/PostgresAdmin';
import { inTurn, medianAndRange, rate } from '../rounds';
import type { ServicesBench } from '../ServicesBench';

const RANDOM_ROWS = 128 * 1024;
const RANDOM_BYTES_PER_ROW = 1024;
const ORDERS = 512 * 1024;

/** A backup of one database, beside `pg_dump` of the same. */
export async function backupPostgres(
  bench: ServicesBench,
): Promise<Measurement[]> {
  const { cluster, tidying, processes, akkoInit, folder } = bench;
  const server = await PostgresAdmin.connect(
    cluster,
    tidying,
    'akko-postgresql-data',
  );
  const database = `${bench.prefix}_backup`;
  const bytes = await createDatabase(bench, server, database);

  const target = join(folder, 'backup-postgres');
  const file = join(folder, 'plain.dump');
  const dumpBy = (subject: string, ...options: string[]) => ({
    subject,
    run: async () => {
      const { milliseconds } = await processes.run(
        'pg_dump',
        ['--format=custom', ...options, `--file=${file}`, database],
        { env: server.env },
      );
      return { milliseconds, size: (await stat(file)).size };
    },
    times: [] as number[],
    size: 0,
  });
  const contenders = [
    {
      subject:
        'akko-init backup postgres (zstd:1, its default; also dumps roles, counts rows, makes checksums, reads the dump back by pg_restore --list)',
      run: async () => {
        const { milliseconds, report } = await akkoInit.run(
          ['backup', 'postgres'],
          {
            servers: [{ name: 'data', ...server.config('POSTGRES_PASSWORD') }],
            databases: { include: [database], exclude: [] },
            target: { type: 'directory', path: target },
            retention: 7,
          },
          { POSTGRES_PASSWORD: server.password },
        );
        return { milliseconds, size: report.backup!.bytes! };
      },
      times: [] as number[],
      size: 0,
    },
    dumpBy('pg_dump --format=custom (gzip, its default; only the dump)'),
    dumpBy(
      'pg_dump --format=custom --compress=zstd:1 (only the dump)',
      '--compress=zstd:1',
    ),
    dumpBy(
      'pg_dump --format=custom --compress=zstd (only the dump)',
      '--compress=zstd',
    ),
  ];
  for (let round = 0; round < bench.rounds; round++) {
    for (const contender of inTurn(contenders, round)) {
      const { milliseconds, size } = await contender.run();
      contender.times.push(milliseconds);
      contender.size = size;
      await rm(target, { recursive: true, force: true });
      await rm(file, { force: true });
    }
  }
  return contenders.map(({ subject, times, size }) => ({
    what: `backup of a database of ${mebibytes(
      bytes,
    )}: ${RANDOM_ROWS} rows of random bytes, ${ORDERS} of orders`,
    subject,
    value: `${rate(
      bytes / 1024 / 1024,
      distribution(times).p50,
      'MiB',
    )}; ${medianAndRange(times)}; file of ${mebibytes(size)}`,
  }));
}

/** Half of what no compression makes smaller, and half of what tables are made of. @returns bytes of its tables */
async function createDatabase(
  { cleanup }: ServicesBench,
  server: PostgresAdmin,
  database: string,
): Promise<number> {
  cleanup.add(`database ${database}`, () => server.dropDatabase(database));
  await server.query(`CREATE DATABASE "${database}"`);
  await server.query(
    `CREATE EXTENSION pgcrypto;
     CREATE TABLE samples AS
       SELECT id, gen_random_bytes(${RANDOM_BYTES_PER_ROW}) AS payload FROM generate_series(1, ${RANDOM_ROWS}) AS id;
     CREATE TABLE orders AS
       SELECT
         id,
         timestamptz '2026-01-01' + id * interval '17 seconds' AS placed_at,
         md5(id::text) AS reference,
         'customer ' || (random() * 20000)::int AS customer,
         (random() * 1000)::numeric(10, 2) AS amount,
         jsonb_build_object(
           'channel', (ARRAY['web', 'branch', 'phone'])[1 + id % 3],
           'items', jsonb_build_array((random() * 5000)::int, (random() * 5000)::int),
           'note', repeat('delivered to the neighbour ', 1 + id % 4)
         ) AS details
       FROM generate_series(1, ${ORDERS}) AS id;
     ALTER TABLE samples ADD PRIMARY KEY (id);
     ALTER TABLE orders ADD PRIMARY KEY (id);
     VACUUM ANALYZE;
     CHECKPOINT;`,
    database,
  );
  return Number(
    await server.query(
      `SELECT pg_table_size('samples') + pg_table_size('orders')`,
      database,
    ),
  );
}
