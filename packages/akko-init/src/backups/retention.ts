import type { StoredBackup } from './BackupStore';

/**
 * The backups that are beyond the number to keep, the oldest first. A damaged one neither counts nor goes: a person has to look at it.
 * @param backups - the oldest first
 * @param retention - at least 1, so that the newest good one always stays
 */
export function beyondRetention<B extends Pick<StoredBackup, 'damaged'>>(
  backups: readonly B[],
  retention: number,
): B[] {
  const good = backups.filter(({ damaged }) => damaged.length === 0);
  return good.slice(0, Math.max(0, good.length - retention));
}
