import {
  ListBucketsCommand,
  type Bucket,
  type S3Client,
} from '@aws-sdk/client-s3';
import { JobError } from '../core/JobError';
import { OBJECT_STORAGE } from './s3Errors';

/**
 * The buckets that the account may see. It is the first question to any storage, because its answer tells S3 from a web page: to other
 * questions, such as whether a bucket is there, any server that answers 200 seems to say yes.
 *
 * @throws JobError `misconfigured` for an answer that is not S3's
 */
export async function listBuckets(
  client: S3Client,
  address: string,
): Promise<Bucket[]> {
  const { Buckets, Owner } = await client.send(new ListBucketsCommand({}));
  if (Buckets === undefined && Owner === undefined) {
    throw new JobError({
      code: 'misconfigured',
      service: OBJECT_STORAGE,
      message: `What answers at ${address} is not S3: its answer is no list of buckets.`,
      nextStep:
        "Give the address of the storage's S3 API in the values (objectStorage.endpoint), not that of its console or of a proxy before it; then run the job again.",
    });
  }
  return Buckets ?? [];
}
