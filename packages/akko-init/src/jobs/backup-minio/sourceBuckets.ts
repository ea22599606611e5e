import {
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
} from '@aws-sdk/client-s3';
import { isScratchName } from '../../backups/backupId';
import { isChosen, missingOf } from '../../backups/chosen';
import type { BucketItem } from '../../backups/manifest';
import type { ObjectStorage } from '../../backups/objectStorage/ObjectStorage';
import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { listBuckets } from '../../s3/listBuckets';
import { addressOf } from '../../s3/s3Config';
import {
  isUnsupported,
  OBJECT_STORAGE,
  s3CodeOf,
  statusOf,
} from '../../s3/s3Errors';
import type { BackupMinioConfig } from './config';

const NOT_TOLD = new Set(['NoSuchBucketPolicy', 'AccessDenied']);

/**
 * The buckets to copy; never that into which they are copied.
 * @throws JobError `not-found`, when a bucket that is asked for by name is not there
 */
export async function findBuckets(
  storage: ObjectStorage,
  { config, changes }: JobContext<BackupMinioConfig>,
): Promise<string[]> {
  const buckets = await storage.ask('list the buckets', client =>
    listBuckets(client, storage.address),
  );
  const there = buckets.map(({ Name }) => Name!);
  const missing = missingOf(config.buckets, there);
  if (missing.length > 0) {
    throw new JobError({
      code: 'not-found',
      service: OBJECT_STORAGE,
      message: `There is no bucket ${missing.join(
        ', ',
      )} in ${OBJECT_STORAGE} at ${storage.address}.`,
      nextStep:
        'Correct buckets.include in the values, or create it (minio-init makes the buckets); then run the job again.',
    });
  }
  return there
    .filter(name => isChosen(config.buckets, name))
    .filter(name => {
      const note = reasonToLeave(name, config);
      if (note) {
        changes.skipped({ kind: 'bucket copy', name, note });
      }
      return !note;
    });
}

/** Whether a bucket is there. */
export function hasBucket(
  storage: ObjectStorage,
  bucket: string,
): Promise<boolean> {
  return storage.ask(`look for the bucket ${bucket}`, async client => {
    try {
      await client.send(new HeadBucketCommand({ Bucket: bucket }));
      return true;
    } catch (thrown) {
      if (statusOf(thrown) === 404) {
        return false;
      }
      throw thrown;
    }
  });
}

/** What a bucket is besides its objects; whatever the storage or the account's rights do not tell is left out. */
export async function settingsOf(
  storage: ObjectStorage,
  bucket: string,
): Promise<Pick<BucketItem, 'versioning' | 'policy'>> {
  const versioning = await ifTold(storage, `versioning of ${bucket}`, client =>
    client
      .send(new GetBucketVersioningCommand({ Bucket: bucket }))
      .then(({ Status }) => Status ?? 'Off'),
  );
  const policy = await ifTold(storage, `policy of ${bucket}`, client =>
    client
      .send(new GetBucketPolicyCommand({ Bucket: bucket }))
      .then(({ Policy }) => JSON.parse(Policy ?? 'null')),
  );
  return { ...(versioning && { versioning }), ...(policy && { policy }) };
}

function ifTold<T>(
  storage: ObjectStorage,
  what: string,
  request: Parameters<typeof storage.ask<T>>[1],
): Promise<T | undefined> {
  return storage.ask<T | undefined>(`read the ${what}`, async client => {
    try {
      return await request(client);
    } catch (thrown) {
      if (isUnsupported(thrown) || NOT_TOLD.has(s3CodeOf(thrown) ?? '')) {
        return undefined;
      }
      throw thrown;
    }
  });
}

function reasonToLeave(
  bucket: string,
  { objectStorage, target }: BackupMinioConfig,
): string | undefined {
  if (isScratchName(bucket)) {
    return 'the scratch of a restore drill';
  }
  const isTarget =
    target.type === 's3' &&
    target.bucket === bucket &&
    addressOf(target.objectStorage) === addressOf(objectStorage);
  return isTarget ? 'backups are kept in it' : undefined;
}
