import { createReadStream } from 'node:fs';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { JobContext } from '../../core/Job';
import { isBackupId } from '../backupId';
import {
  ABANDONED_MILLISECONDS,
  type BackupDraft,
  type BackupStore,
  type StoredBackup,
} from '../BackupStore';
import { MANIFEST_FILE, parseManifest, type Manifest } from '../manifest';
import { sha256Of } from '../Measure';
import { volumeError } from '../volumeErrors';
import { withErrors } from '../withErrors';
import {
  DirectoryDraft,
  PARTIAL,
  REMOVING,
  RUNNING_FILE,
} from './DirectoryDraft';
import { makeFolder } from './makeFolder';

/** Backups in a folder of a volume: a folder each, called as the backup is. */
export class DirectoryStore<M extends Manifest> implements BackupStore<M> {
  constructor(
    private readonly path: string,
    private readonly schema: z.ZodType<M>,
    private readonly context: Pick<JobContext<unknown>, 'log' | 'signal'>,
  ) {}

  get location(): string {
    return this.path;
  }

  locationOf(id: string): string {
    return join(this.path, id);
  }

  async list(): Promise<StoredBackup<M>[]> {
    return this.onVolume('list the backups', async () => {
      const ids = (await this.names()).filter(isBackupId).sort();
      const backups: StoredBackup<M>[] = [];
      for (const id of ids) {
        const backup = await this.find(id);
        if (backup) {
          backups.push(backup);
        }
      }
      return backups;
    });
  }

  async begin(id: string): Promise<BackupDraft> {
    return this.onVolume(`start the backup ${id}`, async () => {
      await makeFolder(this.path);
      const removed = await this.sweep();
      return DirectoryDraft.start(this.path, id, removed, this.context.signal);
    });
  }

  async open(id: string, file: string): Promise<Readable> {
    const path = join(this.path, id, file);
    return this.onVolume(`read ${path}`, async () => {
      await stat(path);
      return withErrors(createReadStream(path), thrown =>
        volumeError(thrown, this.path, `read ${path}`),
      );
    });
  }

  async openObject(id: string, file: string): Promise<Readable> {
    return this.open(id, file);
  }

  async remove(id: string): Promise<void> {
    await this.onVolume(`remove the backup ${id}`, () =>
      this.removeFolder(id, id),
    );
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.path);
    } catch (error) {
      // Before the first backup.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return [];
      }
      throw error;
    }
  }

  private async find(id: string): Promise<StoredBackup<M> | undefined> {
    const text = await readFile(join(this.path, id, MANIFEST_FILE)).catch(
      () => undefined,
    );
    const manifest = text && parseManifest(this.schema, id, text.toString());
    if (!manifest) {
      return undefined;
    }
    const damaged: string[] = [];
    for (const { file, bytes } of manifest.items) {
      const there = await stat(join(this.path, id, file)).catch(
        () => undefined,
      );
      if (there?.size !== bytes) {
        damaged.push(file);
      }
    }
    return { id, manifest, sha256: sha256Of(text), damaged };
  }

  /** Removes what killed runs left: folders of drafts whose run is silent, and removals that were not finished. */
  private async sweep(): Promise<string[]> {
    const removed: string[] = [];
    for (const name of await this.names()) {
      const id = name.replace(/^\.[a-z]+-/, '');
      const isLeft =
        isBackupId(id) &&
        (name === REMOVING + id ||
          (name === PARTIAL + id && (await this.isAbandoned(name))));
      if (isLeft) {
        try {
          await this.removeFolder(name, id);
          removed.push(name);
        } catch (error) {
          this.context.log.warn(
            `${join(
              this.path,
              name,
            )}, which a killed run left, could not be removed: ${
              (error as Error).message
            }`,
          );
        }
      }
    }
    return removed;
  }

  private async isAbandoned(name: string): Promise<boolean> {
    const folder = join(this.path, name);
    const sign = await stat(join(folder, RUNNING_FILE))
      .catch(() => stat(folder))
      .catch(() => undefined);
    return (
      sign !== undefined && Date.now() - sign.mtimeMs > ABANDONED_MILLISECONDS
    );
  }

  /** Takes the folder's name away first: in one step it does not count any more, and the run that it belonged to cannot finish it. */
  private async removeFolder(name: string, id: string): Promise<void> {
    const doomed = join(this.path, REMOVING + id);
    if (name !== REMOVING + id) {
      try {
        await rename(join(this.path, name), doomed);
      } catch (error) {
        // Another run was quicker.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
          return;
        }
        throw error;
      }
    }
    await rm(doomed, { recursive: true, force: true, maxRetries: 3 });
  }

  private async onVolume<T>(doing: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      throw volumeError(thrown, this.path, doing);
    }
  }
}
