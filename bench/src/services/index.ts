import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
// A benchmark is no production code either, and needs the same tools as the suites on these services.
// eslint-disable-next-line @backstage/no-forbidden-package-imports, no-restricted-imports
import { providePostgresTools } from '@akko/akko-init/src/__testUtils__/postgresTools';
import { print, say } from '../print';
import { mebibytes } from '../statistics';
import { AkkoInit } from './AkkoInit';
import { backupMinio } from './backups/backupMinio';
import { backupPostgres } from './backups/backupPostgres';
import { bootstrap } from './bootstrap';
import { Cleanup } from './Cleanup';
import { PostgresAdmin } from './clients/PostgresAdmin';
import { Cluster } from './Cluster';
import { Processes } from './Processes';
import { checkDumpVersion, findPrograms, searchPath } from './programs';
import { SetupError } from './SetupError';
import { start } from './start';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SCENARIOS = [start, bootstrap, backupPostgres, backupMinio];

/** Runs every scenario on the services of one cluster, and removes what it made. */
async function main(stop: AbortSignal): Promise<void> {
  if (!process.env.AKKO_POSTGRES_BIN) {
    providePostgresTools();
  }
  const folder = await mkdtemp(join(tmpdir(), 'akko-bench-'));
  const cleanup = new Cleanup();
  cleanup.add(folder, () => rm(folder, { recursive: true, force: true }));
  const env = searchPath({
    ...process.env,
    // The aliases of the person who runs this stay as they are.
    MC_CONFIG_DIR: join(folder, 'mc'),
  });
  const processes = new Processes(env, stop);
  const tidying = processes.unstoppable();
  try {
    const programs = await findPrograms(processes, env);
    const cluster = await Cluster.connect(tidying, programs.kubectl, env);
    await checkDumpVersion(processes, await serverVersion(cluster, tidying));
    say(
      `Node ${process.version}, ${cpus().length} × ${
        cpus()[0].model
      }, ${mebibytes(
        totalmem(),
      )}; load of the last minute ${loadavg()[0].toFixed(
        2,
      )}; medians (with extremes) of ${ROUNDS} rounds`,
    );
    const akkoInit = await AkkoInit.build(processes, folder);
    for (const scenario of SCENARIOS) {
      print(
        await scenario({
          cluster,
          programs,
          processes,
          tidying,
          cleanup,
          akkoInit,
          folder,
          prefix: `bench${randomBytes(3).toString('hex')}`,
          rounds: ROUNDS,
        }),
      );
    }
  } finally {
    await cleanup.run();
  }
}

async function serverVersion(
  cluster: Cluster,
  processes: Processes,
): Promise<number> {
  const server = await PostgresAdmin.connect(
    cluster,
    processes,
    'akko-postgresql-data',
  );
  return Number(await server.query('SHOW server_version_num'));
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => stopping.abort(new Error(`Stopped by ${signal}`)));
}

main(stopping.signal).catch(error => {
  process.stderr.write(
    error instanceof SetupError
      ? `${error.message.trim()}\nNext step: ${error.nextStep}\n`
      : `${error.stack ?? error}\n`,
  );
  process.exitCode = 1;
});
