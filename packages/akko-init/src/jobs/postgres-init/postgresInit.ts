import { defineJob } from '../../core/Job';
import { databasesConfig } from '../../postgres/databasesConfig';
import { prepareServer } from '../../postgres/prepareServer';

/** Makes the databases of the platform's services, and their owner. */
export const postgresInit = defineJob({
  name: 'postgres-init',
  summary: 'Databases of the services, with owner role and extensions',
  config: databasesConfig,
  run: context => prepareServer(context),
});
