import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { applyMigrations } from '../database/applyMigrations';
import { readPageCursor, writePageCursor } from '../runs/pageCursor';
import {
  changingColumns,
  laneOf,
  operationOfRows,
  rowOfOperation,
  rowOfStep,
  type OperationRow,
  type StepRow,
} from './operationRows';
import {
  LeaseLostError,
  type InsertOutcome,
  type OperationRecord,
  type OperationStore,
} from './OperationStore';
import type { StepRecord } from './steps';

/** {@link OperationStore} in SQLite or PostgreSQL. */
export class DatabaseOperationStore implements OperationStore {
  private constructor(private readonly client: Knex) {}

  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseOperationStore> {
    return new DatabaseOperationStore(await applyMigrations(options.database));
  }

  async insert(operation: OperationRecord): Promise<InsertOutcome> {
    try {
      await this.client.transaction(async transaction => {
        await transaction('operations').insert(rowOfOperation(operation));
        await transaction('operation_steps').insert(
          operation.steps.map((step, position) =>
            rowOfStep(operation.id, step, position),
          ),
        );
      });
      return { type: 'inserted' };
    } catch (error) {
      // The unique indexes decide between replicas; each database words its refusal differently, so what they guard is looked up.
      const { requestedBy, idempotencyKey, instance } = operation;
      const repeated =
        idempotencyKey && (await this.findByKey(requestedBy, idempotencyKey));
      if (repeated) {
        return { type: 'repeated', operation: repeated };
      }
      const lane = laneOf(operation);
      const active = (await this.active(instance)).find(
        other => laneOf(other) === lane,
      );
      if (active) {
        return { type: 'active', operation: active };
      }
      throw error;
    }
  }

  async findByKey(
    requestedBy: string,
    idempotencyKey: string,
  ): Promise<OperationRecord | undefined> {
    const [found] = await this.read(
      this.table().where({
        requested_by: requestedBy,
        idempotency_key: idempotencyKey,
      }),
    );
    return found;
  }

  async get(id: string): Promise<OperationRecord | undefined> {
    const [found] = await this.read(this.table().where({ id }));
    return found;
  }

  async active(instance: string): Promise<OperationRecord[]> {
    return this.read(
      this.table()
        .where({ instance })
        .whereIn('state', ['queued', 'running'])
        .orderBy('requested_at'),
    );
  }

  async list(
    instance: string,
    page: { limit: number; cursor?: string },
  ): Promise<{ items: OperationRecord[]; nextCursor?: string }> {
    const list = `operations of ${instance}`;
    const query = this.table()
      .where({ instance })
      .orderBy([
        { column: 'requested_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(page.limit + 1);
    if (page.cursor) {
      const { createdAt, id } = readPageCursor(list, page.cursor);
      query.andWhere(older =>
        older
          .where('requested_at', '<', createdAt)
          .orWhere(same =>
            same.where('requested_at', createdAt).andWhere('id', '<', id),
          ),
      );
    }
    const found = await this.read(query);
    const items = found.slice(0, page.limit);
    const last = items.at(-1);
    return {
      items,
      nextCursor:
        last && found.length > page.limit
          ? writePageCursor(list, {
              createdAt: last.requestedAt,
              id: last.id,
            })
          : undefined,
    };
  }

  async claim(owner: string, now: Date, until: Date): Promise<string[]> {
    const free = (query: Knex.QueryBuilder) =>
      query
        .whereIn('state', ['queued', 'running'])
        .andWhere(lease =>
          lease
            .whereNull('lease_until')
            .orWhere('lease_until', '<', now.toISOString()),
        );
    const candidates = await free(this.client('operations')).select('id');
    const claimed: string[] = [];
    for (const { id } of candidates) {
      const count = await free(this.client('operations'))
        .andWhere({ id })
        .update({ lease_owner: owner, lease_until: until.toISOString() });
      if (count === 1) {
        claimed.push(id);
      }
    }
    return claimed;
  }

  async renew(id: string, owner: string, until: Date): Promise<void> {
    await this.underLease(this.client, id, owner, {
      lease_until: until.toISOString(),
    });
  }

  async release(owner: string): Promise<void> {
    await this.table()
      .where({ lease_owner: owner })
      .update({ lease_owner: null, lease_until: null });
  }

  async start(id: string, owner: string): Promise<void> {
    await this.underLease(this.client, id, owner, { state: 'running' });
  }

  async saveStep(id: string, owner: string, step: StepRecord): Promise<void> {
    await this.client.transaction(async transaction => {
      await this.underLease(transaction, id, owner, { lease_owner: owner });
      await transaction('operation_steps')
        .where({ operation_id: id, job: step.job })
        .update(changingColumns(step));
    });
  }

  async finish(
    id: string,
    owner: string,
    end: Parameters<OperationStore['finish']>[2],
  ): Promise<void> {
    await this.client.transaction(async transaction => {
      await this.underLease(transaction, id, owner, {
        state: end.state,
        error: end.error ? JSON.stringify(end.error) : null,
        finished_at: end.at.toISOString(),
        active_instance: null,
        lease_owner: null,
        lease_until: null,
      });
      // It may hold secrets in plain text, and the history has its own copy.
      await transaction('operation_steps')
        .where({ operation_id: id })
        .update({ manifest: null });
    });
  }

  async prune(before: Date): Promise<number> {
    return this.table()
      .where('finished_at', '<', before.toISOString())
      .delete();
  }

  private table() {
    return this.client<OperationRow>('operations');
  }

  /** Changes the row of an operation, which also locks it till the end of the transaction. */
  private async underLease(
    client: Knex,
    id: string,
    owner: string,
    change: Partial<OperationRow>,
  ): Promise<void> {
    const count = await client<OperationRow>('operations')
      .where({ id, lease_owner: owner })
      .update(change);
    if (count !== 1) {
      throw new LeaseLostError(
        `Operation ${id} is carried out by another replica by now`,
      );
    }
  }

  private async read(query: Knex.QueryBuilder): Promise<OperationRecord[]> {
    const rows: OperationRow[] = await query;
    if (rows.length === 0) {
      return [];
    }
    const steps = await this.client<StepRow>('operation_steps')
      .whereIn(
        'operation_id',
        rows.map(({ id }) => id),
      )
      .orderBy('position');
    return rows.map(row =>
      operationOfRows(
        row,
        steps.filter(step => step.operation_id === row.id),
      ),
    );
  }
}
