import { isDeepStrictEqual } from 'node:util';
import type { JobContext } from '../../core/Job';
import type { ChartConfig, SupersetBootstrapConfig } from './config';
import type { DatasetState } from './datasets';
import {
  createObject,
  findObjects,
  refusal,
  type SupersetObject,
} from './supersetObjects';
import type { SupersetSession } from './SupersetSession';

const COLUMNS = [
  'slice_name',
  'viz_type',
  'params',
  'datasource_id',
  'dashboards.id',
];

/** Superset counts from one. */
const PLANNED_ID = 0;

/** A chart by UUID, or by its name on the dataset, where a person made one. */
export async function findChart(
  superset: SupersetSession,
  { uuid, name }: ChartConfig,
  dataset: DatasetState,
): Promise<SupersetObject | undefined> {
  const [byUuid] = await findObjects(superset, 'chart', { uuid }, COLUMNS);
  if (byUuid || dataset === 'planned') {
    return byUuid;
  }
  const byName = await findObjects(
    superset,
    'chart',
    { slice_name: name },
    COLUMNS,
  );
  return byName
    .filter(each => each.datasource_id === dataset)
    .sort((a, b) => a.id - b.id)[0];
}

/**
 * Makes the charts that are missing and whose datasets are there. A chart of the dashboard is made together with its place among the
 * dashboard's charts, so that a run that is cut off leaves none that a later run could take for one that a person took off.
 * @param dashboard - the dashboard, when it is ours to complete
 * @returns the charts that are there, or that a plan would make, by the UUID in the values
 */
export async function ensureCharts(
  context: JobContext<SupersetBootstrapConfig>,
  superset: SupersetSession,
  datasets: ReadonlyMap<string, DatasetState>,
  dashboard: number | 'planned' | undefined,
): Promise<Map<string, SupersetObject>> {
  const { config, changes } = context;
  const charts = new Map<string, SupersetObject>();
  for (const chart of config.charts) {
    const change = { kind: 'chart', name: chart.name };
    const dataset = datasets.get(chart.dataset);
    const found = dataset && (await findChart(superset, chart, dataset));
    if (found) {
      charts.set(chart.uuid, found);
      const different = differences(found, chart, dataset);
      changes.unchanged({
        ...change,
        ...(different.length && {
          note: `differs from the values, kept: ${different.join(', ')}`,
        }),
      });
    } else if (dataset === undefined) {
      changes.skipped({
        ...change,
        note: 'its dataset is not there yet; run the job again when it is',
      });
    } else {
      const owner = config.dashboard?.charts.includes(chart.uuid)
        ? dashboard
        : undefined;
      await changes.create(change, async () => {
        const outcome = await createChart(
          superset,
          chart,
          dataset as number,
          owner as number | undefined,
        );
        const made = await findChart(superset, chart, dataset as number);
        if (made) {
          charts.set(chart.uuid, made);
        }
        return outcome;
      });
      if (changes.plan) {
        charts.set(chart.uuid, {
          id: PLANNED_ID,
          uuid: chart.uuid,
          slice_name: chart.name,
          dashboards: [{ id: owner }],
        });
      }
    }
  }
  return charts;
}

async function createChart(
  superset: SupersetSession,
  chart: ChartConfig,
  dataset: number,
  dashboard: number | undefined,
): Promise<void | 'unchanged'> {
  const wanted = {
    kind: 'chart' as const,
    name: chart.name,
    json: {
      uuid: chart.uuid,
      slice_name: chart.name,
      viz_type: chart.vizType,
      datasource_id: dataset,
      datasource_type: 'table',
      params: JSON.stringify(formDataOf(chart, dataset)),
      ...(chart.queries.length && {
        query_context: JSON.stringify(queryContextOf(chart, dataset)),
      }),
      ...(dashboard !== undefined && { dashboards: [dashboard] }),
    },
    find: () => findChart(superset, chart, dataset),
  };
  const creation = await createObject(superset, wanted);
  if ('refused' in creation) {
    throw refusal(superset, wanted, creation.refused);
  }
  return creation.outcome;
}

/** What the browser draws a chart from. */
function formDataOf(
  { vizType, params }: ChartConfig,
  dataset: DatasetState,
): Record<string, unknown> {
  return { ...params, viz_type: vizType, datasource: `${dataset}__table` };
}

/** What the server answers `/chart/{id}/data/` from. */
function queryContextOf(
  chart: ChartConfig,
  dataset: number,
): Record<string, unknown> {
  return {
    datasource: { id: dataset, type: 'table' },
    force: false,
    queries: chart.queries,
    form_data: formDataOf(chart, dataset),
    result_format: 'json',
    result_type: 'full',
  };
}

function differences(
  found: SupersetObject,
  chart: ChartConfig,
  dataset: DatasetState,
): string[] {
  return [
    found.uuid !== chart.uuid && 'uuid',
    found.slice_name !== chart.name && 'name',
    found.viz_type !== chart.vizType && 'vizType',
    found.datasource_id !== dataset && 'dataset',
    !isDeepStrictEqual(parsed(found.params), formDataOf(chart, dataset)) &&
      'params',
  ].filter(field => field !== false);
}

function parsed(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return undefined;
  }
}
