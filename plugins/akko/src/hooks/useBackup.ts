import type {
  AkkoSignal,
  PageOptions,
} from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { DateTime } from 'luxon';
import { useCallback } from 'react';
import { akkoApiRef } from '../api/akkoApi';
import { ledgerRows } from '../components/backups/ledger/ledgerRows';
import type { LedgerFilter } from '../components/backups/ledger/useLedgerFilter';
import { useLive } from './useLive';
import { usePages } from './usePages';

/** A run came, changed or ended, or what is said of the backup changed. */
function concerns(instance: string) {
  return (signal: Exclude<AkkoSignal, { type: 'fleet-changed' }>) =>
    (signal.type === 'run-changed' || signal.type === 'instance-changed') &&
    signal.instance === instance;
}

/** The ledger of a backup with the times in which nobody watched, newest first, live. @param filter - keep it stable */
export function useLedger(
  instance: string,
  backup: string,
  filter: LedgerFilter,
) {
  const api = useApi(akkoApiRef);
  const load = useCallback(
    async (page: PageOptions) => {
      const { gaps, items, nextCursor } = await api.backupEntries(
        instance,
        backup,
        { ...filter, ...page },
      );
      return { items: ledgerRows(items, gaps), nextCursor };
    },
    [api, instance, backup, filter],
  );
  return usePages(load, concerns(instance));
}

/** Size and duration of the runs of a backup, live. @param days - how far back */
export function useBackupChart(instance: string, backup: string, days: number) {
  const api = useApi(akkoApiRef);
  const load = useCallback(
    () =>
      api.backupChart(instance, backup, {
        from: DateTime.utc().minus({ days }).startOf('hour').toISO()!,
      }),
    [api, instance, backup, days],
  );
  return useLive(load, concerns(instance));
}

/** The days of a backup, the last six months, live. */
export function useBackupCalendar(instance: string, backup: string) {
  const api = useApi(akkoApiRef);
  const load = useCallback(
    () => api.backupCalendar(instance, backup),
    [api, instance, backup],
  );
  return useLive(load, concerns(instance));
}
