import type {
  BackupEntry,
  BackupGap,
} from '@akko/backstage-plugin-akko-common';

/** A row of the ledger: a run, or a time of which it is not known what ran. */
export type LedgerRow =
  | { type: 'entry'; entry: BackupEntry }
  | { type: 'gap'; gap: BackupGap };

/** Puts gaps between the entries: below those that came after them. @param entries - newest first; their order stays */
export function ledgerRows(
  entries: readonly BackupEntry[],
  gaps: readonly BackupGap[],
): LedgerRow[] {
  const rows: LedgerRow[] = [];
  const waiting = [...gaps].sort((a, b) => timeOf(b.to) - timeOf(a.to));
  for (const entry of entries) {
    while (waiting[0] && timeOf(waiting[0].to) > timeOf(entry.createdAt)) {
      rows.push({ type: 'gap', gap: waiting.shift()! });
    }
    rows.push({ type: 'entry', entry });
  }
  return [...rows, ...waiting.map(gap => ({ type: 'gap', gap } as const))];
}

/** Of a row, the same as long as it is the same run or gap. */
export function rowKey(row: LedgerRow): string {
  return row.type === 'gap' ? `gap ${row.gap.from}` : row.entry.id;
}

/** Each row once: while pages are read the ledger grows, and a gap may stand on two pages. */
export function uniqueRows(rows: readonly LedgerRow[]): LedgerRow[] {
  return [...new Map(rows.map(row => [rowKey(row), row])).values()];
}

function timeOf(iso: string): number {
  return Date.parse(iso);
}
