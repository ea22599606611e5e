import { z } from 'zod';
import { baseUrl } from '../core/loadConfig';
import { secretSource } from '../core/Secrets';

/** How to reach an object storage over S3. */
export const objectStorageConfig = z.strictObject({
  /** Base address of the storage; AWS by its region where it is empty or missing. */
  endpoint: z.preprocess(
    value => (value === '' || value === null ? undefined : value),
    baseUrl.optional(),
  ),
  region: z.string().min(1).default('us-east-1'),
  /** Whether the bucket stands in the path rather than in the host name. */
  forcePathStyle: z.boolean().default(true),
  accessKey: secretSource,
  secretKey: secretSource,
});

/** See {@link objectStorageConfig}. */
export type ObjectStorageConfig = z.output<typeof objectStorageConfig>;

/** Where the storage is, for the words of an error. */
export function addressOf({ endpoint, region }: ObjectStorageConfig): string {
  return endpoint ?? `https://s3.${region}.amazonaws.com`;
}
