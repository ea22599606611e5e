import { chooseBackup } from '../../backups/chooseBackup';
import { minioManifest, type BucketItem } from '../../backups/manifest';
import { ObjectStorage } from '../../backups/objectStorage/ObjectStorage';
import { openStore } from '../../backups/openStore';
import { PROGRAM } from '../../backups/programVersion';
import { secondsOf } from '../../backups/secondsOf';
import { damagedBackup, verifyFiles } from '../../backups/verifyFiles';
import { defineJob } from '../../core/Job';
import { drillMinioConfig } from './config';
import { compareBucket, restoreBucket } from './restoreBucket';
import { ScratchBuckets } from './ScratchBuckets';

/**
 * Proves a backup of an object storage: checksums of its indexes, then every object restored into a bucket that is removed afterwards, and read back from
 * there, content and metadata.
 */
export const drillMinio = defineJob({
  name: 'drill-minio',
  command: ['drill', 'minio'],
  summary: 'Proof of a backup: restored into scratch buckets and compared',
  config: drillMinioConfig,
  run: async context => {
    const { config, changes, signal, step, worksOn } = context;
    const store = openStore(config.target, minioManifest, context);
    step(`looking for the backup at ${store.location}`);
    const backup = await chooseBackup(store, config.backup);
    const { id, manifest, sha256 } = backup;
    worksOn({ id, location: store.locationOf(id) });
    const restoreOf = ({ bucket }: BucketItem) => ({
      kind: 'test restore',
      name: bucket,
      note: `of ${id}`,
    });
    if (changes.plan) {
      for (const item of manifest.items) {
        await changes.create(restoreOf(item), async () => {});
      }
      return {};
    }
    step(`comparing the checksums of the backup ${id}`);
    await verifyFiles(store, backup, signal);
    const storage = new ObjectStorage(config.objectStorage, context);
    const buckets = new ScratchBuckets(storage, context);
    await buckets.removeAbandoned();
    const differences: string[] = [];
    const durations: number[] = [];
    for (const item of manifest.items) {
      const { bucket } = item;
      await changes.create(restoreOf(item), () =>
        buckets.use(async scratch => {
          const { concurrency } = config;
          const restore = { store, id, item, storage, scratch, concurrency };
          step(`restoring the bucket ${bucket}`);
          const started = performance.now();
          const unlike = await restoreBucket(restore);
          durations.push(performance.now() - started);
          step(`comparing what was restored of the bucket ${bucket}`);
          if (unlike.length === 0) {
            unlike.push(...(await compareBucket(restore)));
          }
          differences.push(...unlike.map(each => `${bucket}/${each}`));
        }),
      );
    }
    if (differences.length > 0) {
      throw damagedBackup(store.locationOf(id), differences);
    }
    return {
      backup: {
        id,
        location: store.locationOf(id),
        sha256,
        bytes: manifest.items.reduce((sum, each) => sum + each.objectBytes, 0),
        items: manifest.items.map(
          ({ bucket, objects, objectBytes, ...rest }) => ({
            name: bucket,
            count: objects,
            bytes: objectBytes,
            sha256: rest.sha256,
          }),
        ),
        itemCount: manifest.items.length,
        verified: true,
        level: 'restored',
        toolVersion: PROGRAM,
        restoreSeconds: secondsOf(durations),
      },
    };
  },
});
