import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement } from '../../scenarios/types';
import { distribution } from '../../statistics';
import { PostgresAdmin } from '../clients/PostgresAdmin';
import { inTurn, medianAndRange, rate } from '../rounds';
import type { ServicesBench } from '../ServicesBench';

const ROWS = 256 * 1024;
const BYTES_PER_ROW = 1024;
const MEBIBYTES = (ROWS * BYTES_PER_ROW) / 1024 / 1024;

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
  await createDatabase(bench, server, database);

  const target = join(folder, 'backup-postgres');
  const file = join(folder, 'plain.dump');
  const dump = (...options: string[]) =>
    processes.run(
      'pg_dump',
      ['--format=custom', ...options, `--file=${file}`, database],
      { env: server.env },
    );
  const contenders = [
    {
      subject:
        'akko-init backup postgres (zstd, its default; also dumps roles, counts rows, makes checksums, reads the dump back by pg_restore --list)',
      run: () =>
        akkoInit.run(
          ['backup', 'postgres'],
          {
            servers: [{ name: 'data', ...server.config('POSTGRES_PASSWORD') }],
            databases: { include: [database], exclude: [] },
            target: { type: 'directory', path: target },
            retention: 7,
          },
          { POSTGRES_PASSWORD: server.password },
        ),
      times: [] as number[],
    },
    {
      subject: 'pg_dump --format=custom (gzip, its default; only the dump)',
      run: () => dump(),
      times: [] as number[],
    },
    {
      subject: 'pg_dump --format=custom --compress=zstd (only the dump)',
      run: () => dump('--compress=zstd'),
      times: [] as number[],
    },
  ];
  for (let round = 0; round < bench.rounds; round++) {
    for (const { run, times } of inTurn(contenders, round)) {
      times.push((await run()).milliseconds);
      await rm(target, { recursive: true, force: true });
      await rm(file, { force: true });
    }
  }
  return contenders.map(({ subject, times }) => ({
    what: `backup of a database with ${MEBIBYTES} MiB of random bytes in ${ROWS} rows`,
    subject,
    value: `${rate(
      MEBIBYTES,
      distribution(times).p50,
      'MiB',
    )}; ${medianAndRange(times)}`,
  }));
}

/** Random bytes, so that compression costs what it costs and saves nothing. */
async function createDatabase(
  { cleanup }: ServicesBench,
  server: PostgresAdmin,
  database: string,
): Promise<void> {
  cleanup.add(`database ${database}`, () => server.dropDatabase(database));
  await server.query(`CREATE DATABASE "${database}"`);
  await server.query(
    `CREATE EXTENSION pgcrypto;
     CREATE TABLE samples AS
       SELECT id, gen_random_bytes(${BYTES_PER_ROW}) AS payload FROM generate_series(1, ${ROWS}) AS id;
     ALTER TABLE samples ADD PRIMARY KEY (id);
     VACUUM ANALYZE samples;
     CHECKPOINT;`,
    database,
  );
}
