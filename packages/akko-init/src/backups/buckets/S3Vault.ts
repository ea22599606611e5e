import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobContext } from '../../core/Job';
import {
  ABANDONED_MILLISECONDS,
  type BackupDraft,
  type StoredFile,
} from '../BackupStore';
import { Heartbeat } from '../Heartbeat';
import { MANIFEST_FILE, type MinioManifest } from '../manifest';
import { endUploads, removeObjects } from '../objectStorage/removal';
import { OBJECTS } from '../objectStorage/S3Draft';
import type { S3Store } from '../objectStorage/S3Store';
import { readIndex, type IndexEntry } from './objectIndex';
import type { ObjectVault } from './ObjectVault';

/** Shows that a run removes contents. */
const COLLECTING = 'collecting';
const LOOK_MILLISECONDS = 1000;

/**
 * Contents beside the backups, because an object storage has no links: each is called by the backup that copied it and a number, and later backups refer
 * to it. What none refers to is removed after pruning, by one run alone: a run shows itself before it looks who else is there, both when it takes a
 * backup and when it removes contents, so that of two runs at least one sees the other and waits, or leaves it for another day.
 */
export class S3Vault implements ObjectVault {
  private added = 0;
  /** Sizes of all contents that are there, by file. */
  private readonly there = new Map<string, number>();

  private constructor(
    private readonly store: S3Store<MinioManifest>,
    private readonly draft: BackupDraft,
    private readonly context: Pick<JobContext<unknown>, 'log' | 'signal'>,
  ) {}

  static async open(
    store: S3Store<MinioManifest>,
    draft: BackupDraft,
    context: Pick<JobContext<unknown>, 'log' | 'signal'>,
  ): Promise<S3Vault> {
    const vault = new S3Vault(store, draft, context);
    const { storage, bucket } = store;
    for (const id of draft.removed) {
      await endUploads(storage, bucket, store.keyOf(OBJECTS, id, ''));
    }
    await vault.waitForCollections();
    const prefix = store.keyOf('');
    for await (const page of storage.pages(bucket, store.keyOf(OBJECTS, ''))) {
      for (const { key, size } of page) {
        vault.there.set(key.slice(prefix.length), size);
      }
    }
    return vault;
  }

  async reuse(_backup: string, { file, size }: IndexEntry) {
    return this.there.get(file) === size ? file : undefined;
  }

  async add(
    source: Readable,
    bytes: number,
  ): Promise<StoredFile & { file: string }> {
    const { storage, bucket } = this.store;
    const file = `${OBJECTS}/${this.draft.id}/${this.added++}`;
    const key = this.store.keyOf(file);
    return {
      ...(await storage.upload(bucket, key, source, { bytes })),
      file,
    };
  }

  async collect(): Promise<void> {
    const { storage, bucket } = this.store;
    const flag = this.store.keyOf(COLLECTING, this.draft.id);
    const show = () => storage.put(bucket, flag, new Date().toISOString());
    await show();
    const heartbeat = new Heartbeat(show);
    try {
      const reason = await this.reasonToLeave();
      if (reason) {
        this.context.log.info(
          `contents that no backup refers to are left for the next run: ${reason}`,
        );
        return;
      }
      await this.removeUnreferenced(heartbeat);
    } finally {
      heartbeat.stop();
      await removeObjects(storage.forTidying(), bucket, [flag]);
    }
  }

  /** Nothing may be removed that a backup refers to which is being taken, or which cannot be read. */
  private async reasonToLeave(): Promise<string | undefined> {
    const readable = new Set((await this.store.list()).map(({ id }) => id));
    for (const id of await this.store.ids()) {
      if (!readable.has(id)) {
        return `${this.store.locationOf(
          id,
        )} is being taken, or has no ${MANIFEST_FILE} that can be read`;
      }
    }
    return undefined;
  }

  private async removeUnreferenced(heartbeat: Heartbeat): Promise<void> {
    const { storage, bucket } = this.store;
    const referenced = new Set<string>();
    for (const { id, manifest } of await this.store.list()) {
      for (const { file } of manifest.items) {
        for await (const entry of readIndex(await this.store.open(id, file))) {
          referenced.add(this.store.keyOf(entry.file));
        }
      }
    }
    let removed = 0;
    for await (const page of storage.pages(
      bucket,
      this.store.keyOf(OBJECTS, ''),
    )) {
      const keys = page
        .map(({ key }) => key)
        .filter(key => !referenced.has(key));
      if (heartbeat.wasSilent) {
        throw new Error('this run was silent for too long');
      }
      await removeObjects(storage, bucket, keys);
      removed += keys.length;
    }
    if (removed > 0) {
      this.context.log.info(
        `removed the contents of ${removed} objects that no backup refers to any more`,
      );
    }
  }

  /** Waits until no other run removes contents; one that shows no sign of life for long is dead. */
  private async waitForCollections(): Promise<void> {
    const { storage, bucket } = this.store;
    let seen = '';
    let since = Date.now();
    for (;;) {
      const flags = await storage.list(
        bucket,
        this.store.keyOf(COLLECTING, ''),
      );
      if (flags.length === 0) {
        return;
      }
      const signs = flags
        .map(({ key, lastModified }) => `${key} ${lastModified.toISOString()}`)
        .join();
      if (signs !== seen) {
        seen = signs;
        since = Date.now();
      } else if (Date.now() - since > ABANDONED_MILLISECONDS) {
        await removeObjects(
          storage,
          bucket,
          flags.map(({ key }) => key),
        );
        return;
      }
      await sleep(LOOK_MILLISECONDS, undefined, {
        signal: this.context.signal,
      });
    }
  }
}
