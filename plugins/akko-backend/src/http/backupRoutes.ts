import type { BackupEntry } from '@akko/backstage-plugin-akko-common';
import type { Response, Router } from 'express';
import { once } from 'node:events';
import type { Verbs } from '../verbs';
import type { createDoor } from './door';
import { csvHead, csvLines } from './entriesCsv';
import {
  calendarQuery,
  chartQuery,
  entriesQuery,
  fleetBackupsQuery,
  parse,
  refOf,
} from './parse';

const BACKUP =
  '/instances/:cluster/:namespace/:release/backups/:backup' as const;

/** Routes that read backups; what changes them is an operation. */
export function addBackupRoutes(
  router: Router,
  {
    backups,
    door,
  }: { backups: Verbs['backups']; door: ReturnType<typeof createDoor> },
): void {
  router.get(
    '/backups',
    door(async (request, response, caller) => {
      const query = parse(fleetBackupsQuery, request.query, 'query');
      response.json(await backups.list(caller, query));
    }),
  );

  router.get(
    `${BACKUP}/entries`,
    door(async ({ params, query }, response, caller) => {
      const { cursor, format, limit, ...filter } = parse(
        entriesQuery,
        query,
        'query',
      );
      const backup = backupOf(params);
      if (!format) {
        const page = { cursor, limit };
        response.json(await backups.entries(caller, backup, filter, page));
        return;
      }
      const entries = await backups.export(caller, backup, filter, format);
      response
        .attachment(`${backup.ref.release}-${backup.name}.${format}`)
        .type(format === 'csv' ? 'text/csv' : 'application/json');
      await sendEntries(entries, format, response);
    }),
  );

  router.get(
    `${BACKUP}/calendar`,
    door(async ({ params, query }, response, caller) => {
      const wanted = parse(calendarQuery, query, 'query');
      response.json(await backups.calendar(caller, backupOf(params), wanted));
    }),
  );

  router.get(
    `${BACKUP}/chart`,
    door(async ({ params, query }, response, caller) => {
      const wanted = parse(chartQuery, query, 'query');
      response.json(await backups.chart(caller, backupOf(params), wanted));
    }),
  );
}

function backupOf(params: Record<string, string>) {
  return { ref: refOf(params), name: params.backup };
}

/** Writes a ledger as fast as it is read, so that none is held in memory. */
async function sendEntries(
  ledger: AsyncIterable<BackupEntry[]>,
  format: 'csv' | 'json',
  response: Response,
): Promise<void> {
  let isFirst = true;
  response.write(format === 'csv' ? csvHead() : '{"items":[');
  for await (const entries of ledger) {
    const text =
      format === 'csv' ? csvLines(entries) : jsonLines(entries, isFirst);
    isFirst &&= entries.length === 0;
    if (!response.write(text) && !response.destroyed) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    if (response.destroyed) {
      return;
    }
  }
  response.end(format === 'csv' ? '' : '\n],"gaps":[]}\n');
}

/** Entries of a JSON list, one per line. */
function jsonLines(entries: readonly BackupEntry[], isFirst: boolean): string {
  const lines = entries.map(entry => `\n${JSON.stringify(entry)}`).join(',');
  return isFirst || lines === '' ? lines : `,${lines}`;
}
