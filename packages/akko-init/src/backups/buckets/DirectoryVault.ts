import { copyFile, constants, link, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { StoredFile } from '../BackupStore';
import type { DirectoryDraft } from '../directory/DirectoryDraft';
import { contentOf, sha256Of, SMALL_BYTES } from '../Measure';
import { volumeError } from '../volumeErrors';
import type { IndexEntry } from './objectIndex';
import type { ObjectVault } from './ObjectVault';

const FOLDER = 'objects';

/** File systems that cannot link, or not so often. */
const CANNOT_LINK = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
]);

/**
 * Contents in the folder of the backup itself, called as their SHA-256. Those that the backup before has are hard links to the same file: each backup is
 * complete by itself, removing one does no harm to another, and the space is used once.
 */
export class DirectoryVault implements ObjectVault {
  private added = 0;

  constructor(private readonly draft: DirectoryDraft) {}

  async reuse(backup: string, { file, size }: IndexEntry) {
    const { folder, root } = this.draft;
    const before = join(root, backup, file);
    const now = join(folder, file);
    try {
      if ((await stat(before)).size !== size) {
        return undefined;
      }
      await this.draft.makeFolder(dirname(now));
      await link(before, now).catch(async error => {
        if (!CANNOT_LINK.has(error.code)) {
          throw error;
        }
        await copyFile(before, now, constants.COPYFILE_FICLONE);
      });
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code === 'ENOENT') {
        // Pruned by another run, or removed by hand.
        return undefined;
      }
      if (code !== 'EEXIST') {
        throw volumeError(thrown, root, `link ${file}`);
      }
    }
    return file;
  }

  async add(
    source: Readable,
    bytes: number,
  ): Promise<StoredFile & { file: string }> {
    return bytes <= SMALL_BYTES ? this.addSmall(source) : this.addLarge(source);
  }

  private async addSmall(source: Readable) {
    const content = await contentOf(source);
    const sha256 = sha256Of(content);
    const file = fileOf(sha256);
    await this.draft.writeOnce(file, content);
    return { bytes: content.length, sha256, file };
  }

  /** What it will be called is known at its end. */
  private async addLarge(source: Readable) {
    const incoming = `${FOLDER}/incoming-${this.added++}`;
    const stored = await this.draft.write(incoming, source);
    const file = fileOf(stored.sha256);
    await this.draft.rename(incoming, file);
    return { ...stored, file };
  }

  /** They went with the folder of the backup. */
  async collect(): Promise<void> {}
}

/** Folders of a few hundred files are quick on every file system. */
function fileOf(sha256: string): string {
  return `${FOLDER}/${sha256.slice(0, 2)}/${sha256}`;
}
