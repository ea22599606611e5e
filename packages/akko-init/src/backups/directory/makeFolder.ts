import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const FOLDER_MODE = 0o770;
/** The bits of the group of new files among them: volumes give all that is in them to one group. */
const SPECIAL_BITS = 0o7000;

/** Makes a folder, and those that it is in, whatever the umask is so that another user of the same group can prune what is in it, and others see nothing. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: FOLDER_MODE });
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EEXIST':
        return;
      case 'ENOENT':
        await makeFolder(dirname(path));
        await makeFolder(path);
        return;
      default:
        throw error;
    }
  }
  const { mode } = await stat(path);
  await chmod(path, (mode & SPECIAL_BITS) | FOLDER_MODE);
}
