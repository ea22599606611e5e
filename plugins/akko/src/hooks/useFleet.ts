import type {
  Cluster,
  HealthTotals,
  InstanceHealth,
  InstanceSummary,
} from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { akkoApiRef } from '../api/akkoApi';
import { useLive } from './useLive';

/** What the fleet page filters by. */
export interface FleetFilter {
  q?: string;
  cluster?: string;
  health?: InstanceHealth;
}

/** All instances that match, and all clusters. */
export interface FleetView {
  clusters: Cluster[];
  instances: InstanceSummary[];
  totals: HealthTotals;
}

const PAGE = 200;

/** The fleet, live. */
export function useFleet({ q, cluster, health }: FleetFilter) {
  const api = useApi(akkoApiRef);
  const load = useCallback(async (): Promise<FleetView> => {
    const [{ items: clusters }, first] = await Promise.all([
      api.clusters(),
      api.instances({ q, cluster, health, limit: PAGE }),
    ]);
    const instances = [...first.items];
    let { nextCursor: cursor } = first;
    while (cursor) {
      const page = await api.instances({
        q,
        cluster,
        health,
        limit: PAGE,
        cursor,
      });
      instances.push(...page.items);
      cursor = page.nextCursor;
    }
    return { clusters, instances, totals: first.totals };
  }, [api, q, cluster, health]);
  return useLive(load, () => true);
}
