/** Columns of the ledger, in their order. */
export const LEDGER_COLUMNS = [
  'when',
  'origin',
  'state',
  'size',
  'duration',
  'items',
  'level',
  'retention',
  'location',
  'checksum',
  'findings',
] as const;

/** One of {@link LEDGER_COLUMNS}. */
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number];
