import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this user may mount file systems. */
export const canMount = process.getuid?.() === 0;

/** A file system of a few MiB, which is soon full. */
export class SmallVolume {
  readonly path = mkdtempSync(join(tmpdir(), 'akko-small-'));

  constructor(mebibytes: number) {
    const size = `size=${mebibytes}m`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'akko-test', this.path]);
  }

  remove(): void {
    execFileSync('umount', [this.path]);
    rmSync(this.path, { recursive: true });
  }
}
