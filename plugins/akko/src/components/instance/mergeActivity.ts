import type { Operation, Upgrade } from '@akko/backstage-plugin-akko-common';
import type { LoadedList } from '../../hooks/usePages';

/** One thing that happened on an instance. */
export type ActivityEntry =
  | { kind: 'operation'; operation: Operation }
  | { kind: 'upgrade'; upgrade: Upgrade };

/** What happened on an instance, as far as it is loaded. */
export interface Activity {
  /** Newest first. */
  entries: ActivityEntry[];
  /** The list that has to be loaded further to see earlier entries; undefined where there are none. */
  endsFirst?: 'operations' | 'upgrades';
}

/** When it began, in milliseconds. */
function timeOf(entry: ActivityEntry): number {
  return Date.parse(
    entry.kind === 'operation'
      ? entry.operation.requestedAt
      : entry.upgrade.startedAt,
  );
}

/** The oldest that is loaded of a list that has more; nothing older may be shown, because something is missing there. */
function endOf(entries: ActivityEntry[], nextCursor?: string): number {
  const oldest = entries.at(-1);
  return nextCursor && oldest ? timeOf(oldest) : -Infinity;
}

/** One list of what people asked for and what Helm did; both are loaded from their newest entry on, and may reach back differently far. */
export function mergeActivity(lists: {
  operations: LoadedList<Operation>;
  upgrades: LoadedList<Upgrade>;
}): Activity {
  const operations = lists.operations.items.map(
    (operation): ActivityEntry => ({ kind: 'operation', operation }),
  );
  const upgrades = lists.upgrades.items.map(
    (upgrade): ActivityEntry => ({ kind: 'upgrade', upgrade }),
  );
  const endOfOperations = endOf(operations, lists.operations.nextCursor);
  const endOfUpgrades = endOf(upgrades, lists.upgrades.nextCursor);
  const end = Math.max(endOfOperations, endOfUpgrades);
  const endingList = end === endOfOperations ? 'operations' : 'upgrades';
  return {
    entries: [...operations, ...upgrades]
      .filter(entry => timeOf(entry) >= end)
      .sort((a, b) => timeOf(b) - timeOf(a)),
    endsFirst: end === -Infinity ? undefined : endingList,
  };
}
