import { chooseBackup } from '../../backups/chooseBackup';
import type { BackupStore, StoredBackup } from '../../backups/BackupStore';
import {
  postgresManifest,
  type DatabaseItem,
  type PostgresManifest,
} from '../../backups/manifest';
import { openStore } from '../../backups/openStore';
import { compareContents } from '../../backups/postgres/compareContents';
import { readContents } from '../../backups/postgres/contents';
import { listDump, restoreDump } from '../../backups/postgres/restores';
import {
  majorOf,
  serverVersionOf,
  toolVersionOf,
} from '../../backups/postgres/versions';
import { secondsOf } from '../../backups/secondsOf';
import { damagedBackup, verifyFiles } from '../../backups/verifyFiles';
import { defineJob, type JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import {
  PostgresServer,
  type PostgresDatabase,
} from '../../postgres/PostgresServer';
import { drillPostgresConfig, type DrillPostgresConfig } from './config';
import { ScratchDatabases } from './ScratchDatabases';

/**
 * Proves a backup of PostgreSQL, level by level: checksums of all files, readable tables of contents, and every database restored into one that is
 * dropped afterwards, with the rows, large objects and extensions of the moment of its dump. Roles are not restored: they belong to a whole server.
 */
export const drillPostgres = defineJob({
  name: 'drill-postgres',
  command: ['drill', 'postgres'],
  summary: 'Proof of a backup: restored into scratch databases and compared',
  config: drillPostgresConfig,
  run: async context => {
    const { config, changes, signal, step, worksOn } = context;
    const toolVersion = await toolVersionOf('pg_restore', context);
    const store = openStore(config.target, postgresManifest, context);
    step(`looking for the backup at ${store.location}`);
    const backup = await chooseBackup(store, config.backup);
    const { id, manifest, sha256 } = backup;
    worksOn({ id, location: store.locationOf(id) });
    const databases = manifest.items.filter(item => item.type === 'database');
    if (changes.plan) {
      for (const item of databases) {
        await changes.create(restoreOf(item, id), async () => {});
      }
      return {};
    }
    requireReader(toolVersion, manifest);
    step(`comparing the checksums of the backup ${id}`);
    await verifyFiles(store, backup, signal);
    const server = new PostgresServer(config.scratch, context);
    const { serverVersion, restoreSeconds } = await server.whenReady(
      async connection => ({
        serverVersion: await requireNewEnough(connection, server, manifest),
        restoreSeconds: await restoreAll(
          context,
          { store, backup, databases },
          server,
          connection,
        ),
      }),
    );
    return {
      backup: {
        id,
        location: store.locationOf(id),
        sha256,
        bytes: manifest.items.reduce((sum, { bytes }) => sum + bytes, 0),
        items: databases.map(item => ({
          name: nameOf(item),
          bytes: item.bytes,
          sha256: item.sha256,
        })),
        itemCount: databases.length,
        verified: true,
        level: 'restored',
        toolVersion,
        serverVersion,
        restoreSeconds,
      },
    };
  },
});

/** What is to be restored. */
interface Drill {
  store: BackupStore<PostgresManifest>;
  backup: StoredBackup<PostgresManifest>;
  databases: readonly DatabaseItem[];
}

/** @returns the seconds that restoring took, without the comparison */
async function restoreAll(
  context: JobContext<DrillPostgresConfig>,
  { store, backup: { id }, databases }: Drill,
  server: PostgresServer,
  connection: PostgresDatabase,
): Promise<number> {
  const { changes, config, step } = context;
  const scratch = new ScratchDatabases(connection, context);
  await scratch.removeAbandoned();
  const differences: string[] = [];
  const durations: number[] = [];
  for (const item of databases) {
    const { file, contents, locale } = item;
    step(`reading what is in ${file}`);
    const list = await listDump(
      await store.open(id, file),
      file,
      context,
      'conflict',
    );
    step(`restoring ${file}`);
    await changes.create(restoreOf(item, id), () =>
      scratch.use(locale, async database => {
        const started = performance.now();
        await restoreDump(
          await store.open(id, file),
          { file, list, database },
          config.scratch,
          context,
        );
        durations.push(performance.now() - started);
        step(`comparing what was restored of ${file}`);
        const restored = await server.in(database, readContents);
        differences.push(
          ...compareContents(contents, restored).map(
            difference => `${nameOf(item)}: ${difference}`,
          ),
        );
      }),
    );
  }
  if (differences.length > 0) {
    throw damagedBackup(store.locationOf(id), differences);
  }
  return secondsOf(durations);
}

function requireReader(
  toolVersion: string,
  { toolVersion: dumpedBy, id }: PostgresManifest,
): void {
  if (majorOf(toolVersion) < majorOf(dumpedBy)) {
    throw new JobError({
      code: 'misconfigured',
      service: 'postgresql',
      message: `${toolVersion} is older than ${dumpedBy}, which wrote the backup ${id}, and may not be able to read it.`,
      nextStep: `Use an image of akko-init with PostgreSQL's client tools ${majorOf(
        dumpedBy,
      )} or newer, then run the job again.`,
    });
  }
}

/** @returns the version of the scratch server */
async function requireNewEnough(
  connection: PostgresDatabase,
  { address }: PostgresServer,
  { servers }: PostgresManifest,
): Promise<string> {
  const version = await serverVersionOf(connection);
  const newest = Math.max(...servers.map(each => majorOf(each.version)));
  if (majorOf(version) < newest) {
    throw new JobError({
      code: 'misconfigured',
      service: 'postgresql',
      message: `PostgreSQL ${version} at ${address} is older than the server that was dumped (${newest}), and therefore cannot take its data.`,
      nextStep: `Name a scratch server of version ${newest} or newer in the values (scratch), then run the job again.`,
    });
  }
  return version;
}

function nameOf({ server, database }: DatabaseItem): string {
  return `${server}/${database}`;
}

function restoreOf(item: DatabaseItem, id: string) {
  return { kind: 'test restore', name: nameOf(item), note: `of ${id}` };
}
