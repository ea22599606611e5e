import { randomUUID } from 'node:crypto';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import {
  parseInstanceRef,
  stringifyInstanceRef,
  type Finding,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { Knex } from 'knex';
import { applyMigrations } from '../database/applyMigrations';
import type { FindingRow } from '../database/tables';
import type { FindingStore, FoundProblem, StoredFinding } from './types';

/** How many instances one query asks for; databases limit its parameters. */
const ASKED_AT_ONCE = 500;

/** {@link FindingStore} in SQLite or PostgreSQL. Several replicas may find the same at once: one of them opens it. */
export class DatabaseFindingStore implements FindingStore {
  private constructor(
    private readonly client: Knex,
    private readonly now: () => Date,
  ) {}

  /** Applies the migrations and opens the table. */
  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<DatabaseFindingStore> {
    return new DatabaseFindingStore(
      await applyMigrations(options.database),
      options.now ?? (() => new Date()),
    );
  }

  async open(instances?: readonly InstanceRef[]): Promise<StoredFinding[]> {
    const open = () =>
      this.client<FindingRow>('findings').whereNotNull('open_key');
    if (!instances) {
      return (await open()).map(storedOfRow);
    }
    const found: StoredFinding[] = [];
    for (let start = 0; start < instances.length; start += ASKED_AT_ONCE) {
      const refs = instances
        .slice(start, start + ASKED_AT_ONCE)
        .map(stringifyInstanceRef);
      const rows = await open().whereIn('instance', refs);
      found.push(...rows.map(storedOfRow));
    }
    return found;
  }

  async openOf(instance: InstanceRef): Promise<StoredFinding[]> {
    const rows = await this.client<FindingRow>('findings')
      .where({ instance: stringifyInstanceRef(instance) })
      .whereNotNull('open_key');
    return rows.map(storedOfRow);
  }

  async ofRun(run: string): Promise<Finding[]> {
    const rows = await this.client<FindingRow>('findings')
      .where({ run })
      .orderBy(['opened_at', 'id']);
    return rows.map(row => storedOfRow(row).finding);
  }

  async ofRuns(runs: readonly string[]): Promise<Map<string, Finding[]>> {
    const found = new Map<string, Finding[]>();
    if (runs.length === 0) {
      return found;
    }
    const rows = await this.client<FindingRow>('findings')
      .whereIn('run', runs)
      .orderBy(['opened_at', 'id']);
    for (const row of rows) {
      const run = row.run!;
      found.set(run, [...(found.get(run) ?? []), storedOfRow(row).finding]);
    }
    return found;
  }

  async save(
    instance: InstanceRef,
    { key, since, ...problem }: FoundProblem,
  ): Promise<{ finding: Finding; outcome: 'opened' | 'changed' | 'same' }> {
    const now = this.now().toISOString();
    const ref = stringifyInstanceRef(instance);
    const openKey = `${ref}|${key}`;
    const id = randomUUID();
    const content = JSON.stringify(problem);
    await this.client<FindingRow>('findings')
      .insert({
        id,
        instance: ref,
        open_key: openKey,
        key,
        job: problem.job ?? null,
        run: problem.run ?? null,
        finding: content,
        // What began before it was looked at began then.
        opened_at: since && since < now ? since : now,
        seen_at: now,
      })
      .onConflict('open_key')
      .ignore();
    const row = await this.client<FindingRow>('findings')
      .where({ open_key: openKey })
      .first();
    if (!row) {
      // It was resolved in between, by a replica that saw it end; the next look decides.
      return {
        finding: { ...problem, id, openedAt: now, seenAt: now },
        outcome: 'same',
      };
    }
    if (row.id === id) {
      return { finding: storedOfRow(row).finding, outcome: 'opened' };
    }
    if (row.finding === content) {
      return { finding: storedOfRow(row).finding, outcome: 'same' };
    }
    const updated = {
      job: problem.job ?? null,
      run: problem.run ?? null,
      finding: content,
      seen_at: now,
    };
    const count = await this.client<FindingRow>('findings')
      .where({ id: row.id, finding: row.finding })
      .update(updated);
    return {
      finding: storedOfRow({ ...row, ...updated }).finding,
      outcome: count > 0 ? 'changed' : 'same',
    };
  }

  async resolve(id: string): Promise<Finding | undefined> {
    const now = this.now().toISOString();
    const count = await this.client<FindingRow>('findings')
      .where({ id })
      .whereNotNull('open_key')
      .update({ open_key: null, resolved_at: now });
    if (count === 0) {
      return undefined;
    }
    const row = await this.client<FindingRow>('findings').where({ id }).first();
    return row && storedOfRow(row).finding;
  }

  async prune(before: Date): Promise<number> {
    return this.client<FindingRow>('findings')
      .where('resolved_at', '<', before.toISOString())
      .delete();
  }
}

function storedOfRow(row: FindingRow): StoredFinding {
  return {
    instance: parseInstanceRef(row.instance)!,
    key: row.key,
    finding: {
      ...JSON.parse(row.finding),
      id: row.id,
      openedAt: row.opened_at,
      seenAt: row.seen_at,
      resolvedAt: row.resolved_at ?? undefined,
    },
  };
}
