import type { JobContext } from '../../core/Job';
import type { DashboardConfig, SupersetBootstrapConfig } from './config';
import type { DatasetState } from './datasets';
import {
  createObject,
  findObjects,
  refusal,
  type SupersetObject,
} from './supersetObjects';
import type { SupersetSession } from './SupersetSession';

/** A dashboard by UUID, or by its slug: Superset takes a slug only once, and a person may have been first. */
async function findDashboard(
  superset: SupersetSession,
  { uuid, slug }: DashboardConfig,
): Promise<SupersetObject | undefined> {
  const columns = ['slug', 'dashboard_title'];
  const [byUuid] = await findObjects(superset, 'dashboard', { uuid }, columns);
  if (byUuid) {
    return byUuid;
  }
  const [bySlug] = await findObjects(superset, 'dashboard', { slug }, columns);
  return bySlug;
}

/**
 * Makes the dashboard, still without charts, as soon as one of its charts can be there.
 * @returns its number when it is ours to complete, or that a plan would make it
 */
export async function ensureDashboard(
  context: JobContext<SupersetBootstrapConfig>,
  superset: SupersetSession,
  wanted: DashboardConfig,
  datasets: ReadonlyMap<string, DatasetState>,
): Promise<number | 'planned' | undefined> {
  const { config, changes } = context;
  const dashboard = { kind: 'dashboard', name: wanted.title };
  const found = await findDashboard(superset, wanted);
  if (found && found.uuid !== wanted.uuid) {
    changes.unchanged({
      ...dashboard,
      note: `another dashboard has the slug ${wanted.slug}; it is kept, and nothing is added to it`,
    });
    return undefined;
  }
  if (found) {
    const different = differences(found, wanted);
    changes.unchanged({
      ...dashboard,
      ...(different.length && {
        note: `differs from the values, kept: ${different.join(', ')}`,
      }),
    });
    return found.id;
  }
  const canHaveCharts = config.charts.some(
    chart => wanted.charts.includes(chart.uuid) && datasets.has(chart.dataset),
  );
  if (!canHaveCharts) {
    changes.skipped({
      ...dashboard,
      note: 'none of its charts is there yet; run the job again when their tables are',
    });
    return undefined;
  }
  let id: number | 'planned' | undefined = changes.plan ? 'planned' : undefined;
  await changes.create(dashboard, async () => {
    let other: SupersetObject | undefined;
    const object = {
      kind: 'dashboard' as const,
      name: wanted.title,
      json: {
        uuid: wanted.uuid,
        slug: wanted.slug,
        dashboard_title: wanted.title,
        published: true,
      },
      find: async () => {
        other = await findDashboard(superset, wanted);
        return other;
      },
    };
    const creation = await createObject(superset, object);
    if ('refused' in creation) {
      throw refusal(superset, object, creation.refused);
    }
    if (!other || other.uuid === wanted.uuid) {
      id = creation.id;
    }
    return creation.outcome;
  });
  return id;
}

function differences(
  found: SupersetObject,
  { slug, title }: DashboardConfig,
): string[] {
  return [
    found.slug !== slug && 'slug',
    found.dashboard_title !== title && 'title',
  ].filter(field => field !== false);
}
