import {
  VERIFICATION_LEVELS,
  type VerificationLevel,
} from '@akko/backstage-plugin-akko-common';
import type { Knex } from 'knex';
import type { BackupEntryRow } from '../../database/tables';
import { drillOf } from './entryOfRecord';
import type { BackupRef } from './types';

/** What is looked up of each backup; see `LedgerFacts`. */
export type FactName =
  | 'lastGood'
  | 'lastFailed'
  | 'lastEnded'
  | 'lastScheduled'
  | 'lastScheduledGood'
  | 'lastScheduledFailed'
  | 'checksum'
  | 'readable'
  | 'restored'
  | 'lastDrill'
  | 'lastGoodDrill';

type Found = Pick<BackupEntryRow, 'run_id' | 'created_at'>;

function newer(a: Found | undefined, b: Found | undefined): Found | undefined {
  if (!a || !b) {
    return a ?? b;
  }
  return a.created_at >= b.created_at ? a : b;
}

/** Run ids of the newest entry of each kind: each is the first of an index, however long the history is. */
export async function factIds(
  client: Knex,
  { instance, backup }: BackupRef,
): Promise<Partial<Record<FactName, string>>> {
  const { cluster, namespace, release } = instance;
  const find = (
    fact: string,
    where: Partial<BackupEntryRow>,
    isProof = false,
  ) => {
    const newest = client<BackupEntryRow>('backup_entries')
      .where({ cluster, namespace, release, name: backup, ...where })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'run_id', order: 'desc' },
      ])
      .limit(1)
      .select(client.raw('? as fact', [fact]), 'run_id', 'created_at');
    if (isProof) {
      // What a drill could not restore is not proven, whatever its own run said.
      newest.whereNull('drill_failed_at');
    }
    return client.select('*').from(newest.as(fact));
  };
  const level = (name: VerificationLevel) =>
    find(name, { level: VERIFICATION_LEVELS.indexOf(name) }, true);
  const scheduled = { origin: 'scheduled' };
  const drill = { name: drillOf(backup) };
  // One statement: a start asks this of every backup.
  const found: (Found & { fact: string })[] = await find('lastGood', {
    state: 'succeeded',
  }).unionAll([
    find('lastFailed', { state: 'failed' }),
    find('lastScheduledGood', { ...scheduled, state: 'succeeded' }),
    find('lastScheduledFailed', { ...scheduled, state: 'failed' }),
    level('checksum'),
    level('readable'),
    level('restored'),
    find('lastGoodDrill', { ...drill, state: 'succeeded' }),
    find('lastFailedDrill', { ...drill, state: 'failed' }),
  ]);
  const {
    lastGood,
    lastFailed,
    lastScheduledGood,
    lastScheduledFailed,
    checksum,
    readable,
    restored,
    lastGoodDrill,
    lastFailedDrill,
  }: Record<string, Found | undefined> = Object.fromEntries(
    found.map(row => [row.fact, row]),
  );
  const rows = {
    lastGood,
    lastEnded: newer(lastGood, lastFailed),
    lastScheduledGood,
    lastScheduled: newer(lastScheduledGood, lastScheduledFailed),
    checksum,
    readable,
    restored,
    lastGoodDrill,
    lastDrill: newer(lastGoodDrill, lastFailedDrill),
  };
  return Object.fromEntries(
    Object.entries(rows).flatMap(([name, row]) =>
      row ? [[name, row.run_id]] : [],
    ),
  );
}
