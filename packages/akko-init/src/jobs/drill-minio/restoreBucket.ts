import { isDeepStrictEqual } from 'node:util';
import type { BackupStore } from '../../backups/BackupStore';
import {
  toEntry,
  toHeaders,
  type EntryHeaders,
} from '../../backups/buckets/headers';
import {
  inGroups,
  readIndex,
  type IndexEntry,
} from '../../backups/buckets/objectIndex';
import { inParallel } from '../../backups/inParallel';
import type { BucketItem, MinioManifest } from '../../backups/manifest';
import { measured } from '../../backups/Measure';
import type { ObjectStorage } from '../../backups/objectStorage/ObjectStorage';
import { differenceOf } from '../../backups/verifyFiles';
import { toJobError } from '../../core/JobError';

/** What is restored, and to where. */
export interface BucketRestore {
  store: BackupStore<MinioManifest>;
  /** The backup. */
  id: string;
  item: BucketItem;
  storage: ObjectStorage;
  scratch: string;
  concurrency: number;
}

const GROUP = 1000;

/** Writes every object of a bucket's index into the scratch bucket. @returns in which way contents differ from the index */
export async function restoreBucket(restore: BucketRestore): Promise<string[]> {
  return forEach(restore, async entry => {
    const { store, id, storage, scratch } = restore;
    const { key, size, sha256, file } = entry;
    try {
      const written = await storage.upload(
        scratch,
        key,
        await store.openObject(id, file),
        { bytes: size, headers: toHeaders(entry) },
      );
      return written.sha256 === sha256
        ? undefined
        : differenceOf(key, { bytes: size, sha256 }, written);
    } catch (thrown) {
      const error = toJobError(thrown);
      if (error.code === 'conflict') {
        return `${key} cannot be restored (${error.message})`;
      }
      throw error;
    }
  });
}

/** Reads every object back, after all were written. @returns in which way the scratch bucket differs from the index */
export async function compareBucket(restore: BucketRestore): Promise<string[]> {
  return forEach(restore, async entry => {
    const { storage, scratch } = restore;
    const { key, size, sha256 } = entry;
    const found = await storage.read(scratch, key, async answer => ({
      ...(await measured(answer.Body)),
      headers: toEntry(answer),
    }));
    if (!found) {
      return `${key} is missing after the restore`;
    }
    if (found.sha256 !== sha256) {
      return differenceOf(key, { bytes: size, sha256 }, found);
    }
    return hasHeaders(found.headers, toEntry(toHeaders(entry)))
      ? undefined
      : `${key} has other metadata after the restore`;
  });
}

async function forEach(
  { store, id, item, concurrency }: BucketRestore,
  work: (entry: IndexEntry) => Promise<string | undefined>,
): Promise<string[]> {
  const differences: string[] = [];
  const entries = readIndex(await store.open(id, item.file));
  for await (const group of inGroups(entries, GROUP)) {
    const found = await inParallel(group, concurrency, work);
    differences.push(...found.filter(each => each !== undefined));
  }
  return differences;
}

/** What a storage says of its own accord, as a content type where there was none, is no difference. */
function hasHeaders(found: EntryHeaders, expected: EntryHeaders): boolean {
  return isDeepStrictEqual({ ...found, ...expected }, found);
}
