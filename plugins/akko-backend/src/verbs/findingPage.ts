import {
  FINDING_SEVERITIES,
  stringifyInstanceRef,
  type FindingGroup,
  type FindingQuery as FindingFilter,
  type FindingList,
  type FleetFinding,
} from '@akko/backstage-plugin-akko-common';
import { z } from 'zod/v3';
import { readCursor, writeCursor } from '../database/listCursor';
import type { StoredFinding } from '../diagnosis/types';
import type { PageQuery } from './types';

/** Which findings. */
export type FindingQuery = FindingFilter & PageQuery;

const position = z.tuple([z.number().int(), z.string(), z.string()]);
type Position = z.infer<typeof position>;

function positionOf({ severity, openedAt, id }: FleetFinding): Position {
  return [FINDING_SEVERITIES.indexOf(severity), openedAt, id];
}

/** Worst first, then what is open longest. */
function compare(a: Position, b: Position): number {
  return (
    a[0] - b[0] ||
    a[1].localeCompare(b[1], 'en') ||
    a[2].localeCompare(b[2], 'en')
  );
}

/** Findings of the same cause together, those of most instances first. */
function groupsOf(findings: readonly FleetFinding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const { causeKey, instance, openedAt } = finding;
    const group = groups.get(causeKey);
    if (!group) {
      const { rule, severity, title } = finding;
      groups.set(causeKey, {
        causeKey,
        rule,
        severity,
        title,
        instances: [instance],
        openedAt,
      });
    } else {
      if (!group.instances.includes(instance)) {
        group.instances.push(instance);
      }
      group.openedAt = openedAt < group.openedAt ? openedAt : group.openedAt;
    }
  }
  return [...groups.values()].sort(
    (a, b) =>
      b.instances.length - a.instances.length ||
      FINDING_SEVERITIES.indexOf(a.severity) -
        FINDING_SEVERITIES.indexOf(b.severity),
  );
}

/**
 * Chooses, sorts and cuts the open findings of the fleet.
 * @throws AkkoError `invalid-request` for a cursor of another list
 */
export function findingPage(
  open: readonly StoredFinding[],
  query: FindingQuery,
): FindingList {
  const { cluster, cursor, group, limit, rule, severity } = query;
  const all = open
    .filter(
      ({ instance, finding }) =>
        (cluster === undefined || cluster === instance.cluster) &&
        (rule === undefined || rule === finding.rule) &&
        (severity === undefined || severity === finding.severity),
    )
    .map(({ instance, finding }) => ({
      ...finding,
      instance: stringifyInstanceRef(instance),
    }))
    .sort((a, b) => compare(positionOf(a), positionOf(b)));
  const list = JSON.stringify(['findings', cluster, rule, severity]);
  const after =
    cursor === undefined ? undefined : readCursor(list, position, cursor);
  const rest = after
    ? all.filter(item => compare(positionOf(item), after) > 0)
    : all;
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    ...(group && { groups: groupsOf(all) }),
    nextCursor:
      last && rest.length > limit
        ? writeCursor(list, positionOf(last))
        : undefined,
  };
}
