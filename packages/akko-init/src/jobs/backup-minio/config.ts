import { z } from 'zod';
import { choiceConfig } from '../../backups/chosen';
import { retentionConfig, targetConfig } from '../../backups/targetConfig';
import { commonConfig } from '../../core/loadConfig';
import { objectStorageConfig } from '../../s3/s3Config';

/** What backup and drill of an object storage share: where backups are, and of what. */
export const minioBackupConfig = {
  ...commonConfig,
  objectStorage: objectStorageConfig,
  buckets: choiceConfig,
  target: targetConfig,
  retention: retentionConfig,
  /** Objects that are copied at once. */
  concurrency: z.number().int().min(1).max(64).default(8),
};

/** Configuration of backup-minio. */
export const backupMinioConfig = z.strictObject(minioBackupConfig);

/** See {@link backupMinioConfig}. */
export type BackupMinioConfig = z.output<typeof backupMinioConfig>;
