import { readCursor, writeCursor, type PageCursor } from './pageCursor';

/** Where a page of upgrades ends. */
export interface UpgradeCursor {
  /** First run of the last upgrade that was told: what began before it comes next. */
  after: PageCursor;
  /** Newest run of the upgrades that come next, which may be newer than `after` where upgrades overlap. */
  from: PageCursor;
}

/** Writes a cursor as opaque text. */
export function writeUpgradeCursor({ after, from }: UpgradeCursor): string {
  return `${writeCursor(after)}.${writeCursor(from)}`;
}

/**
 * Reads {@link writeUpgradeCursor}'s text.
 *
 * @throws InputError for anything else
 */
export function readUpgradeCursor(text: string): UpgradeCursor {
  const dot = text.indexOf('.');
  return {
    after: readCursor(text.slice(0, Math.max(dot, 0))),
    from: readCursor(text.slice(dot + 1)),
  };
}

/** Whether {@link readUpgradeCursor} takes this text. */
export function isUpgradeCursor(text: string): boolean {
  try {
    return readUpgradeCursor(text) !== undefined;
  } catch {
    return false;
  }
}
