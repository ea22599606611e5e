import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BackupDraft, StoredFile } from '../BackupStore';
import { Heartbeat } from '../Heartbeat';
import { MANIFEST_FILE } from '../manifest';
import { Measure } from '../Measure';
import { volumeError } from '../volumeErrors';
import { makeFolder } from './makeFolder';

/** In front of the name of a backup that is being taken. */
export const PARTIAL = '.partial-';
/** In front of the name of a backup that is being removed. */
export const REMOVING = '.removing-';
/** Its modification time says when the run was last alive. */
export const RUNNING_FILE = 'running';
/** Dumps hold the data of everybody, and the hashes of passwords. */
const FILE_MODE = 0o640;

/** A backup that is being taken into a folder, which has a temporary name until it is complete. */
export class DirectoryDraft implements BackupDraft {
  readonly folder: string;
  private heartbeat?: Heartbeat;
  private readonly folders = new Set<string>();

  private constructor(
    /** The folder of all backups. */
    readonly root: string,
    readonly id: string,
    readonly removed: readonly string[],
    private readonly signal: AbortSignal,
  ) {
    this.folder = join(root, PARTIAL + id);
  }

  static async start(
    root: string,
    id: string,
    removed: readonly string[],
    signal: AbortSignal,
  ): Promise<DirectoryDraft> {
    const draft = new DirectoryDraft(root, id, removed, signal);
    await makeFolder(draft.folder);
    const running = join(draft.folder, RUNNING_FILE);
    await writeFile(running, '');
    draft.heartbeat = new Heartbeat(() => {
      const now = new Date();
      return utimes(running, now, now);
    });
    return draft;
  }

  async write(file: string, source: Readable): Promise<StoredFile> {
    const path = join(this.folder, file);
    const measure = new Measure();
    try {
      await this.makeFolder(dirname(path));
      await pipeline(
        source,
        measure,
        // On the disk before the manifest says that it is.
        createWriteStream(path, { mode: FILE_MODE, flush: true }),
        { signal: this.signal },
      );
    } catch (thrown) {
      source.destroy();
      throw volumeError(thrown, this.root, `write ${file}`);
    }
    return measure.result();
  }

  /** Writes a file of which it does not matter who wrote it, because it is called as its content is. */
  async writeOnce(file: string, content: Uint8Array): Promise<void> {
    const path = join(this.folder, file);
    try {
      await this.makeFolder(dirname(path));
      await writeFile(path, content, {
        flag: 'wx',
        mode: FILE_MODE,
        flush: true,
      });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw volumeError(thrown, this.root, `write ${file}`);
      }
    }
  }

  /** Gives a file of the draft another name. */
  async rename(file: string, name: string): Promise<void> {
    const path = join(this.folder, name);
    try {
      await this.makeFolder(dirname(path));
      await rename(join(this.folder, file), path);
    } catch (thrown) {
      throw volumeError(thrown, this.root, `write ${name}`);
    }
  }

  /** Makes a folder below that of the draft, if it is not there. */
  async makeFolder(folder: string): Promise<void> {
    if (!this.folders.has(folder)) {
      await makeFolder(folder);
      this.folders.add(folder);
    }
  }

  async open(file: string): Promise<Readable> {
    return createReadStream(join(this.folder, file));
  }

  async drop(file: string): Promise<void> {
    await rm(join(this.folder, file), { force: true });
  }

  async commit(manifest: string): Promise<void> {
    this.heartbeat?.stop();
    try {
      await writeFile(join(this.folder, MANIFEST_FILE), manifest, {
        mode: FILE_MODE,
        flush: true,
      });
      await unlink(join(this.folder, RUNNING_FILE));
      for (const folder of [...this.folders, this.folder]) {
        await flushFolder(folder);
      }
      await rename(this.folder, join(this.root, this.id));
      await flushFolder(this.root);
    } catch (thrown) {
      throw volumeError(thrown, this.root, `finish the backup ${this.id}`);
    }
  }

  async discard(): Promise<void> {
    this.heartbeat?.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Puts the names in a folder on the disk. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
