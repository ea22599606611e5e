import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';

/** Where a page of runs ends. */
export interface PageCursor {
  createdAt: string;
  id: string;
}

const schema = z.tuple([z.string().datetime(), z.string().uuid()]);

/** Writes a cursor as opaque text. */
export function writeCursor(cursor: PageCursor): string {
  return Buffer.from(JSON.stringify([cursor.createdAt, cursor.id])).toString(
    'base64url',
  );
}

/**
 * Reads {@link writeCursor}'s text.
 *
 * @throws InputError for anything else
 */
export function readCursor(text: string): PageCursor {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InputError(
      'The cursor is none of this list; take nextCursor of the page before, or leave it out to start at the newest run.',
    );
  }
  const [createdAt, id] = result.data;
  return { createdAt, id };
}

/** Whether {@link readCursor} takes this text. */
export function isCursor(text: string): boolean {
  try {
    return readCursor(text) !== undefined;
  } catch {
    return false;
  }
}
