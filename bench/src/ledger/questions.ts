import type { Backup, InstanceRef } from '@akko/backstage-plugin-akko-common';
import { CLUSTER, NOW, PERIOD } from './fleet';
import type { Services } from './services';

const DAY = PERIOD.ordinary;
const PAGE = 50;
/** As many as an export reads at once. */
const WALK = 200;

/** A backup of an instance. */
export interface Ref {
  instance: InstanceRef;
  backup: string;
}

export type Filter = Parameters<Services['store']['page']>[1];

/** One kind of question of the API. */
export interface Kind {
  name: string;
  /** Asks it. @param index - which of the different questions of this kind @param cursors - where pages of this backup begin */
  ask(
    services: Services,
    ref: Ref,
    index: number,
    cursors: readonly (string | undefined)[],
  ): Promise<unknown>;
  /** The list of which it asks pages somewhere in it. */
  within?: Filter;
}

/** Cursors of every 200th entry of a list, from its beginning to its end, as an export gets them. */
export async function walk(
  { store }: Services,
  ref: Ref,
  filter: Filter,
): Promise<(string | undefined)[]> {
  const cursors: (string | undefined)[] = [undefined];
  for (;;) {
    const { nextCursor } = await store.page(ref, filter, {
      limit: WALK,
      cursor: cursors[cursors.length - 1],
    });
    if (nextCursor === undefined) {
      return cursors;
    }
    cursors.push(nextCursor);
  }
}

const pageAt =
  (
    filter: Filter,
    pick: (index: number, count: number) => number,
    limit = PAGE,
  ): Kind['ask'] =>
  ({ ledger }, { instance, backup }, index, cursors) =>
    ledger.entries(instance, backup, filter, {
      limit,
      cursor:
        cursors[Math.min(cursors.length - 1, pick(index, cursors.length))],
    });

const atFirst = () => 0;
const atMiddle = (index: number, count: number) =>
  Math.floor(count * (0.4 + (index % 50) / 250));
const atEnd = (index: number, count: number) =>
  Math.max(0, count - 1 - (index % 3));
const anywhere = (index: number, count: number) =>
  Math.floor(((index % 50) / 50) * count);

const FILTERS: [string, Filter][] = [
  ['state=failed', { state: 'failed' }],
  ['origin=manual', { origin: 'manual' }],
  ['state=failed and origin=manual', { state: 'failed', origin: 'manual' }],
  ['level=restored', { level: 'restored' }],
  ['level≥readable', { level: 'readable' }],
  ['level≥checksum', { level: 'checksum' }],
  ['level≥checksum and state=failed', { level: 'checksum', state: 'failed' }],
  ['level≥checksum and origin=manual', { level: 'checksum', origin: 'manual' }],
  ['origin=unknown', { origin: 'unknown' }],
  ['kept', { kept: true }],
  ['kept and origin=manual', { kept: true, origin: 'manual' }],
];

const rangeOf = (days: number, index: number) => {
  const to = NOW - (index % 50) * DAY;
  return { from: to - days * DAY, to };
};

const calendar =
  (days: number): Kind['ask'] =>
  ({ ledger }, { instance, backup }, index) => {
    const { from, to } = rangeOf(days - 1, index);
    return ledger.calendar(
      instance,
      {
        name: backup,
        timeZone: 'Europe/Paris',
        target: { graceSeconds: 900 },
      } as Backup,
      {
        from: new Date(from).toISOString().slice(0, 10),
        to: new Date(to).toISOString().slice(0, 10),
      },
    );
  };

const chart =
  (days: number): Kind['ask'] =>
  ({ ledger }, { instance, backup }, index) => {
    const { from, to } = rangeOf(days, index);
    return ledger.chart(instance, backup, {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    });
  };

/** Questions about one backup. @param days - how long its history is */
export function kindsOf(days: number): Kind[] {
  return [
    { name: 'first page of 50', ask: pageAt({}, atFirst) },
    { name: 'page in the middle', ask: pageAt({}, atMiddle), within: {} },
    { name: 'last pages', ask: pageAt({}, atEnd), within: {} },
    { name: 'page of 200', ask: pageAt({}, anywhere, 200), within: {} },
    ...FILTERS.map(([name, filter]) => ({
      name: `pages of ${name}`,
      ask: pageAt(filter, anywhere),
      within: filter,
    })),
    { name: 'calendar of 6 months', ask: calendar(182) },
    { name: 'calendar of 400 days', ask: calendar(400) },
    { name: 'chart of 90 days', ask: chart(90) },
    { name: 'chart of 1 year', ask: chart(365) },
    { name: 'chart of all', ask: chart(days) },
    { name: 'facts', ask: ({ store }, ref) => store.facts(ref) },
  ];
}

/** Questions about a cluster, or all of them. */
export const FLEET_KINDS: Kind[] = [
  {
    name: 'gaps of half a year',
    ask: ({ store }, _ref, index) => {
      const { from, to } = rangeOf(182, index);
      return store.gaps(
        CLUSTER,
        { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
        20,
      );
    },
  },
  { name: 'all backups', ask: ({ store }) => store.backups() },
];
