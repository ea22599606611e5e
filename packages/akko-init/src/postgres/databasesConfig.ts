import { z } from 'zod';
import { commonConfig } from '../core/loadConfig';
import { secretSource } from '../core/Secrets';
import { postgresConfig } from './postgresConfig';

/** PostgreSQL cuts longer names off, so that they would never be found again. */
export const postgresName = z
  .string()
  .min(1)
  .refine(
    name => Buffer.byteLength(name) <= 63,
    'a name of PostgreSQL has at most 63 bytes',
  );

/** A database and what is in it. */
export const databaseConfig = z.strictObject({
  name: postgresName,
  /** The owner role of the job unless given. A role that is not there is made without a login. */
  owner: postgresName.optional(),
  extensions: z.array(postgresName).default([]),
  schemas: z.array(postgresName).default([]),
});

const scriptConfig = z.strictObject({
  /** How the report calls it. */
  name: z.string().min(1),
  /** The database that it runs in. */
  database: postgresName,
  /** The file that holds it. */
  file: z.string().min(1),
});

/** What every job that prepares a server with databases is told. */
export const databasesConfig = z.strictObject({
  ...commonConfig,
  postgresql: postgresConfig,
  ownerRole: z.strictObject({
    name: postgresName,
    /** Where it is not there, the role is made without a login. */
    password: secretSource.optional(),
  }),
  databases: z.array(databaseConfig).default([]),
  scripts: z.array(scriptConfig).default([]),
});

/** See {@link databasesConfig}. */
export type DatabasesConfig = z.output<typeof databasesConfig>;

/** See {@link databaseConfig}. */
export type DatabaseConfig = z.output<typeof databaseConfig>;

/** SQL from the values. */
export type ScriptConfig = z.output<typeof scriptConfig>;
