import { VERIFICATION_LEVELS } from '@akko/backstage-plugin-akko-common';
import type { Knex } from 'knex';
import type { BackupEntryRow } from '../../database/tables';
import type { RunRecord } from '../../runs/types';
import { backupOfDrill, drillOf, entryOfRecord } from './entryOfRecord';
import { sizeInLog } from './sizeInLog';

const RESTORED = VERIFICATION_LEVELS.indexOf('restored');

type Entry = Pick<
  BackupEntryRow,
  'cluster' | 'namespace' | 'release' | 'name' | 'created_at' | 'run_id'
>;

const jobOf = ({
  cluster,
  namespace,
  release,
  name,
}: Omit<Entry, 'created_at' | 'run_id'>) => ({
  cluster,
  namespace,
  release,
  name,
});

/**
 * Writes the ledger's row of a run, in the transaction that writes the run: there is no run without its entry, and none twice. What depends on
 * other runs (the size before, what was pruned, what a drill has proven) is made anew from all of them, so that runs may be recorded in any order.
 */
export async function writeEntry(
  transaction: Knex,
  record: RunRecord,
): Promise<void> {
  const own = entryOfRecord(record);
  if (!own) {
    return;
  }
  const known = await transaction<BackupEntryRow>('backup_entries')
    .where({ run_id: own.run_id })
    .first();
  if (!known) {
    await transaction<BackupEntryRow>('backup_entries')
      .insert({ ...own, level: 0 })
      .onConflict('run_id')
      .ignore();
  } else {
    const { run_id, ...columns } = own;
    await transaction<BackupEntryRow>('backup_entries')
      .where({ run_id })
      .update(own.bytes === null ? keepOfLog(columns, known) : columns);
  }
  if (own.kind === 'drill') {
    if (own.backup_id !== null) {
      await applyDrills(transaction, {
        ...jobOf(own),
        name: backupOfDrill(own.name),
        backup_id: own.backup_id,
      });
    }
    return;
  }
  if (own.state !== 'succeeded') {
    return;
  }
  await linkSizes(transaction, own);
  await applyOwnLevel(transaction, own);
  if (own.backup_id !== null) {
    await applyDrills(transaction, { ...own, backup_id: own.backup_id });
  }
  await markPruned(transaction, own);
}

/** What the log told stays when the run is written again. */
function keepOfLog<Columns extends Partial<BackupEntryRow>>(
  columns: Columns,
  known: BackupEntryRow,
): Columns {
  return known.bytes_source === 'log' || known.location_source === 'log'
    ? {
        ...columns,
        bytes: known.bytes,
        bytes_source: known.bytes_source,
        location: columns.location ?? known.location,
        location_source: columns.location_source ?? known.location_source,
      }
    : columns;
}

/** Reads size and place of a backup out of its log, where its report does not tell them. */
export async function takeFromLog(
  transaction: Knex,
  runId: string,
  log: string,
): Promise<void> {
  const entry = await transaction<BackupEntryRow>('backup_entries')
    .where({ run_id: runId, kind: 'backup' })
    .whereNull('backup_id')
    .first();
  const found = entry && sizeInLog(log);
  if (!found || (found.bytes === undefined && found.location === undefined)) {
    return;
  }
  await transaction<BackupEntryRow>('backup_entries')
    .where({ run_id: runId })
    .update({
      ...(found.bytes !== undefined && {
        bytes: found.bytes,
        bytes_source: 'log',
      }),
      ...(found.location !== undefined && {
        location: found.location,
        location_source: 'log',
      }),
    });
  if (entry.state === 'succeeded' && found.bytes !== undefined) {
    await linkSizes(transaction, { ...entry, bytes: found.bytes });
  }
}

