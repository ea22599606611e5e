import {
  BACKUP_FRESHNESSES,
  INSTANCE_HEALTHS,
} from '@akko/backstage-plugin-akko-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { FleetFilter } from '../../hooks/useFleet';
import { FLEET_ORDERS, type FleetOrder } from './fleetRows';

/** What of the fleet is shown, and in which order. */
export interface FleetChoice extends FleetFilter {
  order: FleetOrder;
}

/** Changes some of a {@link FleetChoice}; undefined takes a filter away. */
export type ChangeFleetChoice = (changes: Partial<FleetChoice>) => void;

/** All of the fleet. */
export const NO_FILTER: FleetFilter = {
  q: undefined,
  cluster: undefined,
  health: undefined,
  freshness: undefined,
  owned: undefined,
  cause: undefined,
};

/** What the fleet page shows, kept in the address so that it can be shared. */
export function useFleetFilter(): [FleetChoice, ChangeFleetChoice] {
  const [params, setParams] = useSearchParams();
  const choice = useMemo((): FleetChoice => {
    const oneOf = <Value extends string>(
      values: readonly Value[],
      key: string,
    ) => values.find(value => value === params.get(key));
    return {
      q: params.get('q') || undefined,
      cluster: params.get('cluster') || undefined,
      health: oneOf(INSTANCE_HEALTHS, 'health'),
      freshness: oneOf(BACKUP_FRESHNESSES, 'freshness'),
      owned: params.get('owned') === 'true' || undefined,
      cause: params.get('cause') || undefined,
      order: oneOf(FLEET_ORDERS, 'order') ?? 'attention',
    };
  }, [params]);
  const change = useCallback(
    (changes: Partial<FleetChoice>) =>
      setParams(
        known => {
          const next = new URLSearchParams(known);
          for (const [key, value] of Object.entries(changes)) {
            if (value && value !== 'attention') {
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
  return [choice, change];
}
