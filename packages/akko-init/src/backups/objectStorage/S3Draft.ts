import type { Readable } from 'node:stream';
import { JobError } from '../../core/JobError';
import { OBJECT_STORAGE } from '../../s3/s3Errors';
import type { BackupDraft, StoredFile } from '../BackupStore';
import { Heartbeat } from '../Heartbeat';
import { MANIFEST_FILE, type Manifest } from '../manifest';
import { removeAll, removeObjects } from './removal';
import type { S3Store } from './S3Store';

/** Contents of objects of buckets; below it, by the backup that copied them. */
export const OBJECTS = 'objects';

/** Written again and again while a backup is being taken: the time of its last change is that of the last sign of life. */
export const RUNNING_OBJECT = 'running';

/** A backup that is being taken into an object storage, which knows no renaming: it counts by its manifest, which is written last. */
export class S3Draft implements BackupDraft {
  readonly removed: string[] = [];
  private readonly heartbeat: Heartbeat;
  /** Other runs may have seen its manifest, and refer to contents that it copied. */
  private isPublished = false;

  private constructor(
    private readonly store: S3Store<Manifest>,
    readonly id: string,
  ) {
    this.heartbeat = new Heartbeat(() => this.showLife());
  }

  static async start(store: S3Store<any>, id: string): Promise<S3Draft> {
    const draft = new S3Draft(store, id);
    await draft.showLife();
    return draft;
  }

  async write(file: string, source: Readable): Promise<StoredFile> {
    const { storage, bucket } = this.store;
    return storage.upload(bucket, this.store.keyOf(this.id, file), source);
  }

  async open(file: string): Promise<Readable> {
    return this.store.open(this.id, file);
  }

  async drop(file: string): Promise<void> {
    const { storage, bucket } = this.store;
    await removeObjects(storage, bucket, [this.store.keyOf(this.id, file)]);
  }

  async commit(manifest: string): Promise<void> {
    this.heartbeat.stop();
    const { storage, bucket } = this.store;
    if (this.heartbeat.wasSilent) {
      throw this.takenForDead();
    }
    const running = this.store.keyOf(this.id, RUNNING_OBJECT);
    this.isPublished = true;
    await storage.put(
      bucket,
      this.store.keyOf(this.id, MANIFEST_FILE),
      manifest,
    );
    // Looked at after the manifest is written, as its removal is done before the manifest is looked for: one of the two runs gives in.
    if ((await storage.text(bucket, running)) === undefined) {
      throw this.takenForDead();
    }
    await removeObjects(storage, bucket, [running]);
  }

  async discard(): Promise<void> {
    this.heartbeat.stop();
    const storage = this.store.storage.forTidying();
    const { bucket } = this.store;
    await removeObjects(storage, bucket, [
      this.store.keyOf(this.id, MANIFEST_FILE),
    ]);
    await removeAll(storage, bucket, this.store.keyOf(this.id, ''));
    if (!this.isPublished) {
      await removeAll(storage, bucket, this.store.keyOf(OBJECTS, this.id, ''));
    }
  }

  private takenForDead(): JobError {
    return new JobError({
      code: 'conflict',
      service: OBJECT_STORAGE,
      message: `The backup ${this.id} cannot be finished: this run was silent for so long that another one may have taken it for dead and removed what was written.`,
      nextStep:
        'See what held this run up for minutes (its node, its memory limit, the object storage), then run the job again.',
    });
  }

  private showLife(): Promise<void> {
    const { storage, bucket } = this.store;
    return storage.put(
      bucket,
      this.store.keyOf(this.id, RUNNING_OBJECT),
      new Date().toISOString(),
    );
  }
}
