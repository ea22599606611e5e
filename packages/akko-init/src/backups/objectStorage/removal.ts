import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
} from '@aws-sdk/client-s3';
import { JobError } from '../../core/JobError';
import { isUnsupported, OBJECT_STORAGE, s3CodeOf } from '../../s3/s3Errors';
import type { ObjectStorage } from './ObjectStorage';

/** S3 removes so many at once. */
const REMOVED_AT_ONCE = 1000;
/** XML, in which several keys are named at once, cannot have them. */
// eslint-disable-next-line no-control-regex
const NOT_IN_XML = /[\u0000-\u001f\ufffe\uffff]/;

/** Removes objects, whether they are there or not. */
export async function removeObjects(
  storage: ObjectStorage,
  bucket: string,
  keys: readonly string[],
): Promise<void> {
  const doing = `remove objects of the bucket ${bucket}`;
  for (const key of keys.filter(each => NOT_IN_XML.test(each))) {
    await storage.ask(doing, client =>
      client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
    );
  }
  const rest = keys.filter(each => !NOT_IN_XML.test(each));
  for (let first = 0; first < rest.length; first += REMOVED_AT_ONCE) {
    const Objects = rest
      .slice(first, first + REMOVED_AT_ONCE)
      .map(Key => ({ Key }));
    const answer = await storage.ask(doing, client =>
      client.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Quiet: true, Objects },
        }),
      ),
    );
    const [error] = answer.Errors ?? [];
    if (error) {
      throw new JobError({
        code: error.Code === 'AccessDenied' ? 'permission-denied' : 'internal',
        service: OBJECT_STORAGE,
        message: `${OBJECT_STORAGE} at ${storage.address} refused to remove ${bucket}/${error.Key} (${error.Code}: ${error.Message}).`,
        nextStep:
          'Give the account of this access key the right s3:DeleteObject on that bucket, or look for an object lock; then run the job again.',
      });
    }
  }
}

/** Removes everything below a prefix, also uploads that were not finished. */
export async function removeAll(
  storage: ObjectStorage,
  bucket: string,
  prefix: string,
): Promise<void> {
  for await (const page of storage.pages(bucket, prefix)) {
    await removeObjects(
      storage,
      bucket,
      page.map(({ key }) => key),
    );
  }
  await endUploads(storage, bucket, prefix);
}

/** Removes the parts of uploads that were not finished, where the storage lists them. MinIO lists none by prefix, and removes them itself after a day. */
export async function endUploads(
  storage: ObjectStorage,
  bucket: string,
  prefix: string,
): Promise<void> {
  const { Uploads = [] } = await storage.ask(
    `list the unfinished uploads of the bucket ${bucket}`,
    client =>
      client
        .send(
          new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }),
        )
        .catch((thrown): ListMultipartUploadsCommandOutput => {
          if (isUnsupported(thrown)) {
            return { $metadata: {} };
          }
          throw thrown;
        }),
  );
  for (const { Key, UploadId } of Uploads) {
    await storage.ask(`end an unfinished upload of ${bucket}/${Key}`, client =>
      client
        .send(
          new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }),
        )
        .catch(thrown => {
          if (s3CodeOf(thrown) !== 'NoSuchUpload') {
            throw thrown;
          }
        }),
    );
  }
}
