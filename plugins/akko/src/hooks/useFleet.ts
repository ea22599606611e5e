import type {
  BackupFreshness,
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
  /** Of the worst backup. */
  freshness?: BackupFreshness;
  /** Only instances whose catalog entity belongs to the viewer. */
  owned?: boolean;
  /** Only instances that have this cause, by its key. */
  cause?: string;
}

/** All instances that match, and all clusters. */
export interface FleetView {
  clusters: Cluster[];
  instances: InstanceSummary[];
  totals: HealthTotals;
}

const PAGE = 200;

/** The fleet, live. Whose an instance is only the catalog knows, and what it shares with others the findings: see {@link useShownFleet}. */
export function useFleet(filter: FleetFilter) {
  const { cause, cluster, freshness, owned, q } = filter;
  // Totals by health are of all healths; of only some instances they are counted here.
  const health = owned || cause ? undefined : filter.health;
  const api = useApi(akkoApiRef);
  const load = useCallback(async (): Promise<FleetView> => {
    const query = { q, cluster, health, freshness, limit: PAGE };
    const [{ items: clusters }, first] = await Promise.all([
      api.clusters(),
      api.instances(query),
    ]);
    const instances = [...first.items];
    let { nextCursor: cursor } = first;
    while (cursor) {
      const page = await api.instances({ ...query, cursor });
      instances.push(...page.items);
      cursor = page.nextCursor;
    }
    return { clusters, instances, totals: first.totals };
  }, [api, q, cluster, health, freshness]);
  return useLive(load, () => true);
}
