import type { InitJob } from '@akko/backstage-plugin-akko-common';

/** Where a job stands in the graph: column by dependency, row within it. */
export interface PlacedNode {
  job: InitJob;
  column: number;
  row: number;
}

/** A line from a job to one that depends on it. */
export interface Edge {
  from: PlacedNode;
  to: PlacedNode;
  /** The job at its beginning failed, so the one at its end waits or is in doubt. */
  isBroken: boolean;
}

/** Places jobs in columns: one that depends on nothing is in the first, each other one right of all that it depends on. */
export function layoutGraph(jobs: readonly InitJob[]): {
  nodes: PlacedNode[];
  edges: Edge[];
  columns: number;
  rows: number;
} {
  const byName = new Map(jobs.map(job => [job.name, job]));
  const columns = new Map<string, number>();
  const columnOf = (job: InitJob, above: ReadonlySet<string>): number => {
    const known = columns.get(job.name);
    if (known !== undefined) {
      return known;
    }
    const path = new Set(above).add(job.name);
    const before = job.dependsOn
      .map(name => byName.get(name))
      .filter(other => other !== undefined && !path.has(other.name));
    const column =
      Math.max(-1, ...before.map(other => columnOf(other!, path))) + 1;
    columns.set(job.name, column);
    return column;
  };
  const rows: number[] = [];
  const nodes = jobs.map(job => {
    const column = columnOf(job, new Set());
    const row = rows[column] ?? 0;
    rows[column] = row + 1;
    return { job, column, row };
  });
  const nodeOf = new Map(nodes.map(node => [node.job.name, node]));
  const edges = nodes.flatMap(to =>
    to.job.dependsOn.flatMap(name => {
      const from = nodeOf.get(name);
      return from && from.column < to.column
        ? [
            {
              from,
              to,
              isBroken: from.job.state === 'failed' && to.job.enabled,
            },
          ]
        : [];
    }),
  );
  return {
    nodes,
    edges,
    columns: rows.length,
    rows: Math.max(0, ...rows),
  };
}

/**
 * The gap that a line takes on its way past other columns.
 * @returns the row below that gap; undefined where the line needs none, or there is none
 */
export function laneOf(
  from: PlacedNode,
  to: PlacedNode,
  rows: number,
): number | undefined {
  if (to.column - from.column < 2 || rows < 2) {
    return undefined;
  }
  const nearest = to.row < from.row ? from.row : from.row + 1;
  return Math.min(nearest, rows - 1);
}
