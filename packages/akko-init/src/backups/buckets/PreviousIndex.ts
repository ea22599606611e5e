import type { ListedObject } from '../objectStorage/ObjectStorage';
import type { IndexEntry } from './objectIndex';

/**
 * Finds what the backup before knew of an object. Both the index and the new listing are in the storage's order, which is that of the keys in UTF-8, so
 * that they are walked side by side; what a storage with another order hides this way is only copied again.
 */
export class PreviousIndex {
  private current?: IndexEntry;
  private ended = false;

  constructor(private readonly entries: AsyncGenerator<IndexEntry>) {}

  /** The entry of this very object, if it is unchanged. To be asked for in the order of the listing. */
  async find(object: ListedObject): Promise<IndexEntry | undefined> {
    while (
      !this.ended &&
      (!this.current || isBefore(this.current.key, object.key))
    ) {
      const { value, done } = await this.entries.next();
      this.current = value ?? undefined;
      this.ended = done === true;
    }
    const entry = this.current;
    if (entry?.key !== object.key) {
      return undefined;
    }
    this.current = undefined;
    return isUnchanged(entry, object) ? entry : undefined;
  }

  /** Reads no further. */
  async close(): Promise<void> {
    await this.entries.return(undefined);
  }
}

function isUnchanged(entry: IndexEntry, object: ListedObject): boolean {
  return (
    entry.etag === object.etag &&
    entry.size === object.size &&
    entry.lastModified === object.lastModified.toISOString()
  );
}

function isBefore(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
}
