import { z } from 'zod/v3';
import { readCursor, writeCursor } from '../database/listCursor';

/** Where a page of rows ends that are sorted by time and id. */
export interface PageCursor {
  createdAt: string;
  id: string;
}

const schema = z.tuple([z.string().datetime(), z.string().uuid()]);

/** Writes a cursor as opaque text. @param list - what the list is of */
export function writePageCursor(
  list: string,
  { createdAt, id }: PageCursor,
): string {
  return writeCursor(list, [createdAt, id]);
}

/**
 * Reads {@link writePageCursor}'s text.
 * @throws AkkoError `invalid-request` for anything else
 */
export function readPageCursor(list: string, text: string): PageCursor {
  const [createdAt, id] = readCursor(list, schema, text);
  return { createdAt, id };
}
