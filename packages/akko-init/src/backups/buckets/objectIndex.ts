import type { Readable } from 'node:stream';
import { z } from 'zod';
import { storedFile } from '../manifest';

/** An object in the index of its bucket; a line of JSON each, in the order in which the storage listed them. */
export const indexEntry = z.object({
  /** Any text. It names no file. */
  key: z.string(),
  size: z.number().int().nonnegative(),
  etag: z.string(),
  lastModified: z.string(),
  sha256: storedFile.sha256,
  /** Where its content is: below the backup in a directory, below the prefix of all backups in an object storage. */
  file: storedFile.file,
  contentType: z.string().optional(),
  contentEncoding: z.string().optional(),
  contentDisposition: z.string().optional(),
  contentLanguage: z.string().optional(),
  cacheControl: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});

/** See {@link indexEntry}. */
export type IndexEntry = z.output<typeof indexEntry>;

/** An entry as a line. */
export function lineOf(entry: IndexEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/**
 * Entries of an index, one after the other.
 * @throws z.ZodError or SyntaxError, when it is no index
 */
export async function* readIndex(source: Readable): AsyncGenerator<IndexEntry> {
  let rest = '';
  for await (const text of source.setEncoding('utf8')) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      yield indexEntry.parse(JSON.parse(line));
    }
  }
  if (rest) {
    throw new SyntaxError('the index ends in the middle of a line');
  }
}

/** Items in groups, so that a large index is never in memory as a whole. */
export async function* inGroups<T>(
  items: AsyncIterable<T>,
  size: number,
): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) {
    yield group;
  }
}
