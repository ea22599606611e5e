import { INSTANCE_HEALTHS } from '@akko/backstage-plugin-akko-common';
import { z } from 'zod/v3';
import { readCursor, writeCursor } from '../database/listCursor';
import type { InstanceFilter, KnownSummary } from '../instances/types';
import type { PageQuery } from './types';

const position = z.tuple([z.enum(INSTANCE_HEALTHS), z.string()]);

/**
 * Cuts a page out of the sorted list. The cursor names the last instance of the page before by its place in the order, so that an instance that
 * comes or goes in between shifts nothing else.
 * @throws AkkoError `invalid-request` for a cursor of another list
 */
export function instancePage(
  sorted: readonly KnownSummary[],
  query: InstanceFilter & PageQuery,
): { items: KnownSummary[]; nextCursor?: string } {
  const { cluster, cursor, freshness, health, limit, namespace, order, q } =
    query;
  const list = JSON.stringify([
    ...[cluster, namespace, health, freshness, q],
    ...(order === 'protection' ? [order] : []),
  ]);
  const after =
    cursor === undefined ? undefined : readCursor(list, position, cursor);
  const start = after ? startOf(sorted, after, order) : 0;
  const items = start < 0 ? [] : sorted.slice(start, start + limit);
  const last = items.at(-1);
  const hasMore = start >= 0 && start + limit < sorted.length;
  return {
    items,
    nextCursor:
      last && hasMore ? writeCursor(list, [last.health, last.ref]) : undefined,
  };
}

/** By protection there is no place to compare with, only the instance that was the last. */
function startOf(
  sorted: readonly KnownSummary[],
  after: Position,
  order: InstanceFilter['order'],
): number {
  if (order !== 'protection') {
    return sorted.findIndex(item => comesAfter(item, after));
  }
  const last = sorted.findIndex(({ ref }) => ref === after[1]);
  return last < 0 ? -1 : last + 1;
}

type Position = z.infer<typeof position>;

function comesAfter(item: KnownSummary, [health, ref]: Position): boolean {
  const difference =
    INSTANCE_HEALTHS.indexOf(item.health) - INSTANCE_HEALTHS.indexOf(health);
  return difference > 0 || (difference === 0 && item.ref > ref);
}
