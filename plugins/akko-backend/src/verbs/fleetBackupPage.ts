import {
  BACKUP_FRESHNESSES,
  parseInstanceRef,
  type Backup,
  type FleetBackup,
  type FleetBackupList,
  type FleetBackupQuery as BackupFilter,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import { z } from 'zod/v3';
import { readCursor, writeCursor } from '../database/listCursor';
import type { InstanceService } from '../instances/types';
import type { PageQuery } from './types';

/** Which backups. */
export type FleetBackupQuery = BackupFilter & PageQuery;

const position = z.tuple([
  z.number().int(),
  z.string(),
  z.string(),
  z.string(),
]);
type Position = z.infer<typeof position>;

/** Least protected first: the worst, then what is verified longest ago. */
function positionOf({ backup, instance }: FleetBackup): Position {
  return [
    BACKUP_FRESHNESSES.indexOf(backup.freshness),
    backup.lastVerifiedAt ?? '',
    instance,
    backup.name,
  ];
}

function compare(a: Position, b: Position): number {
  return (
    a[0] - b[0] ||
    a[1].localeCompare(b[1], 'en') ||
    a[2].localeCompare(b[2], 'en') ||
    a[3].localeCompare(b[3], 'en')
  );
}

/** A list has no need of whole runs and entries: they are in the instance and in the ledger. */
function slim({ lastGood: _good, lastRun: _run, ...backup }: Backup): Backup {
  const { drill } = backup;
  return drill
    ? { ...backup, drill: { ...drill, lastRun: undefined } }
    : backup;
}

/**
 * Sorts and cuts the backups of the fleet; those that the chart does not have are left out.
 * @throws AkkoError `invalid-request` for a cursor of another list
 */
export async function fleetBackupPage(
  instances: InstanceService,
  { cluster, cursor, freshness, limit }: FleetBackupQuery,
  where: (ref: InstanceRef) => boolean,
): Promise<FleetBackupList> {
  const { items: summaries } = await instances.list({ cluster, where });
  const all: FleetBackup[] = [];
  for (const summary of summaries) {
    const instance = await instances.get(parseInstanceRef(summary.ref)!);
    for (const backup of instance?.backups ?? []) {
      if (backup.freshness !== 'disabled') {
        all.push({
          instance: summary.ref,
          instanceTitle: summary.title,
          cluster: summary.cluster,
          clusterTitle: summary.clusterTitle,
          sandbox: summary.sandbox,
          stale: summary.stale,
          backup,
        });
      }
    }
  }
  const totals: Record<string, number> = {};
  all.forEach(({ backup }) => {
    totals[backup.freshness] = (totals[backup.freshness] ?? 0) + 1;
  });
  const sorted = all
    .filter(
      ({ backup }) => freshness === undefined || backup.freshness === freshness,
    )
    .sort((a, b) => compare(positionOf(a), positionOf(b)));
  const list = JSON.stringify(['backups', cluster, freshness]);
  const after =
    cursor === undefined ? undefined : readCursor(list, position, cursor);
  const rest = after
    ? sorted.filter(item => compare(positionOf(item), after) > 0)
    : sorted;
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(item => ({ ...item, backup: slim(item.backup) })),
    nextCursor:
      last && rest.length > limit
        ? writeCursor(list, positionOf(last))
        : undefined,
    totals,
  };
}
