import { defineJob } from '../../core/Job';
import { ensureCharts } from './charts';
import { supersetBootstrapConfig } from './config';
import { ensureDashboard } from './dashboard';
import { ensureLayout } from './dashboardLayout';
import { ensureConnection, findConnection } from './databaseConnection';
import { ensureDatasets, findDataset } from './datasets';
import type { SupersetObject } from './supersetObjects';
import { SupersetSession } from './SupersetSession';
import { TrinoClient } from './TrinoClient';

/**
 * Makes Superset's connection to Trino, the datasets whose tables are there, their charts and the demo dashboard. Superset's own import of
 * assets is no way to do it: it rewrites what a person changed.
 */
export const supersetBootstrap = defineJob({
  name: 'superset-bootstrap',
  summary: "Superset's connection to Trino, datasets, charts and dashboard",
  config: supersetBootstrapConfig,
  async run(context) {
    const { config } = context;
    const superset = new SupersetSession(context);
    const trino = new TrinoClient(context);
    await superset.whenReady();

    const foundConnection = await findConnection(superset, config);
    const foundDatasets = new Map<string, SupersetObject>();
    for (const dataset of config.datasets) {
      const found = await findDataset(superset, dataset, foundConnection?.id);
      if (found) {
        foundDatasets.set(dataset.uuid, found);
      }
    }
    // Trino is needed to make connection and datasets; where all are there, it may be down.
    if (!foundConnection || foundDatasets.size < config.datasets.length) {
      await trino.whenReady();
    }

    const connection = await ensureConnection(
      context,
      superset,
      foundConnection,
    );
    const datasets = await ensureDatasets(
      context,
      superset,
      trino,
      connection,
      foundDatasets,
    );
    const { dashboard } = config;
    const dashboardId =
      dashboard &&
      (await ensureDashboard(context, superset, dashboard, datasets));
    const charts = await ensureCharts(context, superset, datasets, dashboardId);
    if (dashboard && dashboardId !== undefined) {
      await ensureLayout(context, superset, dashboard, dashboardId, charts);
    }
  },
});
