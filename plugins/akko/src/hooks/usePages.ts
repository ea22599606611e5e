import type { PageOptions } from '@akko/backstage-plugin-akko-common';
import { useMemo, useState } from 'react';
import { useLive } from './useLive';

/** A list as far as it was loaded, newest first. */
export interface LoadedList<Item> {
  items: Item[];
  /** There is more, older than these. */
  nextCursor?: string;
}

type LoadPage<Item> = (page: PageOptions) => Promise<LoadedList<Item>>;

/** Items that one more press shows. */
const STEP = 50;
/** Items that the API answers at most at once. */
const LARGEST = 200;

/** Loads a list from its newest item on, each time as far back as was asked for: pages kept from before would no longer fit behind new items. */
class GrowingList<Item> {
  private wanted = STEP;

  constructor(private readonly loadPage: LoadPage<Item>) {}

  grow(): void {
    this.wanted += STEP;
  }

  readonly load = async (): Promise<LoadedList<Item>> => {
    const items: Item[] = [];
    let cursor: string | undefined;
    do {
      const limit = Math.min(LARGEST, this.wanted - items.length);
      const page = await this.loadPage({ limit, cursor });
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor && items.length < this.wanted);
    return { items, nextCursor: cursor };
  };
}

/**
 * A list that is shown from its newest item on, live, and further back when somebody asks for it.
 * @param loadPage - keep it stable with `useCallback`; a new one starts over
 * @param concerns - whether a signal is about it
 */
export function usePages<Item>(
  loadPage: LoadPage<Item>,
  concerns: Parameters<typeof useLive>[1],
) {
  const list = useMemo(() => new GrowingList(loadPage), [loadPage]);
  const live = useLive(list.load, concerns);
  const [growingFrom, setGrowingFrom] = useState<string>();
  const nextCursor =
    live.status === 'ready' ? live.value.nextCursor : undefined;
  const isLoadingEarlier =
    live.status === 'ready' &&
    !live.error &&
    nextCursor !== undefined &&
    nextCursor === growingFrom;
  return {
    ...live,
    isLoadingEarlier,
    showEarlier: () => {
      if (!isLoadingEarlier) {
        list.grow();
        setGrowingFrom(nextCursor);
        live.refresh();
      }
    },
  };
}
