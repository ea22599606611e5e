import { createHash } from 'node:crypto';
import type { z } from 'zod/v3';
import { AkkoError } from '../errors';

/** Tells lists apart: a place in one means nothing in another. */
function tagOf(list: string): string {
  return createHash('sha256').update(list).digest('base64url').slice(0, 8);
}

/**
 * Writes the place where a page ends as opaque text.
 * @param list - what the list is of, filters included; only the same list takes the cursor
 * @param place - JSON
 */
export function writeCursor(list: string, place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([tagOf(list), ...place])).toString(
    'base64url',
  );
}

/**
 * Reads {@link writeCursor}'s text.
 * @throws AkkoError `invalid-request` for anything else, and for the cursor of another list
 */
export function readCursor<Place>(
  list: string,
  schema: z.ZodType<Place, z.ZodTypeDef, unknown>,
  text: string,
): Place {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  const [tag, ...place] = Array.isArray(value) ? value : [];
  const result = schema.safeParse(place);
  if (tag !== tagOf(list) || !result.success) {
    throw new AkkoError(
      'invalid-request',
      'The cursor is none of this list. Take nextCursor of the page before, with the same filters, or leave it out to start again.',
      { details: [{ field: 'cursor', message: 'is none of this list' }] },
    );
  }
  return result.data;
}
