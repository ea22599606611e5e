import type { Knex } from 'knex';

/** Rows deleted in one statement: SQLite limits the variables of a statement. */
const BATCH = 500;

/** {@link RunStore.prune}. */
export async function pruneRuns(client: Knex, before: Date): Promise<number> {
  const rows: { id: string }[] = await client
    .with('ranked', query =>
      query
        .select(
          'id',
          'state',
          'live',
          'finished_at',
          'created_at',
          client.raw(
            'row_number() over (partition by cluster, namespace, release, name order by created_at desc, id desc) as position',
          ),
          // The last good one says how old what there is has become, however long ago it was.
          client.raw(
            'row_number() over (partition by cluster, namespace, release, name, state order by created_at desc, id desc) as position_in_state',
          ),
        )
        .from('runs'),
    )
    .select('id')
    .from('ranked')
    .where('position', '>', 1)
    .where(query =>
      query.where('position_in_state', '>', 1).orWhereNot('state', 'succeeded'),
    )
    // Nor is a backup forgotten that is still there.
    .whereNotExists(query =>
      query
        .select(client.raw('1'))
        .from('backup_entries')
        .whereRaw('backup_entries.run_id = ranked.id')
        .where({ 'backup_entries.kind': 'backup' })
        .where({ 'backup_entries.state': 'succeeded' })
        .whereNotNull('backup_id')
        .whereNull('pruned_at'),
    )
    .whereRaw('coalesce(finished_at, created_at) < ?', [before.toISOString()])
    .where(query =>
      query
        .whereIn('state', ['succeeded', 'failed'])
        .orWhere('live', '=', false),
    );
  for (let start = 0; start < rows.length; start += BATCH) {
    const ids = rows.slice(start, start + BATCH).map(({ id }) => id);
    await client.transaction(async transaction => {
      // SQLite only follows ON DELETE CASCADE where foreign keys are switched on.
      await transaction('backup_entries').whereIn('run_id', ids).delete();
      await transaction('run_logs').whereIn('run_id', ids).delete();
      await transaction('run_manifests').whereIn('run_id', ids).delete();
      await transaction('runs').whereIn('id', ids).delete();
    });
  }
  return rows.length;
}
