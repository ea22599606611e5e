import { hasDatabase } from '../../backups/postgres/databases';
import { isVolumeFailure } from '../../backups/volumeErrors';
import type { JobContext } from '../../core/Job';
import { RETRYABLE_CODES, toJobError } from '../../core/JobError';
import type { PostgresServer } from '../../postgres/PostgresServer';

const ATTEMPTS = 3;

/**
 * Dumps, and again from the beginning when the server went away or a table was dropped in between, as tools that rebuild their tables do.
 * @param database - that it is about
 * @returns undefined when that database is not there any more
 */
export async function attempted<T>(
  { log, signal }: Pick<JobContext<unknown>, 'log' | 'signal'>,
  server: PostgresServer,
  dump: () => Promise<T>,
  database?: string,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await dump();
    } catch (thrown) {
      signal.throwIfAborted();
      const error = toJobError(thrown);
      if (isVolumeFailure(error)) {
        throw error;
      }
      const isThere = await server.whenReady(
        async connection =>
          database === undefined || hasDatabase(connection, database),
      );
      if (!isThere) {
        return undefined;
      }
      if (attempt === ATTEMPTS || !RETRYABLE_CODES.has(error.code)) {
        throw error;
      }
      log.warn(`once more from the beginning: ${error.message}`);
    }
  }
}
