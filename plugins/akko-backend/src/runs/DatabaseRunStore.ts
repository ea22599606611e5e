import type { DatabaseService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  stringifyInstanceRef,
  type InstanceRef,
  type Run,
  type UpgradeList,
} from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import type { Knex } from 'knex';
import { completeLedger } from '../backups/ledger/completeLedger';
import { writeEntry } from '../backups/ledger/writeEntry';
import { applyMigrations } from '../database/applyMigrations';
import type { RunRow } from '../database/tables';
import { mergeRecords } from './mergeRecords';
import { readPageCursor, writePageCursor } from './pageCursor';
import { pruneRuns } from './pruneRuns';
import { queryFacts } from './queryFacts';
import { queryUpgrades } from './queryUpgrades';
import { RunEvidence } from './RunEvidence';
import { recordOfRow, rowOfRecord, runOfRecord } from './runRows';
import type {
  JobFacts,
  RecordedRun,
  RunPage,
  RunRecord,
  RunStore,
  StoredLog,
} from './types';

function jobColumns(instance: InstanceRef, name: string): Partial<RunRow> {
  return {
    cluster: instance.cluster,
    namespace: instance.namespace,
    release: instance.release,
    name,
  };
}

/** {@link RunStore} on SQLite and PostgreSQL. */
export class DatabaseRunStore implements RunStore {
  private readonly evidence: RunEvidence;

  private constructor(
    private readonly client: Knex,
    private readonly now: () => Date,
  ) {
    this.evidence = new RunEvidence(client, now);
  }

  /** Applies the migrations and opens the history. */
  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<DatabaseRunStore> {
    const client = await applyMigrations(options.database);
    await completeLedger(client);
    return new DatabaseRunStore(client, options.now ?? (() => new Date()));
  }

  async upsert(record: RunRecord): Promise<boolean> {
    const updatedAt = this.now().toISOString();
    return this.client.transaction(async transaction => {
      const inserted = await transaction<RunRow>('runs')
        .insert(rowOfRecord(record, updatedAt))
        // Without a target: a row that another replica inserts in the same moment clashes on either unique index.
        .onConflict()
        .ignore()
        .returning('id');
      if (inserted.length > 0) {
        await writeEntry(transaction, record);
        return true;
      }
      // Locked, so that another replica's write comes before or after this one, never in between.
      const row = await transaction<RunRow>('runs')
        .where({ cluster: record.cluster, uid: record.uid })
        .forUpdate()
        .first();
      if (!row) {
        throw new NotFoundError(`Run ${record.id} was deleted meanwhile`);
      }
      const joined = mergeRecords(recordOfRow(row), record);
      const merged = rowOfRecord(joined, row.updated_at);
      const stored = recordOfRow(row);
      const before = {
        ...rowOfRecord(mergeRecords(stored, stored), row.updated_at),
        // As they lie there: an older version's replica, which may run beside this one for a while, leaves them out.
        trigger_type: row.trigger_type,
        revision: row.revision,
      };
      if (JSON.stringify(merged) === JSON.stringify(before)) {
        return false;
      }
      await transaction<RunRow>('runs')
        .where({ id: row.id })
        .update({ ...merged, updated_at: updatedAt });
      await writeEntry(transaction, joined);
      return true;
    });
  }

  async get(id: string): Promise<Run | undefined> {
    return this.one({ id });
  }

  async getByUid(cluster: string, uid: string): Promise<Run | undefined> {
    return this.one({ cluster, uid });
  }

  async detail(id: string): Promise<RecordedRun | undefined> {
    const row = await this.client<RunRow>('runs').where({ id }).first();
    if (!row) {
      return undefined;
    }
    const record = recordOfRow(row);
    const ofJob = () =>
      this.client<RunRow>('runs').where(jobColumns(record.instance, row.name));
    const [previous, next, lastGood] = await Promise.all([
      ofJob()
        .whereRaw('(created_at, id) < (?, ?)', [row.created_at, id])
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .first('id'),
      ofJob()
        .whereRaw('(created_at, id) > (?, ?)', [row.created_at, id])
        .orderBy(['created_at', 'id'])
        .first('id'),
      ofJob()
        .where({ state: 'succeeded' })
        .whereNot({ id })
        .where('created_at', '<', row.created_at)
        .orderBy('created_at', 'desc')
        .first(),
    ]);
    return {
      ...runOfRecord(record),
      events: record.events,
      previous: previous?.id,
      next: next?.id,
      lastGood: lastGood && runOfRecord(recordOfRow(lastGood)),
    };
  }

  async list(options: {
    instance: InstanceRef;
    name: string;
    limit: number;
    cursor?: string;
  }): Promise<RunPage> {
    const list = `runs of ${options.name} of ${stringifyInstanceRef(
      options.instance,
    )}`;
    const query = this.client<RunRow>('runs')
      .where(jobColumns(options.instance, options.name))
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(options.limit + 1);
    if (options.cursor !== undefined) {
      const { createdAt, id } = readPageCursor(list, options.cursor);
      query.whereRaw('(created_at, id) < (?, ?)', [createdAt, id]);
    }
    const rows = await query;
    const page = rows.slice(0, options.limit);
    const last = page[page.length - 1];
    return {
      items: page.map(row => runOfRecord(recordOfRow(row))),
      nextCursor:
        rows.length > page.length && last
          ? writePageCursor(list, {
              createdAt: last.created_at,
              id: last.id,
            })
          : undefined,
    };
  }

  upgrades(options: {
    instance: InstanceRef;
    limit: number;
    cursor?: string;
  }): Promise<UpgradeList> {
    return queryUpgrades(this.client, options);
  }

  async facts(): Promise<JobFacts[]> {
    return queryFacts(this.client);
  }

  async listLive(cluster: string): Promise<RunRecord[]> {
    const rows = await this.client<RunRow>('runs').where({
      cluster,
      live: true,
    });
    return rows.map(recordOfRow);
  }

  saveLog(runId: string, attempt: number, log: StoredLog): Promise<void> {
    return this.evidence.saveLog(runId, attempt, log);
  }

  readLog(runId: string, attempt: number): Promise<StoredLog | undefined> {
    return this.evidence.readLog(runId, attempt);
  }

  saveManifest(runId: string, job: V1Job): Promise<void> {
    return this.evidence.saveManifest(runId, job);
  }

  readManifest(runId: string): Promise<V1Job | undefined> {
    return this.evidence.readManifest(runId);
  }

  async lastManifest(
    instance: InstanceRef,
    name: string,
  ): Promise<V1Job | undefined> {
    const row = await this.client<RunRow>('runs')
      .join('run_manifests', 'run_manifests.run_id', 'runs.id')
      .where(jobColumns(instance, name))
      .orderBy('created_at', 'desc')
      .first('runs.id');
    return row && this.readManifest(row.id);
  }

  prune(before: Date): Promise<number> {
    return pruneRuns(this.client, before);
  }

  private async one(where: Partial<RunRow>): Promise<Run | undefined> {
    const row = await this.client<RunRow>('runs').where(where).first();
    return row && runOfRecord(recordOfRow(row));
  }
}
