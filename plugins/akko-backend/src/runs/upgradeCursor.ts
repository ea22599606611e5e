import { z } from 'zod/v3';
import { readCursor, writeCursor } from '../database/listCursor';
import type { PageCursor } from './pageCursor';

/** Where a page of upgrades ends. */
export interface UpgradeCursor {
  /** First run of the last upgrade that was told: what began before it comes next. */
  after: PageCursor;
  /** Newest run of the upgrades that come next, which may be newer than `after` where upgrades overlap. */
  from: PageCursor;
}

const time = z.string().datetime();
const id = z.string().uuid();
const schema = z.tuple([time, id, time, id]);

/** Writes a cursor as opaque text. @param list - what the list is of */
export function writeUpgradeCursor(
  list: string,
  { after, from }: UpgradeCursor,
): string {
  return writeCursor(list, [
    after.createdAt,
    after.id,
    from.createdAt,
    from.id,
  ]);
}

/**
 * Reads {@link writeUpgradeCursor}'s text.
 * @throws AkkoError `invalid-request` for anything else
 */
export function readUpgradeCursor(list: string, text: string): UpgradeCursor {
  const [after, afterId, from, fromId] = readCursor(list, schema, text);
  return {
    after: { createdAt: after, id: afterId },
    from: { createdAt: from, id: fromId },
  };
}
