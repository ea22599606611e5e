import { z } from 'zod';
import { objectStorageConfig } from '../s3/s3Config';

/** Where backups go. */
export const targetConfig = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('directory'),
    /** A folder of a mounted volume. */
    path: z.string().startsWith('/'),
  }),
  z.strictObject({
    type: z.literal('s3'),
    objectStorage: objectStorageConfig,
    /** Has to be there. */
    bucket: z.string().min(1),
    /** Folder in the bucket; backups of both kinds may share a bucket, not a prefix. */
    prefix: z
      .string()
      .default('')
      .transform(prefix => prefix.replace(/^\/+|\/+$/g, '')),
  }),
]);

/** See {@link targetConfig}. */
export type TargetConfig = z.output<typeof targetConfig>;

/** How many backups are kept: by count, never by age, so that a job that stopped running leaves what it has. */
export const retentionConfig = z.number().int().min(1).default(7);
