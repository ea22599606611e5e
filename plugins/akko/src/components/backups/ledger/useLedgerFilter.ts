import {
  VERIFICATION_LEVELS,
  type AkkoClient,
  type BackupOrigin,
  type RunState,
} from '@akko/backstage-plugin-akko-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Which entries of the ledger are shown; see the client's filter. */
export type LedgerFilter = NonNullable<
  Parameters<AkkoClient['exportBackupEntries']>[3]
>;

/** States by which the ledger is filtered. */
export const LEDGER_STATES = [
  'succeeded',
  'failed',
  'running',
  'pending',
  'unknown',
] as const satisfies readonly RunState[];

/** Origins by which the ledger is filtered. */
export const LEDGER_ORIGINS = [
  'scheduled',
  'manual',
  'unknown',
] as const satisfies readonly BackupOrigin[];

/** All of the ledger. */
export const NO_LEDGER_FILTER: LedgerFilter = {
  state: undefined,
  origin: undefined,
  level: undefined,
  kept: undefined,
};

/** Which entries are shown, and how to change that; it is in the address, so that it can be shared. */
export function useLedgerFilter(): [
  LedgerFilter,
  (change: LedgerFilter) => void,
] {
  const [params, setParams] = useSearchParams();
  const state = oneOf(LEDGER_STATES, params.get('state'));
  const origin = oneOf(LEDGER_ORIGINS, params.get('origin'));
  const level = oneOf(VERIFICATION_LEVELS, params.get('level'));
  const kept = params.get('kept') === 'true' || undefined;
  const filter = useMemo(
    () => ({ state, origin, level, kept }),
    [state, origin, level, kept],
  );
  const change = useCallback(
    (changes: LedgerFilter) =>
      setParams(
        known => {
          const next = new URLSearchParams(known);
          for (const [key, value] of Object.entries(changes)) {
            if (value) {
              next.set(key, String(value));
            } else {
              next.delete(key);
            }
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [filter, change];
}

function oneOf<Value extends string>(
  values: readonly Value[],
  text: string | null,
): Value | undefined {
  return values.find(value => value === text);
}
