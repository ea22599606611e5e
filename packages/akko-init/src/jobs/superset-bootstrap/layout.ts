import { GRID_COLUMNS } from './config';

/** One part of a dashboard's layout: grid, row, tab, chart … */
export interface LayoutPart {
  id: string;
  type: string;
  children?: string[];
  /** Identifiers of all parts around it, from the root on. */
  parents?: string[];
  meta?: Record<string, any>;
}

/** A dashboard's layout as Superset keeps it (`position_json`), by identifier. */
export type Layout = Record<string, LayoutPart | string>;

/** A chart to be placed. */
export interface PlacedChart {
  id: number;
  uuid: string;
  name: string;
  /** In columns of the grid. */
  width: number;
  /** In units of 8 pixels. */
  height: number;
}

const ROOT = 'ROOT_ID';
const GRID = 'GRID_ID';

/** The layout of a dashboard that has no charts yet. */
export function emptyLayout(title: string): Layout {
  return {
    DASHBOARD_VERSION_KEY: 'v2',
    [ROOT]: { id: ROOT, type: 'ROOT', children: [GRID] },
    [GRID]: { id: GRID, type: 'GRID', children: [], parents: [ROOT] },
    HEADER_ID: { id: 'HEADER_ID', type: 'HEADER', meta: { text: title } },
  };
}

/** Numbers of the charts that a layout places, wherever it does. */
export function chartsIn(layout: Layout): Set<number> {
  return new Set(
    Object.values(layout)
      .filter(part => typeof part === 'object' && part?.type === 'CHART')
      .map(part => (part as LayoutPart).meta?.chartId),
  );
}

/**
 * The layout with more charts, in new rows below what is there: in the grid, or in the first tab where a person made tabs.
 * Identifiers come from the charts' UUIDs, so that runs at once write the same.
 * @returns undefined where the layout has no place that is known
 */
export function withCharts(
  layout: Layout,
  charts: readonly PlacedChart[],
): Layout | undefined {
  const container = containerOf(layout);
  if (!container) {
    return undefined;
  }
  const parents = [...(container.parents ?? [ROOT]), container.id];
  const rows = rowsOf(charts).map(row => ({
    id: `ROW-${row[0].uuid}`,
    charts: row,
  }));
  const added: Layout = {
    [container.id]: {
      ...container,
      children: [...(container.children ?? []), ...rows.map(({ id }) => id)],
    },
  };
  for (const row of rows) {
    added[row.id] = {
      id: row.id,
      type: 'ROW',
      children: row.charts.map(({ uuid }) => `CHART-${uuid}`),
      meta: { background: 'BACKGROUND_TRANSPARENT' },
      parents,
    };
    for (const { id, uuid, name, width, height } of row.charts) {
      added[`CHART-${uuid}`] = {
        id: `CHART-${uuid}`,
        type: 'CHART',
        children: [],
        meta: { chartId: id, uuid, sliceName: name, width, height },
        parents: [...parents, row.id],
      };
    }
  }
  return { ...layout, ...added };
}

/** Where rows go. */
function containerOf(layout: Layout): LayoutPart | undefined {
  for (let part = partOf(layout, ROOT); part; ) {
    if (part.type === 'GRID' || part.type === 'TAB') {
      return part;
    }
    part = partOf(layout, part.children?.[0]);
  }
  return undefined;
}

function partOf(
  layout: Layout,
  id: string | undefined,
): LayoutPart | undefined {
  const part = id === undefined ? undefined : layout[id];
  return typeof part === 'object' ? part : undefined;
}

/** Fills rows from the left, in the given order. */
function rowsOf(charts: readonly PlacedChart[]): PlacedChart[][] {
  const rows: PlacedChart[][] = [];
  let free = 0;
  for (const chart of charts) {
    if (chart.width > free) {
      rows.push([]);
      free = GRID_COLUMNS;
    }
    rows[rows.length - 1].push(chart);
    free -= chart.width;
  }
  return rows;
}
