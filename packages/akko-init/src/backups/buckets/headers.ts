import type { ObjectHeaders } from '../objectStorage/ObjectStorage';
import type { IndexEntry } from './objectIndex';

const NAMES = [
  ['contentType', 'ContentType'],
  ['contentEncoding', 'ContentEncoding'],
  ['contentDisposition', 'ContentDisposition'],
  ['contentLanguage', 'ContentLanguage'],
  ['cacheControl', 'CacheControl'],
  ['metadata', 'Metadata'],
] as const;

/** What an index says of an object besides its content. */
export type EntryHeaders = Pick<IndexEntry, (typeof NAMES)[number][0]>;

/** Headers of an object, as an index has them. */
export function toEntry(headers: ObjectHeaders): EntryHeaders {
  return Object.fromEntries(
    NAMES.map(([name, header]) => [name, headers[header]]).filter(([, value]) =>
      isSaid(value),
    ),
  );
}

/** Headers of an object, as a request has them. */
export function toHeaders(entry: EntryHeaders): ObjectHeaders {
  return Object.fromEntries(
    NAMES.map(([name, header]) => [header, entry[name]]).filter(([, value]) =>
      isSaid(value),
    ),
  );
}

/** No metadata is told as an empty object. */
function isSaid(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== '' &&
    !(typeof value === 'object' && Object.keys(value as object).length === 0)
  );
}
