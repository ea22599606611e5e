import type { Operation, Upgrade } from '@akko/backstage-plugin-akko-common';
import { mergeActivity } from './mergeActivity';

/** Hours at which something began, newest first, and whether there is more. */
type Sketch = [hours: number[], hasMore?: 'more'];

function at(hour: number): string {
  return new Date(Date.UTC(2026, 10, 23, hour)).toISOString();
}

function listOf<Item>(
  [hours, hasMore]: Sketch,
  item: (hour: number) => Partial<Item>,
) {
  return {
    items: hours.map(item) as Item[],
    nextCursor: hasMore && 'cursor',
  };
}

describe('mergeActivity', () => {
  const table: [
    what: string,
    operations: Sketch,
    upgrades: Sketch,
    entries: string,
    endsFirst: string | undefined,
  ][] = [
    ['shows nothing where nothing happened', [[]], [[]], '', undefined],
    [
      'shows both lists in the order of time',
      [[9, 5, 1]],
      [[7, 3]],
      'o9 u7 o5 u3 o1',
      undefined,
    ],
    [
      'shows nothing older than the end of a list that has more',
      [[9, 8], 'more'],
      [[9, 8, 7, 1]],
      'o9 u9 o8 u8',
      'operations',
    ],
    [
      'shows nothing older than the nearer of two ends',
      [[9, 2], 'more'],
      [[8, 6], 'more'],
      'o9 u8 u6',
      'upgrades',
    ],
    [
      'is not held up by a list that has ended',
      [[9]],
      [[8, 6], 'more'],
      'o9 u8 u6',
      'upgrades',
    ],
    [
      'goes on with one list after the other where both end at once',
      [[9, 6], 'more'],
      [[8, 6], 'more'],
      'o9 u8 o6 u6',
      'operations',
    ],
  ];

  it.each(table)('%s', (_, operations, upgrades, expected, endsFirst) => {
    const activity = mergeActivity({
      operations: listOf<Operation>(operations, hour => ({
        id: `o${hour}`,
        requestedAt: at(hour),
      })),
      upgrades: listOf<Upgrade>(upgrades, hour => ({
        id: `u${hour}`,
        // As Kubernetes writes it, without milliseconds.
        startedAt: at(hour).replace('.000Z', 'Z'),
      })),
    });
    const ids = activity.entries.map(entry =>
      entry.kind === 'operation' ? entry.operation.id : entry.upgrade.id,
    );
    expect(ids.join(' ')).toBe(expected);
    expect(activity.endsFirst).toBe(endsFirst);
  });
});
