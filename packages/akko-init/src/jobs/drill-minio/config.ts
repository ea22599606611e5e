import { z } from 'zod';
import { minioBackupConfig } from '../backup-minio/config';

/** Configuration of drill-minio. */
export const drillMinioConfig = z.strictObject({
  ...minioBackupConfig,
  /** The backup to prove; the newest unless given. */
  backup: z.string().optional(),
  /** In front of the names of the buckets that the drill makes and removes in the object storage; nothing else may be called so. */
  scratchPrefix: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/)
    .default('akko-drill-'),
});

/** See {@link drillMinioConfig}. */
export type DrillMinioConfig = z.output<typeof drillMinioConfig>;
