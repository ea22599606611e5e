import { z } from 'zod';
import { hostAndPort } from '../core/loadConfig';
import { secretSource } from '../core/Secrets';

/** How to reach a PostgreSQL server as its administrator. */
export const postgresConfig = z.strictObject({
  ...hostAndPort,
  user: z.string().min(1).default('postgres'),
  /** The database to connect to first. */
  database: z.string().min(1).default('postgres'),
  password: secretSource,
  /** `disable`, `require` (encrypted, not verified) or `verify-full`. */
  sslMode: z.enum(['disable', 'require', 'verify-full']).default('disable'),
});

/** See {@link postgresConfig}. */
export type PostgresConfig = z.output<typeof postgresConfig>;
