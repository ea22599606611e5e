import type { JobContext } from '../../core/Job';
import { JobError, type ErrorCode } from '../../core/JobError';
import { waitUntilReady } from '../../core/waitUntilReady';
import { HttpClient } from '../../http/HttpClient';
import type { DatasetConfig, SupersetBootstrapConfig } from './config';

const TRINO = 'trino';

/** The last words of a query: its end is an answer without `nextUri`. */
interface QueryError {
  message: string;
  errorName: string;
  /** USER_ERROR, INTERNAL_ERROR, INSUFFICIENT_RESOURCES or EXTERNAL. */
  errorType: string;
}

const NOT_THERE: ReadonlySet<string> = new Set([
  'TABLE_NOT_FOUND',
  'SCHEMA_NOT_FOUND',
  'CATALOG_NOT_FOUND',
]);

/** Trino's REST API, as far as it tells whether a table is there (https://trino.io/docs/current/develop/client-protocol.html). */
export class TrinoClient {
  private readonly http: HttpClient;

  constructor(private readonly context: JobContext<SupersetBootstrapConfig>) {
    const { config, signal } = context;
    this.http = new HttpClient({
      service: TRINO,
      baseUrl: config.trino.url,
      signal,
    });
  }

  /** Waits until Trino takes queries. It answers some seconds before it does. */
  async whenReady(): Promise<void> {
    await this.retrying('tell whether it has started', async () => {
      const doing = 'tell whether it has started';
      const answer = await this.http.ask({ path: '/v1/info' });
      if (answer.status !== 200 || typeof answer.json?.starting !== 'boolean') {
        throw this.http.unexpected(answer, doing);
      }
      if (answer.json.starting) {
        throw this.http.unexpected(
          { ...answer, status: 503 },
          doing,
          'it is still starting',
        );
      }
    });
  }

  /** Whether a table is there. A catalog, schema or database that is not there has no tables. */
  async hasTable(table: DatasetConfig): Promise<boolean> {
    const name = tableName(table);
    const doing = `describe the table ${name}`;
    return this.retrying(doing, async () => {
      const error = await this.runQuery(
        `DESCRIBE ${[table.catalog, table.schema, table.table]
          .map(part => `"${part.replace(/"/g, '""')}"`)
          .join('.')}`,
        doing,
      );
      if (!error) {
        return true;
      }
      if (NOT_THERE.has(error.errorName) || isMissingDatabase(error)) {
        return false;
      }
      throw this.queryError(error, doing);
    });
  }

  /** Runs a query to its end. */
  private async runQuery(
    sql: string,
    doing: string,
  ): Promise<QueryError | undefined> {
    const headers = { 'x-trino-user': this.context.config.trino.user };
    let answer = await this.http.ask({
      method: 'POST',
      path: '/v1/statement',
      headers,
      body: sql,
    });
    for (;;) {
      if (answer.status !== 200 || typeof answer.json?.id !== 'string') {
        throw this.http.unexpected(answer, doing);
      }
      if (!answer.json.nextUri) {
        return answer.json.error;
      }
      // Trino makes the address from the request's Host header, which is another behind a proxy: only its path is taken.
      const { pathname, search } = new URL(answer.json.nextUri);
      answer = await this.http.ask({ path: pathname + search, headers });
    }
  }

  private queryError(
    { errorName, errorType, message }: QueryError,
    doing: string,
  ): JobError {
    const { user } = this.context.config.trino;
    return new JobError({
      code: codeOfQuery(errorName, errorType),
      service: TRINO,
      message: `trino at ${this.http.address} failed to ${doing} as ${user}: ${message} (${errorName}).`,
      nextStep:
        errorName === 'PERMISSION_DENIED'
          ? `Let Trino's access control grant ${user} the table, or name another user in trino.user of the values; then run the job again.`
          : "Look at Trino's log and at the service behind the catalog; then run the job again.",
    });
  }

  private retrying<T>(doing: string, probe: () => Promise<T>): Promise<T> {
    const { config, log, signal, step } = this.context;
    step(`asking ${TRINO} at ${this.http.address} to ${doing}`);
    return waitUntilReady({
      service: TRINO,
      address: this.http.address,
      seconds: config.waitSeconds,
      probe,
      log,
      signal,
    });
  }
}

/** A table's name in full, for people. */
export function tableName({ catalog, schema, table }: DatasetConfig): string {
  return `${catalog}.${schema}.${table}`;
}

/** The PostgreSQL connector tells so of a database that is not made yet: `FATAL: database "banking" does not exist`. */
function isMissingDatabase({ errorName, message }: QueryError): boolean {
  return (
    errorName === 'JDBC_ERROR' && /database .*does not exist/.test(message)
  );
}

function codeOfQuery(errorName: string, errorType: string): ErrorCode {
  if (errorName === 'PERMISSION_DENIED') {
    return 'permission-denied';
  }
  return errorType === 'USER_ERROR' && errorName !== 'SERVER_STARTING_UP'
    ? 'misconfigured'
    : 'service-unavailable';
}
