import type { LedgerEntry } from '../ledger/types';

/** A good scheduled run of the PostgreSQL backup that took a minute, unless told otherwise. */
export function anEntry(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  const createdAt = changes.createdAt ?? '2026-11-10T02:30:00.000Z';
  return {
    id: 'a',
    instance: 'prod/akko/akko',
    backup: 'backup-postgres',
    origin: 'scheduled',
    state: 'succeeded',
    createdAt,
    startedAt: createdAt,
    finishedAt: new Date(Date.parse(createdAt) + 60_000).toISOString(),
    verification: { level: 'checksum' },
    retention: {},
    hasLog: true,
    ...changes,
  };
}
