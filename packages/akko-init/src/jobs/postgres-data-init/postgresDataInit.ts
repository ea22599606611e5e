import { defineJob } from '../../core/Job';
import { prepareServer } from '../../postgres/prepareServer';
import { postgresDataInitConfig } from './config';
import { demos } from './demo';
import { ensureDemoData } from './ensureDemoData';

/** Makes the databases of the data, with PostGIS and pgvector, and data to look at. */
export const postgresDataInit = defineJob({
  name: 'postgres-data-init',
  summary: 'Databases of the data, with PostGIS, pgvector and demo data',
  config: postgresDataInitConfig,
  run: context =>
    prepareServer(context, async ({ config, connection, owner }) => {
      if (context.config.demoData && config.demo) {
        context.step(`looking after the demo data of ${config.name}`);
        await ensureDemoData(
          { database: config, demo: demos[config.demo], connection, owner },
          context.changes,
        );
      }
    }),
});
