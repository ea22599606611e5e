import { VERIFICATION_LEVELS } from '@akko/backstage-plugin-akko-common';
import type { Knex } from 'knex';
import type { BackupEntryRow } from '../../database/tables';
import type { BackupRef, EntryFilter } from './types';

/** Columns of a chart's point: all of them in the indexes that begin with a backup's name. */
export const POINT: string[] = [
  ...['run_id', 'kind', 'state', 'origin', 'created_at'],
  ...['bytes', 'duration_seconds', 'level'],
];

const JOB = ['cluster', 'namespace', 'release', 'name'] as const;

export const NEWEST_FIRST = [
  { column: 'created_at', order: 'desc' },
  { column: 'run_id', order: 'desc' },
];

/** Columns by which a backup's rows are found. */
export function keyOf(
  { instance, backup }: BackupRef,
  name = backup,
): Pick<BackupEntryRow, 'cluster' | 'namespace' | 'release' | 'name'> {
  const { cluster, namespace, release } = instance;
  return { cluster, namespace, release, name };
}

/**
 * Ids of a page. At least a level is asked for as each level from there on, so that each is read from its index instead of reading the
 * whole history for the few that match.
 */
export async function idsOfPage(
  client: Knex,
  ref: BackupRef,
  { kept, level, origin, state }: EntryFilter,
  limit: number,
  after?: { createdAt: string; id: string },
): Promise<string[]> {
  const matching = (exactLevel?: number) => {
    const query = client<BackupEntryRow>('backup_entries')
      .where(keyOf(ref))
      .orderBy(NEWEST_FIRST)
      .limit(limit)
      .select('run_id', 'created_at');
    const only = {
      ...(state && { state }),
      ...(origin && { origin }),
      ...(exactLevel !== undefined && { level: exactLevel }),
    };
    query.where(only);
    if (kept) {
      query
        .where({ state: 'succeeded' })
        .whereNotNull('backup_id')
        .whereNull('pruned_at');
    }
    if (after) {
      query.whereRaw('(created_at, run_id) < (?, ?)', [
        after.createdAt,
        after.id,
      ]);
    }
    return query;
  };
  const least = level === undefined ? 0 : VERIFICATION_LEVELS.indexOf(level);
  const pages: Pick<BackupEntryRow, 'run_id' | 'created_at'>[][] =
    least === 0
      ? [await matching()]
      : await Promise.all(
          VERIFICATION_LEVELS.map((_, index) => index)
            .filter(index => index >= least)
            .map(index => matching(index)),
        );
  return pages
    .flat()
    .sort(
      (a, b) =>
        b.created_at.localeCompare(a.created_at) ||
        b.run_id.localeCompare(a.run_id),
    )
    .slice(0, limit)
    .map(({ run_id }) => run_id);
}

/** Runs spread evenly over the range: the first at or after each of `count` moments, each found by the index. */
export async function thinPoints(
  client: Knex,
  ref: BackupRef,
  { from, to }: { from: string; to: string },
  count: number,
): Promise<BackupEntryRow[]> {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const moments = Array.from({ length: count }, (_, index) =>
    new Date(start + ((end - start) * index) / count).toISOString(),
  );
  const key = keyOf(ref);
  // One text per point: a subquery gives one value, and looking its row up again would cost as much as finding it.
  const rows: { point: string | null }[] = await client
    .select(
      client.raw(
        `(select ${POINT.map(
          column => `coalesce(cast(${column} as varchar(64)), '')`,
        ).join(" || ' ' || ")}
            from backup_entries
           where ${JOB.map(column => `${column} = ?`).join(' and ')}
             and state = 'succeeded' and created_at >= column1 and created_at < ?
           order by created_at, run_id limit 1) as point`,
        [...JOB.map(column => key[column]), to],
      ),
    )
    // Both databases call the column of such a list so.
    .from(
      client.raw(
        `(values ${moments.map(() => '(?)').join(', ')}) as moments`,
        moments,
      ),
    );
  return rows.flatMap(({ point }) => {
    if (point === null) {
      return [];
    }
    const values = point.split(' ');
    const row = Object.fromEntries(
      POINT.map((column, index) => [column, values[index] || null]),
    );
    return {
      ...(row as unknown as BackupEntryRow),
      duration_seconds:
        row.duration_seconds === null ? null : Number(row.duration_seconds),
      level: Number(row.level),
    };
  });
}
