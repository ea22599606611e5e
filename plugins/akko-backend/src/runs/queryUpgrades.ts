import {
  stringifyInstanceRef,
  type InstanceRef,
  type RunState,
  type UpgradeList,
} from '@akko/backstage-plugin-akko-common';
import type { Knex } from 'knex';
import type { RunRow } from '../database/tables';
import {
  groupByUpgrade,
  UPGRADE_REACH_MS,
  upgradeOf,
  type HelmRun,
  type UpgradeRuns,
} from './groupByUpgrade';
import type { PageCursor } from './pageCursor';
import { readUpgradeCursor, writeUpgradeCursor } from './upgradeCursor';

/** The chart has nine init jobs. With some to spare, the first rows read are nearly always enough. */
const RUNS_PER_UPGRADE = 12;

const COLUMNS = [
  'id',
  'name',
  'state',
  'revision',
  'created_at',
  'finished_at',
] as const;

function helmRunOfRow(row: Pick<RunRow, (typeof COLUMNS)[number]>): HelmRun {
  return {
    id: row.id,
    name: row.name,
    state: row.state as RunState,
    revision: row.revision ?? undefined,
    createdAt: row.created_at,
    finishedAt: row.finished_at ?? undefined,
  };
}

/** Where to read from, towards older runs. */
type Bound = [operator: '<' | '<=', position: PageCursor];

/** Runs of init jobs that Helm caused, newest first. */
async function helmRuns(
  client: Knex,
  { cluster, namespace, release }: InstanceRef,
  bound: Bound | undefined,
  limit: number,
): Promise<HelmRun[]> {
  const query = client<RunRow>('runs')
    .where({ cluster, namespace, release, trigger_type: 'helm', kind: 'init' })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit)
    .select(...COLUMNS);
  if (bound) {
    const [operator, { createdAt, id }] = bound;
    query.whereRaw(`(created_at, id) ${operator} (?, ?)`, [createdAt, id]);
  }
  return (await query).map(helmRunOfRow);
}

/** Its first run, which is its place in the order. */
function startOf({ runs: [{ createdAt, id }] }: UpgradeRuns): PageCursor {
  return { createdAt, id };
}

function isBefore(upgrade: UpgradeRuns, position: PageCursor): boolean {
  const { createdAt, id } = startOf(upgrade);
  return createdAt === position.createdAt
    ? id < position.id
    : createdAt < position.createdAt;
}

/** {@link RunStore.upgrades}: reads no more of the history than the page needs, and what may still belong to its last upgrade. */
export async function queryUpgrades(
  client: Knex,
  options: { instance: InstanceRef; limit: number; cursor?: string },
): Promise<UpgradeList> {
  const { cursor, instance, limit } = options;
  const list = `upgrades of ${stringifyInstanceRef(instance)}`;
  const position =
    cursor === undefined ? undefined : readUpgradeCursor(list, cursor);
  const read: HelmRun[] = [];
  let bound: Bound | undefined = position && ['<=', position.from];
  let size = (limit + 1) * RUNS_PER_UPGRADE;
  for (;;) {
    const runs = await helmRuns(client, instance, bound, size);
    read.push(...runs);
    const upgrades = groupByUpgrade([...read].reverse()).filter(
      upgrade => !position || isBefore(upgrade, position.after),
    );
    const oldest = runs.at(-1);
    if (
      !oldest ||
      runs.length < size ||
      inFull(upgrades, oldest).length > limit
    ) {
      return pageOf(list, upgrades, read, limit);
    }
    bound = ['<', oldest];
    size *= 2;
  }
}

/** Upgrades to which no run can belong that is older than those that were read. */
function inFull(
  upgrades: readonly UpgradeRuns[],
  oldest: HelmRun,
): UpgradeRuns[] {
  const reach = Date.parse(oldest.createdAt) + UPGRADE_REACH_MS;
  return upgrades.filter(
    upgrade => Date.parse(startOf(upgrade).createdAt) > reach,
  );
}

function pageOf(
  list: string,
  upgrades: readonly UpgradeRuns[],
  read: readonly HelmRun[],
  limit: number,
): UpgradeList {
  const page = upgrades.slice(0, limit);
  const last = page.at(-1);
  const later = new Set(upgrades.slice(limit).flatMap(({ runs }) => runs));
  const from = read.find(run => later.has(run));
  return {
    items: page.map(upgradeOf),
    nextCursor:
      last && from
        ? writeUpgradeCursor(list, {
            after: startOf(last),
            from: { createdAt: from.createdAt, id: from.id },
          })
        : undefined,
  };
}
