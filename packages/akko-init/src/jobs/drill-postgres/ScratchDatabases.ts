import { isScratchOf, newScratchName } from '../../backups/backupId';
import type { DatabaseLocale } from '../../backups/manifest';
import type { JobContext } from '../../core/Job';
import { JobError, toJobError } from '../../core/JobError';
import {
  identifier,
  literal,
  PostgresServer,
  type PostgresDatabase,
} from '../../postgres/PostgresServer';
import type { DrillPostgresConfig } from './config';

const PROVIDERS = {
  c: () => '',
  i: (locale: string) => `LOCALE_PROVIDER icu ICU_LOCALE ${literal(locale)}`,
  b: (locale: string) =>
    `LOCALE_PROVIDER builtin BUILTIN_LOCALE ${literal(locale)}`,
};

/**
 * Databases that a drill makes and drops. The name of each is locked by the drill's session as long as it works with it, so that a later drill can tell
 * those of a drill that was killed: their lock is free.
 */
export class ScratchDatabases {
  /** Without the job's signal, for dropping although the job shall stop. */
  private readonly tidying: PostgresServer;

  constructor(
    /** A connection that is open during the whole drill. */
    private readonly connection: PostgresDatabase,
    private readonly context: JobContext<DrillPostgresConfig>,
  ) {
    this.tidying = new PostgresServer(context.config.scratch, {
      ...context,
      signal: new AbortController().signal,
    });
  }

  /** Drops what killed drills left. */
  async removeAbandoned(): Promise<void> {
    const rows = await this.connection.query<{ name: string }>(
      'list its databases',
      'SELECT datname AS name FROM pg_database ORDER BY datname',
    );
    for (const { name } of rows) {
      if (
        isScratchOf(this.context.config.scratchPrefix, name) &&
        (await this.lock(name))
      ) {
        await this.drop(name);
        this.context.log.info(
          `dropped the database ${name}, which a killed drill had left`,
        );
        await this.unlock(name);
      }
    }
  }

  /** Works with an empty database, and drops it in any case. */
  async use<T>(
    locale: DatabaseLocale,
    work: (name: string) => Promise<T>,
  ): Promise<T> {
    const name = newScratchName(this.context.config.scratchPrefix);
    await this.lock(name);
    try {
      await this.create(name, locale);
      return await work(name);
    } finally {
      await this.drop(name).catch(error => {
        this.context.log.warn(
          `The scratch database ${name} could not be dropped, a later drill will: ${
            toJobError(error).message
          }`,
        );
      });
      await this.unlock(name).catch(() => {});
    }
  }

  private async create(name: string, locale: DatabaseLocale): Promise<void> {
    const { encoding, collate, ctype, provider } = locale;
    try {
      await this.connection.query(
        `create the database ${name}`,
        `CREATE DATABASE ${identifier(
          name,
        )} TEMPLATE template0 ENCODING ${literal(
          encoding,
        )} LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(
          ctype,
        )} ${PROVIDERS[provider](locale.locale ?? collate)}`,
      );
    } catch (thrown) {
      const error = toJobError(thrown);
      if (error.code !== 'internal') {
        throw error;
      }
      throw new JobError({
        code: 'misconfigured',
        service: 'postgresql',
        message: error.message,
        nextStep:
          'The scratch server lacks the locale of the database that was dumped: use one of the same image, named in scratch in the values; then run the job again.',
        cause: error,
      });
    }
  }

  private async drop(name: string): Promise<void> {
    await this.tidying.in(this.context.config.scratch.database, connection =>
      connection.query(
        `drop the database ${name}`,
        `DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`,
      ),
    );
  }

  private async lock(name: string): Promise<boolean> {
    const [{ locked }] = await this.connection.query<{ locked: boolean }>(
      `lock the name ${name}`,
      "SELECT pg_try_advisory_lock(hashtext('akko-init drill'), hashtext($1)) AS locked",
      [name],
    );
    return locked;
  }

  private async unlock(name: string): Promise<void> {
    await this.connection.query(
      `unlock the name ${name}`,
      "SELECT pg_advisory_unlock(hashtext('akko-init drill'), hashtext($1))",
      [name],
    );
  }
}
