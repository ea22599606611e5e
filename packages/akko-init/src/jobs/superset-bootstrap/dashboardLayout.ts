import type { ChangeOutcome } from '../../core/Changes';
import type { JobContext } from '../../core/Job';
import type {
  ChartConfig,
  DashboardConfig,
  SupersetBootstrapConfig,
} from './config';
import { chartsIn, emptyLayout, withCharts, type Layout } from './layout';
import {
  readObject,
  updateObject,
  type SupersetObject,
} from './supersetObjects';
import type { SupersetSession } from './SupersetSession';

/** A chart that is there, and how the values want it. */
interface KnownChart {
  wanted: ChartConfig;
  found: SupersetObject & Membership;
}

interface Membership {
  dashboards?: { id: number }[];
}

/**
 * Places the charts on our dashboard. A dashboard that was never laid out gets all that are there. Later only such are added as belong to it
 * without having a place, which is how {@link ensureCharts} makes them: one that a person took off belongs to it no longer, and stays off.
 * Superset knows no conditional writes, so the layout is read again right before it is written.
 * @param id - number of the dashboard
 * @param charts - the charts that are there, or that a plan would make, by the UUID in the values
 */
export async function ensureLayout(
  context: JobContext<SupersetBootstrapConfig>,
  superset: SupersetSession,
  dashboard: DashboardConfig,
  id: number | 'planned',
  charts: ReadonlyMap<string, SupersetObject>,
): Promise<void> {
  const { config, changes } = context;
  const change = { kind: 'dashboard layout', name: dashboard.title };
  const known = dashboard.charts.flatMap(uuid => {
    const wanted = config.charts.find(each => each.uuid === uuid)!;
    const found = charts.get(uuid);
    return found ? [{ wanted, found }] : [];
  });
  if (id === 'planned') {
    await changes.create(change, async () => undefined);
    return;
  }
  const observe = async () => {
    const { position_json: json } = await readObject(superset, 'dashboard', id);
    return stateOf(json, known, id);
  };
  const { layout, missing, takenOff } = await observe();
  const place = async (): Promise<ChangeOutcome> => {
    const now = await observe();
    if (!now.missing.length) {
      return 'unchanged';
    }
    for (const chart of now.missing) {
      await addToDashboard(superset, chart, id);
    }
    return writeLayout(superset, dashboard, id, now);
  };
  if (!missing.length) {
    changes.unchanged({
      ...change,
      ...(takenOff.length && {
        note: `taken off by hand, kept so: ${namesOf(takenOff)}`,
      }),
    });
  } else if (!layout) {
    await changes.create(change, place);
  } else {
    await changes.update(
      { ...change, note: `added: ${namesOf(missing)}` },
      place,
    );
  }
}

interface LayoutState {
  /** Undefined when the dashboard was never laid out. */
  layout?: Layout;
  missing: KnownChart[];
  takenOff: KnownChart[];
}

function stateOf(
  json: string | null,
  known: readonly KnownChart[],
  dashboard: number,
): LayoutState {
  const layout: Layout = JSON.parse(json || '{}');
  if (!Object.keys(layout).length) {
    return { missing: [...known], takenOff: [] };
  }
  const placed = chartsIn(layout);
  const unplaced = known.filter(({ found }) => !placed.has(found.id));
  return {
    layout,
    missing: unplaced.filter(({ found }) => belongsTo(found, dashboard)),
    takenOff: unplaced.filter(({ found }) => !belongsTo(found, dashboard)),
  };
}

async function writeLayout(
  superset: SupersetSession,
  { title }: DashboardConfig,
  id: number,
  { layout, missing }: LayoutState,
): Promise<ChangeOutcome> {
  const completed = withCharts(
    layout ?? emptyLayout(title),
    missing.map(({ wanted: { width, height }, found }) => ({
      id: found.id,
      uuid: found.uuid,
      name: found.slice_name,
      width,
      height,
    })),
  );
  if (!completed) {
    return {
      action: 'skipped',
      note: `it has neither a grid nor a tab; add by hand: ${namesOf(missing)}`,
    };
  }
  const answer = await updateObject(superset, 'dashboard', id, {
    position_json: JSON.stringify(completed),
  });
  if (answer.status !== 200) {
    throw superset.unexpected(answer, `lay out the dashboard ${title}`);
  }
  return undefined;
}

/** Makes a chart one of the dashboard's, where it was there before the dashboard was. */
async function addToDashboard(
  superset: SupersetSession,
  { found }: KnownChart,
  dashboard: number,
): Promise<void> {
  if (belongsTo(found, dashboard)) {
    return;
  }
  const answer = await updateObject(superset, 'chart', found.id, {
    dashboards: [...dashboardsOf(found), dashboard],
  });
  if (answer.status === 422) {
    // Of two runs that add it at once, Superset's database refuses the second one.
    const now = await readObject(superset, 'chart', found.id);
    if (belongsTo(now, dashboard)) {
      return;
    }
  }
  if (answer.status !== 200) {
    throw superset.unexpected(
      answer,
      `add the chart ${found.slice_name} to the dashboard`,
    );
  }
}

function belongsTo(chart: Membership, dashboard: number): boolean {
  return dashboardsOf(chart).includes(dashboard);
}

function dashboardsOf(chart: Membership): number[] {
  return (chart.dashboards ?? []).map(each => each.id);
}

function namesOf(charts: readonly KnownChart[]): string {
  return charts.map(({ found }) => found.slice_name).join(', ');
}
