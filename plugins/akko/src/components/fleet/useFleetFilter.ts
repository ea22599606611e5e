import {
  INSTANCE_HEALTHS,
  type InstanceHealth,
} from '@akko/backstage-plugin-akko-common';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { FleetFilter } from '../../hooks/useFleet';

/** The filter of the fleet page, kept in the address so that it can be shared. */
export function useFleetFilter(): [
  FleetFilter,
  (change: Partial<FleetFilter>) => void,
] {
  const [params, setParams] = useSearchParams();
  const health = params.get('health');
  const filter: FleetFilter = {
    q: params.get('q') || undefined,
    cluster: params.get('cluster') || undefined,
    health: INSTANCE_HEALTHS.includes(health as InstanceHealth)
      ? (health as InstanceHealth)
      : undefined,
  };
  const change = useCallback(
    (changes: Partial<FleetFilter>) =>
      setParams(
        known => {
          const next = new URLSearchParams(known);
          for (const [key, value] of Object.entries(changes)) {
            if (value) {
              next.set(key, value);
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
