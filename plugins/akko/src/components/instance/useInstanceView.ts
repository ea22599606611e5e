import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

const TABS = ['bootstrap', 'backups', 'activity'] as const;

/** A tab of the instance page. */
export type InstanceTab = (typeof TABS)[number];

/** A part of a run that can be gone to at once. */
export const RUN_SECTIONS = ['log', 'history', 'manifest'] as const;

/** One of {@link RUN_SECTIONS}. */
export type RunSection = (typeof RUN_SECTIONS)[number];

/** What of an instance is shown; all of it is in the address. */
export interface InstanceView {
  tab: InstanceTab;
  /** Graph or table of jobs; undefined: by the width of the screen. */
  view?: 'graph' | 'table';
  /** The run in the drawer. */
  run?: string;
  /** The job whose newest run is in the drawer. */
  job?: string;
  /** The part of the drawer that is gone to. */
  section?: RunSection;
  /** The finding that is gone to. */
  finding?: string;
  /** Name of the backup that is shown. */
  backup?: string;
}

/** The address, relative to the page, at which something else is shown. */
export type AddressOfView = (change: Partial<InstanceView>) => string;

/** What is shown, how to change it, and the address of such a change. Opening and closing a drawer are steps of the browser's history. */
export function useInstanceView(): [
  InstanceView,
  (change: Partial<InstanceView>) => void,
  AddressOfView,
] {
  const [params, setParams] = useSearchParams();
  const view = useMemo((): InstanceView => {
    const tab = TABS.find(name => name === params.get('tab'));
    const shape = params.get('view');
    return {
      tab: tab ?? 'bootstrap',
      view: shape === 'graph' || shape === 'table' ? shape : undefined,
      run: params.get('run') ?? undefined,
      job: params.get('job') ?? undefined,
      section: RUN_SECTIONS.find(name => name === params.get('section')),
      finding: params.get('finding') ?? undefined,
      backup: params.get('backup') ?? undefined,
    };
  }, [params]);
  const change = useCallback(
    (changes: Partial<InstanceView>) =>
      setParams(known => changed(known, changes)),
    [setParams],
  );
  const addressOf = useCallback<AddressOfView>(
    changes => `?${changed(params, changes)}`,
    [params],
  );
  return [view, change, addressOf];
}

function changed(
  known: URLSearchParams,
  changes: Partial<InstanceView>,
): URLSearchParams {
  const next = new URLSearchParams(known);
  for (const [key, value] of Object.entries(changes)) {
    if (value && !(key === 'tab' && value === 'bootstrap')) {
      next.set(key, value);
    } else {
      next.delete(key);
    }
  }
  return next;
}
