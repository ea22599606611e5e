import {
  akkoInstanceReadPermission,
  type Backup,
  type BackupEntry,
  type Instance,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { Request, Router } from 'express';
import { once } from 'node:events';
import type { LedgerService } from '../backups/LedgerService';
import { AkkoError } from '../errors';
import type { InstanceService } from '../instances/types';
import { csvHead, csvLines } from './entriesCsv';
import { fleetBackupPage } from './fleetBackupPage';
import type { createGuard } from './guard';
import {
  calendarQuery,
  chartQuery,
  entriesQuery,
  fleetBackupsQuery,
  parse,
} from './parse';

const BACKUP =
  '/instances/:cluster/:namespace/:release/backups/:backup' as const;

/** What {@link addBackupRoutes} works with. */
export interface BackupRoutesOptions {
  guard: ReturnType<typeof createGuard>;
  instances: InstanceService;
  ledger: LedgerService;
  assertCluster(name: string): void;
  instanceOf(
    request: Request,
  ): Promise<{ ref: InstanceRef; instance: Instance }>;
}

/** Routes that read backups; what changes them is an operation. */
export function addBackupRoutes(
  router: Router,
  { assertCluster, guard, instanceOf, instances, ledger }: BackupRoutesOptions,
): void {
  const backupOf = async (
    request: Request,
  ): Promise<{ ref: InstanceRef; backup: Backup }> => {
    const { ref, instance } = await instanceOf(request);
    const { backup: name } = request.params;
    const backup = instance.backups.find(other => other.name === name);
    if (!backup) {
      throw new AkkoError(
        'unknown-backup',
        `There is no backup '${name}' of this instance. It has: ${
          instance.backups.map(other => other.name).join(', ') || 'none'
        }.`,
      );
    }
    return { ref, backup };
  };

  router.get(
    '/backups',
    guard(read('backup-list'), async (request, response) => {
      const query = parse(fleetBackupsQuery, request.query, 'query');
      if (query.cluster) {
        assertCluster(query.cluster);
      }
      response.json(await fleetBackupPage(instances, query));
    }),
  );

  router.get(
    `${BACKUP}/entries`,
    guard(read('backup-entry-list'), async (request, response, { audit }) => {
      const { cursor, format, limit, ...filter } = parse(
        entriesQuery,
        request.query,
        'query',
      );
      const { ref, backup } = await backupOf(request);
      if (!format) {
        response.json(
          await ledger.entries(ref, backup.name, filter, { cursor, limit }),
        );
        return;
      }
      audit({ format });
      const name = `${ref.release}-${backup.name}.${format}`;
      response
        .attachment(name)
        .type(format === 'csv' ? 'text/csv' : 'application/json');
      let isFirst = true;
      response.write(format === 'csv' ? csvHead() : '{"items":[');
      for await (const entries of ledger.export(ref, backup.name, filter)) {
        const text =
          format === 'csv' ? csvLines(entries) : jsonLines(entries, isFirst);
        isFirst &&= entries.length === 0;
        if (!response.write(text) && !response.destroyed) {
          await Promise.race([
            once(response, 'drain'),
            once(response, 'close'),
          ]);
        }
        if (response.destroyed) {
          return;
        }
      }
      response.end(format === 'csv' ? '' : '\n],"gaps":[]}\n');
    }),
  );

  router.get(
    `${BACKUP}/calendar`,
    guard(read('backup-calendar-fetch'), async (request, response) => {
      const query = parse(calendarQuery, request.query, 'query');
      const { ref, backup } = await backupOf(request);
      response.json(await ledger.calendar(ref, backup, query));
    }),
  );

  router.get(
    `${BACKUP}/chart`,
    guard(read('backup-chart-fetch'), async (request, response) => {
      const query = parse(chartQuery, request.query, 'query');
      const { ref, backup } = await backupOf(request);
      response.json(await ledger.chart(ref, backup.name, query));
    }),
  );
}

/** Entries of a JSON list, one per line. */
function jsonLines(entries: readonly BackupEntry[], isFirst: boolean): string {
  const lines = entries.map(entry => `\n${JSON.stringify(entry)}`).join(',');
  return isFirst || lines === '' ? lines : `,${lines}`;
}

function read(eventId: string) {
  return { eventId, permission: akkoInstanceReadPermission };
}
