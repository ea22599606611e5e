import { z } from 'zod';
import { postgresConfig } from '../../postgres/postgresConfig';
import { postgresBackupConfig } from '../backup-postgres/config';

/** Configuration of drill-postgres. */
export const drillPostgresConfig = z.strictObject({
  ...postgresBackupConfig,
  /** The backup to prove; the newest unless given. */
  backup: z.string().optional(),
  /** The server to restore into; may be one of those that are dumped. */
  scratch: postgresConfig,
  /** In front of the names of the databases that the drill makes and drops; nothing else may be called so. */
  scratchPrefix: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,30}$/)
    .default('akko_drill_'),
});

/** See {@link drillPostgresConfig}. */
export type DrillPostgresConfig = z.output<typeof drillPostgresConfig>;
