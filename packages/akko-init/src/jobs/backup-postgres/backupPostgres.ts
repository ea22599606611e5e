import type { BackupDraft } from '../../backups/BackupStore';
import {
  postgresManifest,
  type DatabaseItem,
  type PostgresManifest,
} from '../../backups/manifest';
import { openStore } from '../../backups/openStore';
import { dumpDatabase, dumpGlobals } from '../../backups/postgres/dumps';
import { listDump } from '../../backups/postgres/restores';
import { toolVersionOf } from '../../backups/postgres/versions';
import { safeFileName } from '../../backups/safeFileName';
import { planBackup, takeBackup } from '../../backups/takeBackup';
import type { ChangedObject } from '../../core/Changes';
import { defineJob, type JobContext } from '../../core/Job';
import { attempted } from './attempted';
import { backupPostgresConfig, type BackupPostgresConfig } from './config';
import { findSources, type Source } from './sources';

/**
 * Dumps roles and databases of all servers. One backup holds them all; each database is as of one moment, two databases are as of two.
 */
export const backupPostgres = defineJob({
  name: 'backup-postgres',
  command: ['backup', 'postgres'],
  summary: 'A backup of all databases and roles; prunes old ones',
  config: backupPostgresConfig,
  run: async context => {
    const { config, changes } = context;
    const toolVersion = await toolVersionOf('pg_dump', context);
    const sources = await findSources(context, toolVersion);
    const store = openStore(config.target, postgresManifest, context);
    if (changes.plan) {
      await planBackup(
        context,
        store,
        config.retention,
        sources.flatMap(source => [
          globalsOf(source),
          ...source.databases.map(({ name }) => dumpOf(source, name)),
        ]),
      );
      return {};
    }
    const backup = await takeBackup<PostgresManifest>(context, {
      store,
      retention: config.retention,
      copy: async draft => ({
        kind: 'postgres',
        toolVersion,
        servers: sources.map(({ config: { name }, server, version }) => ({
          name,
          address: server.address,
          version,
        })),
        items: await dumpAll(context, sources, draft),
      }),
      describe: manifest => ({
        bytes: manifest.items.reduce((sum, { bytes }) => sum + bytes, 0),
        items: manifest.items.map(item => ({
          name: `${item.server}/${
            item.type === 'database' ? item.database : 'roles'
          }`,
          bytes: item.bytes,
          sha256: item.sha256,
        })),
        verified: true,
        level: 'readable',
        toolVersion,
        serverVersion: manifest.servers
          .map(({ name, version }) => `${name} ${version}`)
          .join(', '),
      }),
    });
    return { backup };
  },
});

async function dumpAll(
  context: JobContext<BackupPostgresConfig>,
  sources: readonly Source[],
  draft: BackupDraft,
): Promise<PostgresManifest['items']> {
  const items: PostgresManifest['items'] = [];
  for (const source of sources) {
    const { config, server } = source;
    context.step(`dumping the roles of ${server.address}`);
    const file = `${config.name}/globals.sql`;
    await context.changes.create(globalsOf(source), async () => {
      const stored = await attempted(context, server, () =>
        dumpGlobals(config, draft, file, context),
      );
      if (stored) {
        items.push({ type: 'globals', server: config.name, file, ...stored });
      }
    });
    for (const { name } of source.databases) {
      context.step(`dumping the database ${name} of ${server.address}`);
      await context.changes.create(dumpOf(source, name), async () => {
        const item = await dumpOne(context, source, name, draft);
        if (!item) {
          await draft.drop(dumpFile(source, name));
          return { action: 'skipped', note: 'was dropped meanwhile' };
        }
        items.push(item);
        return undefined;
      });
    }
  }
  return items;
}

/** @returns undefined when the database was dropped meanwhile */
async function dumpOne(
  context: JobContext<BackupPostgresConfig>,
  source: Source,
  database: string,
  draft: BackupDraft,
): Promise<DatabaseItem | undefined> {
  const { config, server, databases } = source;
  const { compression, waitSeconds } = context.config;
  const file = dumpFile(source, database);
  const dumped = await attempted(
    context,
    server,
    async () => {
      const result = await dumpDatabase(
        server,
        config,
        { database, compression, lockSeconds: waitSeconds, draft, file },
        context,
      );
      await listDump(await draft.open(file), file, context);
      return result;
    },
    database,
  );
  return (
    dumped && {
      type: 'database',
      server: config.name,
      database,
      file,
      ...dumped.stored,
      locale: databases.find(({ name }) => name === database)!.locale,
      contents: dumped.contents,
    }
  );
}

function dumpFile({ config }: Source, database: string): string {
  return `${config.name}/databases/${safeFileName(database)}.dump`;
}

function globalsOf({ config }: Source): ChangedObject {
  return { kind: 'roles dump', name: config.name };
}

function dumpOf({ config }: Source, database: string): ChangedObject {
  return { kind: 'database dump', name: `${config.name}/${database}` };
}
