import type { DatabaseService } from '@backstage/backend-plugin-api';
import {
  stringifyInstanceRef,
  type BackupPoint,
} from '@akko/backstage-plugin-akko-common';
import type { Knex } from 'knex';
import { applyMigrations } from '../../database/applyMigrations';
import type { BackupEntryRow, WatchGapRow } from '../../database/tables';
import { readPageCursor, writePageCursor } from '../../runs/pageCursor';
import { jobsIn } from '../../runs/queryFacts';
import { drillOf } from './entryOfRecord';
import {
  entryOfRow,
  levelName,
  numberOf,
  pointOfRow,
  type JoinedRow,
} from './entryRows';
import { factIds, type FactName } from './factIds';
import {
  idsOfPage,
  keyOf,
  NEWEST_FIRST,
  POINT,
  thinPoints,
} from './ledgerQueries';
import type {
  BackupRef,
  CalendarRun,
  EntryFilter,
  EntryPage,
  LedgerEntry,
  LedgerFacts,
  LedgerStore,
  WatchGap,
} from './types';

/** More backups than any chart keeps; a bound for the query. */
const MOST_KEPT = 1000;
/** As many times of a schedule as are computed for a gap. */
const MOST_SCHEDULED = 10_000;

/** {@link LedgerStore} on SQLite and PostgreSQL. */
export class DatabaseLedgerStore implements LedgerStore {
  private constructor(private readonly client: Knex) {}

  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseLedgerStore> {
    return new DatabaseLedgerStore(await applyMigrations(options.database));
  }

  async page(
    ref: BackupRef,
    filter: EntryFilter,
    page: { limit: number; cursor?: string },
  ): Promise<EntryPage> {
    const list = `entries of ${ref.backup} of ${stringifyInstanceRef(
      ref.instance,
    )} ${JSON.stringify(filter)}`;
    const after =
      page.cursor === undefined ? undefined : readPageCursor(list, page.cursor);
    const ids = await idsOfPage(
      this.client,
      ref,
      filter,
      page.limit + 1,
      after,
    );
    const shown = ids.slice(0, page.limit);
    const items = await this.entries(ref, shown);
    const last = items[items.length - 1];
    return {
      items,
      after: after?.createdAt,
      nextCursor:
        ids.length > shown.length && last
          ? writePageCursor(list, { createdAt: last.createdAt, id: last.id })
          : undefined,
    };
  }

  async calendar(
    ref: BackupRef,
    { from, to }: { from: string; to: string },
    limit: number,
  ): Promise<CalendarRun[]> {
    const rows: BackupEntryRow[] = await this.table()
      .where(keyOf(ref))
      .where('created_at', '>=', from)
      .where('created_at', '<', to)
      .orderBy(NEWEST_FIRST)
      .limit(limit)
      .select('run_id', 'state', 'origin', 'created_at', 'bytes', 'level');
    return rows.reverse().map(row => ({
      run: row.run_id,
      state: row.state as CalendarRun['state'],
      origin: row.origin as CalendarRun['origin'],
      createdAt: row.created_at,
      bytes: numberOf(row.bytes),
      level: levelName(row.level),
    }));
  }

  async chart(
    ref: BackupRef,
    { from, to }: { from: string; to: string },
    limit: number,
  ): Promise<{ points: BackupPoint[]; thinned: boolean }> {
    const newest = (name: string, state?: string) => {
      const query = this.table()
        .where(keyOf(ref, name))
        .where('created_at', '>=', from)
        .where('created_at', '<', to)
        .orderBy(NEWEST_FIRST)
        .limit(limit + 1)
        .select<BackupEntryRow[]>(...POINT);
      return state ? query.where({ state }) : query;
    };
    const [drills, failed, good] = await Promise.all([
      newest(drillOf(ref.backup)).limit(limit),
      newest(ref.backup, 'failed').limit(limit),
      newest(ref.backup),
    ]);
    const thinned = good.length > limit;
    const shown = thinned
      ? await thinPoints(this.client, ref, { from, to }, limit)
      : good;
    const rows = new Map<string, BackupEntryRow>();
    for (const row of [...shown, ...failed, ...drills]) {
      rows.set(row.run_id, row);
    }
    return {
      points: [...rows.values()]
        .sort(
          (a, b) =>
            a.created_at.localeCompare(b.created_at) ||
            a.run_id.localeCompare(b.run_id),
        )
        .map(pointOfRow),
      thinned,
    };
  }

