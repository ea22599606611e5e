import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { OBJECT_STORAGE, s3Error } from '../../s3/s3Errors';
import { isBackupId } from '../backupId';
import {
  ABANDONED_MILLISECONDS,
  type BackupDraft,
  type BackupStore,
  type StoredBackup,
} from '../BackupStore';
import { MANIFEST_FILE, parseManifest, type Manifest } from '../manifest';
import { sha256Of } from '../Measure';
import { withErrors } from '../withErrors';
import type { ListedObject, ObjectStorage } from './ObjectStorage';
import { removeAll, removeObjects } from './removal';
import { RUNNING_OBJECT, S3Draft } from './S3Draft';

/** Backups below a prefix of a bucket: a prefix each, called as the backup is. One without a manifest does not count. */
export class S3Store<M extends Manifest> implements BackupStore<M> {
  /** Empty, or with a slash at its end. */
  private readonly root: string;

  constructor(
    readonly storage: ObjectStorage,
    readonly bucket: string,
    /** Without slashes at its ends. */
    prefix: string,
    private readonly schema: z.ZodType<M>,
    private readonly context: Pick<JobContext<unknown>, 'log'>,
  ) {
    this.root = prefix && `${prefix}/`;
  }

  get location(): string {
    return `s3://${this.bucket}/${this.root}`.replace(/\/$/, '');
  }

  locationOf(id: string): string {
    return `s3://${this.bucket}/${this.root}${id}`;
  }

  /** The key of something below the prefix of all backups. */
  keyOf(...path: string[]): string {
    return this.root + path.join('/');
  }

  async list(): Promise<StoredBackup<M>[]> {
    const backups: StoredBackup<M>[] = [];
    for (const id of await this.ids()) {
      const backup = await this.find(id);
      if (backup) {
        backups.push(backup);
      }
    }
    return backups;
  }

  async begin(id: string): Promise<BackupDraft> {
    const draft = await S3Draft.start(this, id);
    try {
      draft.removed.push(...(await this.sweep(id)));
    } catch (error) {
      await draft.discard();
      throw error;
    }
    return draft;
  }

  async open(id: string, file: string): Promise<Readable> {
    return this.openKey(id, this.keyOf(id, file));
  }

  async openObject(id: string, file: string): Promise<Readable> {
    return this.openKey(id, this.keyOf(file));
  }

  async remove(id: string): Promise<void> {
    await removeObjects(this.storage, this.bucket, [
      this.keyOf(id, MANIFEST_FILE),
    ]);
    await removeAll(this.storage, this.bucket, this.keyOf(id, ''));
  }

  /** Ids of everything that is, was or shall be a backup, the oldest first. */
  async ids(): Promise<string[]> {
    const folders = await this.storage.folders(this.bucket, this.root);
    return folders.filter(isBackupId).sort();
  }

  private async openKey(id: string, key: string): Promise<Readable> {
    const body = await this.storage.read(
      this.bucket,
      key,
      async ({ Body }) => Body,
    );
    if (!body) {
      throw new JobError({
        code: 'conflict',
        service: OBJECT_STORAGE,
        message: `${this.bucket}/${key}, which is of the backup ${id}, is not in ${OBJECT_STORAGE} at ${this.storage.address} any more.`,
        nextStep:
          'See what removed it: somebody by hand, a lifecycle rule of the bucket, or a backup that pruned this one meanwhile; then run the job again.',
      });
    }
    return withErrors(body, thrown =>
      s3Error(thrown, this.storage.address, `read ${this.bucket}/${key}`),
    );
  }

  private async find(id: string): Promise<StoredBackup<M> | undefined> {
    const text = await this.storage.text(
      this.bucket,
      this.keyOf(id, MANIFEST_FILE),
    );
    const manifest = text && parseManifest(this.schema, id, text);
    if (!manifest) {
      return undefined;
    }
    const sizes = new Map(
      (await this.objectsOf(id)).map(({ key, size }) => [key, size]),
    );
    const damaged = manifest.items
      .filter(({ file, bytes }) => sizes.get(this.keyOf(id, file)) !== bytes)
      .map(({ file }) => file);
    return { id, manifest, sha256: sha256Of(text), damaged };
  }

  private objectsOf(id: string): Promise<ListedObject[]> {
    return this.storage.list(this.bucket, this.keyOf(id, ''));
  }

  /**
   * Removes what killed runs left, and removals that were not finished.
   * @param own - the backup that has just shown that it is alive, by which the time of the storage is known
   */
  private async sweep(own: string): Promise<string[]> {
    const [{ lastModified: now }] = await this.objectsOf(own);
    const removed: string[] = [];
    for (const id of await this.ids()) {
      const objects = id === own ? [] : await this.objectsOf(id);
      const last = Math.max(...objects.map(each => Number(each.lastModified)));
      const isLeft =
        objects.length > 0 &&
        !objects.some(({ key }) => key === this.keyOf(id, MANIFEST_FILE)) &&
        Number(now) - last > ABANDONED_MILLISECONDS;
      if (isLeft && (await this.removeAbandoned(id))) {
        removed.push(id);
      }
    }
    return removed;
  }

  /** Takes its sign of life away first; a run that wakes up then does not finish, or has finished before and is left alone. */
  private async removeAbandoned(id: string): Promise<boolean> {
    await removeObjects(this.storage, this.bucket, [
      this.keyOf(id, RUNNING_OBJECT),
    ]);
    const manifest = this.keyOf(id, MANIFEST_FILE);
    if ((await this.storage.text(this.bucket, manifest)) !== undefined) {
      this.context.log.warn(
        `${this.locationOf(
          id,
        )} was silent and is finished after all: left alone`,
      );
      return false;
    }
    await removeAll(this.storage, this.bucket, this.keyOf(id, ''));
    return true;
  }
}
