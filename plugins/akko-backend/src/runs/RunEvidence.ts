import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { NotFoundError } from '@backstage/errors';
import type { V1Job } from '@kubernetes/client-node';
import type { Knex } from 'knex';
import { takeFromLog } from '../backups/ledger/writeEntry';
import type { RunLogRow, RunManifestRow, RunRow } from '../database/tables';
import { recordOfRow } from './runRows';
import type { StoredLog } from './types';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Logs and manifests of runs, compressed, beside the rows that lists read. */
export class RunEvidence {
  constructor(
    private readonly client: Knex,
    private readonly now: () => Date,
  ) {}

  async saveLog(runId: string, attempt: number, log: StoredLog): Promise<void> {
    const content = await zip(Buffer.from(log.text, 'utf8'));
    await this.client.transaction(async transaction => {
      const row = await transaction<RunRow>('runs')
        .where({ id: runId })
        .forUpdate()
        .first();
      if (!row) {
        throw new NotFoundError(
          `The log of run ${runId} cannot be stored: the history has no such run`,
        );
      }
      await transaction<RunLogRow>('run_logs')
        .insert({
          run_id: runId,
          attempt,
          content,
          cut_bytes: log.cutBytes ?? null,
        })
        .onConflict(['run_id', 'attempt'])
        .merge();
      const attempts = recordOfRow(row).attempts.map(known =>
        known.number === attempt ? { ...known, hasLog: true } : known,
      );
      await transaction<RunRow>('runs')
        .where({ id: runId })
        .update({
          attempts: JSON.stringify(attempts),
          updated_at: this.now().toISOString(),
        });
      if (row.kind === 'backup') {
        await takeFromLog(transaction, runId, log.text);
      }
    });
  }

  async readLog(
    runId: string,
    attempt: number,
  ): Promise<StoredLog | undefined> {
    const row = await this.client<RunLogRow>('run_logs')
      .where({ run_id: runId, attempt })
      .first();
    if (!row) {
      return undefined;
    }
    const text = (await unzip(row.content)).toString('utf8');
    return row.cut_bytes === null
      ? { text }
      : { text, cutBytes: Number(row.cut_bytes) };
  }

  async saveManifest(runId: string, job: V1Job): Promise<void> {
    const content = await zip(Buffer.from(JSON.stringify(job), 'utf8'));
    await this.client<RunManifestRow>('run_manifests')
      .insert({ run_id: runId, content })
      .onConflict('run_id')
      .ignore();
  }

  async readManifest(runId: string): Promise<V1Job | undefined> {
    const row = await this.client<RunManifestRow>('run_manifests')
      .where({ run_id: runId })
      .first();
    return row && JSON.parse((await unzip(row.content)).toString('utf8'));
  }
}
