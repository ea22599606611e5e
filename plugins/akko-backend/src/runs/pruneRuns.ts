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
        )
        .from('runs'),
    )
    .select('id')
    .from('ranked')
    .where('position', '>', 1)
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
      await transaction('run_logs').whereIn('run_id', ids).delete();
      await transaction('run_manifests').whereIn('run_id', ids).delete();
      await transaction('runs').whereIn('id', ids).delete();
    });
  }
  return rows.length;
}
