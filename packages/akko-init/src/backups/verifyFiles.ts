import { addAbortSignal } from 'node:stream';
import { JobError, toJobError } from '../core/JobError';
import type { BackupStore, StoredBackup, StoredFile } from './BackupStore';
import type { Manifest } from './manifest';
import { measured } from './Measure';

/**
 * Reads every file of a backup that its manifest names, and compares length and SHA-256.
 * @throws JobError `conflict`, naming all that differ
 */
export async function verifyFiles<M extends Manifest>(
  store: BackupStore<M>,
  { id, manifest }: StoredBackup<M>,
  signal: AbortSignal,
): Promise<void> {
  const differences: string[] = [];
  for (const { file, ...expected } of manifest.items) {
    try {
      const source = addAbortSignal(signal, await store.open(id, file));
      const found = await measured(source);
      if (found.sha256 !== expected.sha256) {
        differences.push(differenceOf(file, expected, found));
      }
    } catch (thrown) {
      signal.throwIfAborted();
      const error = toJobError(thrown);
      if (error.code !== 'conflict') {
        throw error;
      }
      differences.push(error.message.replace(/\.$/, ''));
    }
  }
  if (differences.length > 0) {
    throw damagedBackup(store.locationOf(id), differences);
  }
}

/** The failure of a drill: what was found is not what the manifest says. */
export function damagedBackup(
  location: string,
  differences: readonly string[],
): JobError {
  return new JobError({
    code: 'conflict',
    message: `The backup ${location} is not what its manifest says: ${differences.join(
      '; ',
    )}.`,
    nextStep:
      'Do not rely on this backup: name an older one to see whether that is good, take a new one now, and find out what damaged it (disk, volume, somebody by hand).',
  });
}

/** What differs between a file and the manifest. */
export function differenceOf(
  file: string,
  expected: StoredFile,
  found: StoredFile,
): string {
  return found.bytes === expected.bytes
    ? `${file} has other content (SHA-256 ${found.sha256.slice(
        0,
        12,
      )}… instead of ${expected.sha256.slice(0, 12)}…)`
    : `${file} has ${found.bytes} bytes instead of ${expected.bytes}`;
}
