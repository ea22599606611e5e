import { Readable } from 'node:stream';
import type { Log } from '../../core/Log';
import { JobError } from '../../core/JobError';
import { OBJECT_STORAGE } from '../../s3/s3Errors';
import type { BackupDraft } from '../BackupStore';
import { inParallel } from '../inParallel';
import type { BucketItem } from '../manifest';
import {
  withoutQuotes,
  type ListedObject,
  type ObjectStorage,
} from '../objectStorage/ObjectStorage';
import { safeFileName } from '../safeFileName';
import { toEntry } from './headers';
import { lineOf, type IndexEntry } from './objectIndex';
import type { ObjectVault } from './ObjectVault';
import type { PreviousIndex } from './PreviousIndex';

/** A bucket that is to be copied. */
export interface BucketCopy {
  bucket: string;
  storage: ObjectStorage;
  draft: BackupDraft;
  vault: ObjectVault;
  /** What the backup before knew, and its name. */
  previous?: { backup: string; index: PreviousIndex };
  concurrency: number;
  log: Log;
}

/** What came of it. */
export type BucketTotals = Omit<BucketItem, 'versioning' | 'policy'>;

/** Index of a bucket in a backup. */
export function indexFileOf(bucket: string): string {
  return `buckets/${safeFileName(bucket)}.ndjson`;
}

/** Copies the objects of a bucket that changed, and writes the index of all of them while it is listed. */
export async function copyBucket(copy: BucketCopy): Promise<BucketTotals> {
  const { bucket, draft } = copy;
  const totals = {
    objects: 0,
    objectBytes: 0,
    copiedObjects: 0,
    copiedBytes: 0,
    vanishedObjects: 0,
  };
  async function* lines() {
    for await (const page of copy.storage.pages(bucket)) {
      const known: { object: ListedObject; before?: IndexEntry }[] = [];
      for (const object of page) {
        known.push({ object, before: await copy.previous?.index.find(object) });
      }
      const entries = await inParallel(
        known,
        copy.concurrency,
        async ({ object, before }) =>
          (before && (await reuse(copy, before))) ??
          copyObject(copy, object, totals),
      );
      for (const entry of entries) {
        if (entry) {
          totals.objects++;
          totals.objectBytes += entry.size;
          yield lineOf(entry);
        } else {
          totals.vanishedObjects++;
        }
      }
    }
  }
  const file = indexFileOf(bucket);
  try {
    const stored = await draft.write(file, Readable.from(lines()));
    return { bucket, file, ...stored, ...totals };
  } finally {
    await copy.previous?.index.close();
  }
}

async function reuse(
  { vault, previous }: BucketCopy,
  before: IndexEntry,
): Promise<IndexEntry | undefined> {
  const file = await vault.reuse(previous!.backup, before);
  return file === undefined ? undefined : { ...before, file };
}

/** @returns undefined when the object is not there any more */
async function copyObject(
  { bucket, storage, vault, log }: BucketCopy,
  object: ListedObject,
  totals: { copiedObjects: number; copiedBytes: number },
): Promise<IndexEntry | undefined> {
  const { key } = object;
  const entry = await storage.read(bucket, key, async answer => {
    const { Body, ContentLength = object.size, ETag, LastModified } = answer;
    const { bytes, sha256, file } = await vault.add(Body, ContentLength);
    if (bytes !== ContentLength) {
      throw new JobError({
        code: 'service-unavailable',
        service: OBJECT_STORAGE,
        message: `${OBJECT_STORAGE} at ${storage.address} sent ${bytes} of the ${ContentLength} bytes of ${bucket}/${key}.`,
      });
    }
    const etag = withoutQuotes(ETag);
    // It may have changed since it was listed; listings tell the time more exactly.
    const lastModified =
      etag === object.etag ? object.lastModified : LastModified!;
    return {
      key,
      size: bytes,
      etag,
      lastModified: lastModified.toISOString(),
      sha256,
      file,
      ...toEntry(answer),
    };
  });
  if (entry) {
    totals.copiedObjects++;
    totals.copiedBytes += entry.size;
  } else {
    log.warn(
      `${bucket}/${key} was listed and is not there: removed meanwhile, or its name has characters that this storage cannot list`,
    );
  }
  return entry;
}
