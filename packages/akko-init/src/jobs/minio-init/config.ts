import { z } from 'zod';
import { commonConfig } from '../../core/loadConfig';
import { objectStorageConfig } from '../../s3/s3Config';

/** Rules of S3 for names of buckets, as far as a pattern tells them. */
const bucketName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'the name of a bucket has 3 to 63 lower-case letters, digits, dots and hyphens',
  );

const bucketConfig = z.strictObject({
  name: bucketName,
  /** Whether objects keep their old versions. It is switched on, never off. */
  versioning: z.boolean().default(false),
  /** The policy document that a bucket without one gets. */
  policy: z.record(z.string(), z.unknown()).optional(),
});

/** Configuration of `minio-init`. */
export const minioInitConfig = z.strictObject({
  ...commonConfig,
  objectStorage: objectStorageConfig,
  buckets: z.array(bucketConfig),
});

/** See {@link minioInitConfig}. */
export type MinioInitConfig = z.output<typeof minioInitConfig>;

/** A bucket as the values want it. */
export type BucketConfig = z.output<typeof bucketConfig>;
