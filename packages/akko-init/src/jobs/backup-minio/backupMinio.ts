import type { BackupDraft, StoredBackup } from '../../backups/BackupStore';
import { copyBucket, indexFileOf } from '../../backups/buckets/copyBucket';
import { readIndex } from '../../backups/buckets/objectIndex';
import type { ObjectVault } from '../../backups/buckets/ObjectVault';
import { openVault } from '../../backups/buckets/openVault';
import { PreviousIndex } from '../../backups/buckets/PreviousIndex';
import {
  minioManifest,
  type BucketItem,
  type MinioManifest,
} from '../../backups/manifest';
import { ObjectStorage } from '../../backups/objectStorage/ObjectStorage';
import { RUNNING_OBJECT } from '../../backups/objectStorage/S3Draft';
import { S3Store } from '../../backups/objectStorage/S3Store';
import { openStore } from '../../backups/openStore';
import { PROGRAM } from '../../backups/programVersion';
import { planBackup, takeBackup } from '../../backups/takeBackup';
import { defineJob, type JobContext } from '../../core/Job';
import { toJobError } from '../../core/JobError';
import { backupMinioConfig, type BackupMinioConfig } from './config';
import { findBuckets, hasBucket, settingsOf } from './sourceBuckets';

type Store = ReturnType<typeof openStore<MinioManifest>>;

/**
 * Copies the newest version of every object of every bucket. Unchanged ones (same key, ETag, size and time as in the backup before) are not copied again.
 * Objects are as of the moments in which they were copied: an object storage has no common one.
 */
export const backupMinio = defineJob({
  name: 'backup-minio',
  command: ['backup', 'minio'],
  summary: 'A backup of all buckets, copying what changed; prunes old ones',
  config: backupMinioConfig,
  run: async context => {
    const { config, changes, log, step } = context;
    const storage = new ObjectStorage(config.objectStorage, context);
    step(`listing the buckets of ${storage.address}`);
    const buckets = await findBuckets(storage, context);
    const store = openStore(config.target, minioManifest, context);
    if (changes.plan) {
      await planBackup(context, store, config.retention, buckets.map(copyOf));
      return {};
    }
    let vault: ObjectVault | undefined;
    const backup = await takeBackup<MinioManifest>(context, {
      store,
      retention: config.retention,
      copy: async draft => {
        vault = await openVault(store, draft, context);
        return {
          kind: 'minio',
          source: storage.address,
          items: await copyAll(context, {
            storage,
            store,
            draft,
            vault,
            buckets,
          }),
        };
      },
      describe: ({ items }) => ({
        bytes: items.reduce((sum, { objectBytes }) => sum + objectBytes, 0),
        items: items.map(({ bucket, objects, objectBytes, sha256 }) => ({
          name: bucket,
          count: objects,
          bytes: objectBytes,
          sha256,
        })),
        verified: true,
        level: 'checksum',
        toolVersion: PROGRAM,
      }),
    });
    step('removing what no backup refers to');
    await vault?.collect().catch(error => {
      log.warn(
        `Contents that no backup refers to any more were not removed, a later run will: ${
          toJobError(error).message
        }`,
      );
    });
    return { backup };
  },
});

/** Everything that copying needs. */
interface Copying {
  storage: ObjectStorage;
  store: Store;
  draft: BackupDraft;
  vault: ObjectVault;
  buckets: readonly string[];
}

async function copyAll(
  context: JobContext<BackupMinioConfig>,
  copying: Copying,
): Promise<BucketItem[]> {
  const { changes, step } = context;
  const { storage, store, draft, buckets } = copying;
  const backups = await store.list();
  const good = backups.filter(({ damaged }) => damaged.length === 0);
  const previous = good[good.length - 1];
  const items: BucketItem[] = [];
  for (const bucket of buckets) {
    step(`copying the bucket ${bucket}`);
    await changes.create(copyOf(bucket), async () => {
      if (await isTarget(copying, bucket)) {
        return { action: 'skipped', note: 'backups are kept in it' };
      }
      try {
        items.push(await copyOne(context, copying, bucket, previous));
        return undefined;
      } catch (thrown) {
        if (
          toJobError(thrown).code !== 'not-found' ||
          (await hasBucket(storage, bucket))
        ) {
          throw thrown;
        }
        await draft.drop(indexFileOf(bucket));
        return {
          action: 'skipped',
          note: `removed from ${storage.address} meanwhile`,
        };
      }
    });
  }
  return items;
}

async function copyOne(
  { config, log }: JobContext<BackupMinioConfig>,
  { storage, store, draft, vault }: Copying,
  bucket: string,
  previous: StoredBackup<MinioManifest> | undefined,
): Promise<BucketItem> {
  const before = previous?.manifest.items.find(item => item.bucket === bucket);
  const settings = await settingsOf(storage, bucket);
  const totals = await copyBucket({
    bucket,
    storage,
    draft,
    vault,
    previous: before && {
      backup: previous!.id,
      index: new PreviousIndex(
        readIndex(await store.open(previous!.id, before.file)),
      ),
    },
    concurrency: config.concurrency,
    log,
  });
  log.info(
    `${bucket}: ${totals.objects} objects, ${totals.objectBytes} bytes; copied ${totals.copiedObjects} objects, ${totals.copiedBytes} bytes`,
  );
  return { ...totals, ...settings };
}

/** Two addresses may be one storage: what this run has just written to its target is seen in the source then. */
async function isTarget(
  { storage, store, draft }: Copying,
  bucket: string,
): Promise<boolean> {
  return (
    store instanceof S3Store &&
    store.bucket === bucket &&
    (await storage.text(bucket, store.keyOf(draft.id, RUNNING_OBJECT))) !==
      undefined
  );
}

function copyOf(bucket: string) {
  return { kind: 'bucket copy', name: bucket };
}