  async facts(ref: BackupRef): Promise<LedgerFacts> {
    const ids = await factIds(this.client, ref);
    const backupIds = Object.entries(ids)
      .filter(([name]) => !name.endsWith('Drill'))
      .map(([, id]) => id);
    const [own, drills] = await Promise.all([
      this.entries(ref, [...new Set(backupIds)]),
      this.entries(
        { ...ref, backup: drillOf(ref.backup) },
        [...new Set([ids.lastDrill, ids.lastGoodDrill])].filter(
          id => id !== undefined,
        ),
      ),
    ]);
    const byId = new Map([...own, ...drills].map(entry => [entry.id, entry]));
    const get = (name: FactName) => {
      const id = ids[name];
      return id === undefined ? undefined : byId.get(id);
    };
    return {
      lastEnded: get('lastEnded'),
      lastScheduled: get('lastScheduled'),
      lastGood: get('lastGood'),
      lastScheduledGood: get('lastScheduledGood'),
      verified: {
        checksum: newestOf([get('checksum'), get('readable'), get('restored')]),
        readable: newestOf([get('readable'), get('restored')]),
        restored: get('restored'),
      },
      lastDrill: get('lastDrill'),
      lastGoodDrill: get('lastGoodDrill'),
    };
  }

  async backups(): Promise<BackupRef[]> {
    const jobs = await jobsIn(this.client, 'backup_entries', 'run_id');
    return jobs.map(({ name, ...instance }) => ({ instance, backup: name }));
  }

  async gaps(
    cluster: string,
    { from, to }: { from: string; to: string },
    limit: number,
  ): Promise<WatchGap[]> {
    const rows = await this.client<WatchGapRow>('watch_gaps')
      .where({ cluster })
      .where('to_at', '>=', from)
      .where('from_at', '<=', to)
      .orderBy('from_at', 'desc')
      .limit(limit);
    return rows.map(row => ({ from: row.from_at, to: row.to_at }));
  }

  async scheduledIn(
    ref: BackupRef,
    { from, to }: { from: string; to: string },
  ): Promise<string[]> {
    const rows: { trigger: string }[] = await this.client('backup_entries')
      .join('runs', 'runs.id', 'backup_entries.run_id')
      .where(
        Object.fromEntries(
          Object.entries(keyOf(ref)).map(([column, value]) => [
            `backup_entries.${column}`,
            value,
          ]),
        ),
      )
      .where({ 'backup_entries.origin': 'scheduled' })
      .where('backup_entries.created_at', '>=', from)
      .where('backup_entries.created_at', '<=', to)
      .limit(MOST_SCHEDULED)
      .select('runs.trigger');
    return rows
      .map(({ trigger }) => JSON.parse(trigger).scheduledFor)
      .filter(time => time !== undefined);
  }

  /** Whole entries, newest first. */
  private async entries(
    ref: BackupRef,
    ids: readonly string[],
  ): Promise<LedgerEntry[]> {
    if (ids.length === 0) {
      return [];
    }
    const [rows, kept] = await Promise.all([
      this.client('backup_entries')
        .join('runs', 'runs.id', 'backup_entries.run_id')
        .whereIn('backup_entries.run_id', ids)
        .select(
          'backup_entries.*',
          ...['runs.trigger', 'runs.reason', 'runs.message', 'runs.error_line'],
          // Only an error is read of it: PostgreSQL keeps a report beside the table, and would fetch and unpack that of each good run.
          this.client.raw(
            "case when backup_entries.state <> 'succeeded' then runs.report end as report",
          ),
          this.client.raw(
            'exists (select 1 from run_logs where run_logs.run_id = backup_entries.run_id) as has_log',
          ),
        ) as Promise<JoinedRow[]>,
      this.kept(ref),
    ]);
    const places = new Map(
      kept.map(({ run_id }, index) => [run_id, index + 1]),
    );
    const of = kept.find(row => row.kept !== null)?.kept ?? undefined;
    const byId = new Map(rows.map(row => [row.run_id, row]));
    return ids.flatMap(id => {
      const row = byId.get(id);
      const rank = places.get(id);
      return row
        ? [entryOfRow(row, rank === undefined ? {} : { rank, of })]
        : [];
    });
  }

  /** Backups that are still there, newest first. */
  private kept(
    ref: BackupRef,
  ): Promise<Pick<BackupEntryRow, 'run_id' | 'kept'>[]> {
    return this.table()
      .where({ ...keyOf(ref), kind: 'backup', state: 'succeeded' })
      .whereNotNull('backup_id')
      .whereNull('pruned_at')
      .orderBy(NEWEST_FIRST)
      .limit(MOST_KEPT)
      .select('run_id', 'kept');
  }

  private table() {
    return this.client<BackupEntryRow>('backup_entries');
  }
}

function newestOf(
  entries: readonly (LedgerEntry | undefined)[],
): LedgerEntry | undefined {
  return entries.reduce(
    (best, entry) =>
      entry && (!best || entry.createdAt > best.createdAt) ? entry : best,
    undefined,
  );
}
