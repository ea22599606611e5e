import { z } from 'zod';
import { choiceConfig } from '../../backups/chosen';
import { retentionConfig, targetConfig } from '../../backups/targetConfig';
import { commonConfig } from '../../core/loadConfig';
import { postgresConfig } from '../../postgres/postgresConfig';

/** What backup and drill of PostgreSQL share: where backups are, and of what. */
export const postgresBackupConfig = {
  ...commonConfig,
  servers: z
    .array(
      z.strictObject({
        /** Folder of its dumps in a backup. */
        name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
        ...postgresConfig.shape,
      }),
    )
    .min(1)
    .refine(
      servers =>
        new Set(servers.map(({ name }) => name)).size === servers.length,
      'two servers have the same name',
    ),
  databases: choiceConfig,
  target: targetConfig,
  retention: retentionConfig,
  /**
   * How pg_dump compresses: `zstd`, `gzip`, `lz4` or `none`, with a level where one is wanted. Levels are compared in `bench/src/services/backups`.
   */
  compression: z
    .string()
    .regex(/^(zstd|gzip|lz4|none)(:\d+)?$/)
    .default('zstd:1'),
};

/** Configuration of backup-postgres. */
export const backupPostgresConfig = z.strictObject(postgresBackupConfig);

/** See {@link backupPostgresConfig}. */
export type BackupPostgresConfig = z.output<typeof backupPostgresConfig>;