/** Tells this entry the size before, and the one after it this size. */
async function linkSizes(
  transaction: Knex,
  entry: Entry & Pick<BackupEntryRow, 'bytes'>,
): Promise<void> {
  const sized = () =>
    transaction<BackupEntryRow>('backup_entries')
      .where({ ...jobOf(entry), state: 'succeeded' })
      .whereNotNull('bytes');
  const before = await sized()
    .whereRaw('(created_at, run_id) < (?, ?)', [entry.created_at, entry.run_id])
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'run_id', order: 'desc' },
    ])
    .first('bytes');
  await transaction<BackupEntryRow>('backup_entries')
    .where({ run_id: entry.run_id })
    .update({ previous_bytes: before?.bytes ?? null });
  if (entry.bytes === null) {
    return;
  }
  const after = await sized()
    .whereRaw('(created_at, run_id) > (?, ?)', [entry.created_at, entry.run_id])
    .orderBy(['created_at', 'run_id'])
    .first('run_id');
  if (after) {
    await transaction<BackupEntryRow>('backup_entries')
      .where({ run_id: after.run_id })
      .update({ previous_bytes: entry.bytes });
  }
}

async function applyOwnLevel(
  transaction: Knex,
  entry: Entry & Pick<BackupEntryRow, 'reported_level' | 'finished_at'>,
): Promise<void> {
  await transaction<BackupEntryRow>('backup_entries')
    .where({ run_id: entry.run_id })
    .where('level', '<', entry.reported_level)
    .update({
      level: entry.reported_level,
      verified_at: entry.finished_at,
      verified_by: entry.run_id,
    });
}

/** Puts what all drills of one backup say on its entries. */
async function applyDrills(
  transaction: Knex,
  backup: Omit<Entry, 'created_at' | 'run_id'> & { backup_id: string },
): Promise<void> {
  const { backup_id, cluster, namespace, release } = backup;
  const drills = await transaction<BackupEntryRow>('backup_entries')
    .where({ cluster, namespace, release, backup_id, kind: 'drill' })
    .where({ name: drillOf(backup.name) })
    .whereNotNull('finished_at')
    .orderBy('finished_at', 'desc');
  const good = drills.find(
    ({ reported_level, state }) =>
      state === 'succeeded' && reported_level === RESTORED,
  );
  const bad = drills.find(({ state }) => state === 'failed');
  const isBroken =
    bad && (!good || (bad.finished_at ?? '') > (good.finished_at ?? ''));
  await transaction<BackupEntryRow>('backup_entries')
    .where({ ...jobOf(backup), backup_id, kind: 'backup' })
    .update({
      ...(good && {
        level: RESTORED,
        verified_at: good.finished_at,
        verified_by: good.run_id,
        restore_seconds: good.restore_seconds,
      }),
      drill_failed_at: isBroken ? bad.finished_at : null,
      drill_failed_by: isBroken ? bad.run_id : null,
    });
}

/** Where backups of a run lie beside each other; a new target starts a new count. */
function folderOf(location: string | null): string | undefined {
  return location?.replace(/\/[^/]*\/?$/, '');
}

/** Marks what a run removed: after it there were as many good backups as it says, and those are the newest. */
async function markPruned(
  transaction: Knex,
  entry: Entry & Pick<BackupEntryRow, 'kept' | 'location' | 'finished_at'>,
): Promise<void> {
  const { finished_at, kept } = entry;
  if (kept === null) {
    return;
  }
  const there = await transaction<BackupEntryRow>('backup_entries')
    .where({ ...jobOf(entry), state: 'succeeded' })
    .whereNotNull('backup_id')
    .whereNull('pruned_at')
    .whereRaw('(created_at, run_id) <= (?, ?)', [
      entry.created_at,
      entry.run_id,
    ])
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'run_id', order: 'desc' },
    ])
    .select('run_id', 'location');
  const gone = there
    .filter(({ location }) => folderOf(location) === folderOf(entry.location))
    .slice(kept)
    .map(({ run_id }) => run_id);
  for (let start = 0; start < gone.length; start += 500) {
    await transaction<BackupEntryRow>('backup_entries')
      .whereIn('run_id', gone.slice(start, start + 500))
      .update({ pruned_at: finished_at });
  }
}
