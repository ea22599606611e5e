import {
  INSTANCE_HEALTHS,
  type FindingGroup,
  type HealthTotals,
  type InstanceHealth,
  type InstanceSummary,
} from '@akko/backstage-plugin-akko-common';
import type { FleetView } from '../../hooks/useFleet';
import { byProtection } from './byProtection';

/** In which order the fleet is shown. */
export const FLEET_ORDERS = ['attention', 'cluster', 'protection'] as const;

/** `attention`: those that need it first; `cluster`: under the name of their cluster; `protection`: least protected by backups first. */
export type FleetOrder = (typeof FLEET_ORDERS)[number];

/** A row of the fleet's table: an instance, or the cluster that those below it are on. */
export type FleetRowItem =
  | { type: 'instance'; instance: InstanceSummary }
  | { type: 'cluster'; name: string; title: string; count: number };

/** Whether an instance has a cause: so say the groups of findings, or what is wrong most with it. @param cause - its key */
export function hasCause(
  cause: string,
  groups: readonly FindingGroup[],
): (instance: InstanceSummary) => boolean {
  const refs = new Set(
    groups.find(({ causeKey }) => causeKey === cause)?.instances,
  );
  return ({ ref, topFinding }) =>
    refs.has(ref) || topFinding?.causeKey === cause;
}

/** Leaves only some instances, and counts them anew. @param health - of those shown; the counts are of all */
export function narrowed(
  view: FleetView,
  isIn: (instance: InstanceSummary) => boolean,
  health: InstanceHealth | undefined,
): FleetView {
  const left = view.instances.filter(isIn);
  const totals = { total: left.length } as HealthTotals;
  for (const one of INSTANCE_HEALTHS) {
    totals[one] = left.filter(instance => instance.health === one).length;
  }
  return {
    ...view,
    instances: left.filter(one => !health || one.health === health),
    totals,
  };
}

/** The rows in their order. @param instances - as the API sorts them: those that need attention first */
export function rowsOf(
  instances: readonly InstanceSummary[],
  order: FleetOrder,
): FleetRowItem[] {
  const rows = (of: readonly InstanceSummary[]): FleetRowItem[] =>
    of.map(instance => ({ type: 'instance', instance }));
  if (order === 'attention') {
    return rows(instances);
  }
  if (order === 'protection') {
    return rows([...instances].sort(byProtection));
  }
  const byCluster = new Map<string, InstanceSummary[]>();
  for (const instance of instances) {
    const known = byCluster.get(instance.cluster);
    if (known) {
      known.push(instance);
    } else {
      byCluster.set(instance.cluster, [instance]);
    }
  }
  return [...byCluster]
    .map(([name, members]) => ({
      name,
      title: members[0].clusterTitle ?? name,
      members,
    }))
    .sort((a, b) => a.title.localeCompare(b.title))
    .flatMap(({ name, title, members }) => [
      { type: 'cluster', name, title, count: members.length } as const,
      ...rows(members),
    ]);
}
