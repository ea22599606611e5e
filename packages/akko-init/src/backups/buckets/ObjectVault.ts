import type { Readable } from 'node:stream';
import type { StoredFile } from '../BackupStore';
import type { IndexEntry } from './objectIndex';

/** Where a backup keeps the contents of objects. Their names never come from keys. */
export interface ObjectVault {
  /**
   * Takes over the content of an object that the backup before has.
   * @returns the file for the index; undefined when it is not there as it should be
   */
  reuse(backup: string, entry: IndexEntry): Promise<string | undefined>;
  /**
   * Takes the content of an object.
   * @param bytes - its length
   */
  add(source: Readable, bytes: number): Promise<StoredFile & { file: string }>;
  /** After pruning: removes contents that no backup refers to any more. */
  collect(): Promise<void>;
}
