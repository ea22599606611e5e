import { z } from 'zod';
import {
  databaseConfig,
  databasesConfig,
  postgresName,
} from '../../postgres/databasesConfig';
import { DEMO_NAMES } from './demo';

const dataDatabaseConfig = databaseConfig
  .extend({
    extensions: z.array(postgresName).default(['postgis', 'vector']),
    /** Which demo data it gets; that of its own name, if there is one, unless given. */
    demo: z.enum(DEMO_NAMES).optional(),
  })
  .transform(database => ({
    ...database,
    demo: database.demo ?? DEMO_NAMES.find(name => name === database.name),
  }));

/** Configuration of `postgres-data-init`. */
export const postgresDataInitConfig = databasesConfig.extend({
  databases: z.array(dataDatabaseConfig).default([]),
  /** Whether the databases get small, invented data to look at. */
  demoData: z.boolean().default(true),
});
