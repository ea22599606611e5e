import type { Secrets } from '../../core/Secrets';
import type { PostgresConfig } from '../../postgres/postgresConfig';

/** Seconds for a tool to connect. */
const CONNECT_SECONDS = '10';

/** The variables of libpq for a database of a server. The name goes by a variable because an argument that looks like a connection string is taken for one. */
export function libpqEnvironment(
  config: PostgresConfig,
  secrets: Secrets,
  database: string,
): Record<string, string> {
  return {
    PGHOST: config.host,
    PGPORT: String(config.port),
    PGUSER: config.user,
    PGPASSWORD: secrets.read(
      config.password,
      `password of PostgreSQL's user ${config.user}`,
    ),
    PGDATABASE: database,
    PGSSLMODE: config.sslMode,
    ...(config.sslMode === 'verify-full' && {
      // The same certificates as this program's own connections have.
      PGSSLROOTCERT: process.env.NODE_EXTRA_CA_CERTS ?? 'system',
    }),
    PGCONNECT_TIMEOUT: CONNECT_SECONDS,
    PGAPPNAME: 'akko-init',
  };
}
