import { setTimeout } from 'node:timers/promises';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { Client, type ClientConfig } from 'pg';

/** What every replica of the portal locks; "akko" in ASCII. */
const LOCK = 0x616b6b6f;
/** A start takes ten seconds or so. */
const PAUSE_MS = 500;

/**
 * Lets replicas start one after the other. Each plugin migrates its tables when it starts, and of two that do so at once on a new database both
 * fail: the lock of the migrations refuses whoever comes second, and so does PostgreSQL where both create the same schema. So a replica holds an
 * advisory lock of PostgreSQL until all of its plugins have started. It goes with the connection: nothing is left behind by a process that dies.
 *
 * Without PostgreSQL there is one process, and nothing to wait for. Cloud logins (`connection.type`) are left to themselves.
 */
export const startupLock = createServiceFactory({
  service: createServiceRef<{}>({
    id: 'akko.portal.startup-lock',
    scope: 'root',
  }),
  // Before all plugins.
  initialization: 'always',
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.rootLogger,
  },
  async factory({ config, lifecycle, logger }) {
    const connection = connectionOf(config.getOptional('backend.database'));
    if (connection) {
      const session = new Client(connection);
      session.on('error', error =>
        logger.warn(
          `The connection that keeps other replicas from starting is lost (${error.message}); this one goes on`,
        ),
      );
      await session.connect();
      await lock(session, () =>
        logger.info('Waiting until another replica has started'),
      );
      lifecycle.addStartupHook(() => session.end());
    }
    return {};
  },
});

/**
 * Takes the lock, of a transaction, so that it works through a pooler too.
 *
 * While it is held or waited for, no query may be open: an index that is created concurrently, as the catalog's migrations do, waits for all that
 * were there before it. So it is asked for again and again, and without parameters, which would keep the query open until the next one.
 */
async function lock(session: Client, onWait: () => void): Promise<void> {
  await session.query('BEGIN');
  await session.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  const isMine = async () => {
    const { rows } = await session.query(
      `SELECT pg_try_advisory_xact_lock(${LOCK}) AS mine`,
    );
    return rows[0].mine as boolean;
  };
  if (await isMine()) {
    return;
  }
  onWait();
  do {
    await setTimeout(PAUSE_MS);
  } while (!(await isMine()));
}

/** @returns undefined for a database that needs no lock */
function connectionOf(database: unknown): ClientConfig | undefined {
  const { client, connection } = (database ?? {}) as Record<string, unknown>;
  if (client !== 'pg') {
    return undefined;
  }
  if (typeof connection === 'string') {
    return { connectionString: connection };
  }
  const { type = 'default', ...settings } = connection as Record<
    string,
    unknown
  >;
  // Where each plugin has a database, Backstage signs in to this one to create them.
  return type === 'default'
    ? ({ database: 'postgres', ...settings } as ClientConfig)
    : undefined;
}
