import type { Knex } from 'knex';
import type { RunRow } from '../../database/tables';
import { recordOfRow } from '../../runs/runRows';
import { writeEntry } from './writeEntry';

/** Runs that are read and written at once. */
const BATCH = 200;

/** Enters runs that have no entry: those of before there was a ledger, and those that a replica of such a version wrote. */
export async function completeLedger(client: Knex): Promise<void> {
  for (;;) {
    const rows = await client<RunRow>('runs')
      .whereIn('kind', ['backup', 'drill'])
      .whereNotExists(query =>
        query
          .select(client.raw('1'))
          .from('backup_entries')
          .whereRaw('backup_entries.run_id = runs.id'),
      )
      .orderBy('created_at')
      .limit(BATCH);
    if (rows.length === 0) {
      return;
    }
    for (const row of rows) {
      await client.transaction(transaction =>
        writeEntry(transaction, recordOfRow(row)),
      );
    }
  }
}
