import { once } from 'node:events';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { Client } from 'pg';
// Its dependency is one of development, and so is this.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { startPostgres } from '../../../../plugins/akko-backend/src/database/testing/testDatabases';
import { startupLock } from './startupLock';

let server: Awaited<ReturnType<typeof startPostgres>>;
const started: TestBackend[] = [];

beforeAll(async () => {
  server = await startPostgres();
}, 120_000);

afterEach(async () => {
  await Promise.all(started.splice(0).map(backend => backend.stop()));
});

afterAll(async () => {
  const ended = once(server.process, 'exit');
  server.process.stdin?.end();
  await ended;
});

interface Gate {
  open(): void;
  opened: Promise<void>;
}

function gate(): Gate {
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

/** A backend with one plugin, which has started when `init` has ended. */
async function startReplica(
  init: () => Promise<void>,
  {
    database,
    onLog,
  }: { database?: object; onLog?(message: string): void } = {},
): Promise<void> {
  const logger = mockServices.rootLogger.mock();
  logger.child.mockReturnValue(logger);
  logger.info.mockImplementation(message => onLog?.(message));
  const backend = await startTestBackend({
    features: [
      startupLock,
      logger.factory,
      mockServices.rootConfig.factory({
        data: {
          backend: {
            database: database ?? {
              client: 'pg',
              connection: server.connection,
            },
          },
        },
      }),
      createBackendPlugin({
        pluginId: 'slow',
        register: plugin => plugin.registerInit({ deps: {}, init }),
      }),
    ],
  });
  started.push(backend);
}

/** Two replicas, of which the first is starting and the second waits for it. */
async function startTwo(order: string[]) {
  const first = { reached: gate(), mayEnd: gate() };
  const firstStarted = startReplica(async () => {
    order.push('first begins');
    first.reached.open();
    await first.mayEnd.opened;
    order.push('first ends');
  });
  await first.reached.opened;
  const waiting = gate();
  const secondStarted = startReplica(
    async () => {
      order.push('second begins');
    },
    {
      onLog: message => {
        if (message === 'Waiting until another replica has started') {
          waiting.open();
        }
      },
    },
  );
  await waiting.opened;
  return {
    letFirstGoOn: first.mayEnd.open,
    both: Promise.all([firstStarted, secondStarted]),
  };
}

describe('startupLock', () => {
  it('lets the plugins of a replica start when those of the one before it have', async () => {
    const order: string[] = [];
    const { letFirstGoOn, both } = await startTwo(order);
    letFirstGoOn();
    await both;
    expect(order).toEqual(['first begins', 'first ends', 'second begins']);
  });

  it('lets a replica create an index concurrently while another one waits for it', async () => {
    const { letFirstGoOn, both } = await startTwo([]);
    const plugin = new Client(server.connection);
    await plugin.connect();
    await plugin.query('CREATE TABLE things (id integer)');
    await plugin.query("SET statement_timeout = '10s'");
    await plugin.query('CREATE INDEX CONCURRENTLY by_id ON things (id)');
    await plugin.end();
    letFirstGoOn();
    await expect(both).resolves.toHaveLength(2);
  });

  it('lets the next one start when a replica dies while it starts', async () => {
    const dying = new Client(server.connection);
    await dying.connect();
    await dying.query('BEGIN; SELECT pg_advisory_xact_lock(1634429807)');
    const next = startReplica(async () => {}, {
      onLog: () => dying.end(),
    });
    await expect(next).resolves.toBeUndefined();
  });

  it('says why a database cannot be reached, before any plugin starts', async () => {
    const init = jest.fn(async () => {});
    const connection = new URL(server.connection);
    connection.password = 'wrong';
    await expect(
      startReplica(init, {
        database: { client: 'pg', connection: String(connection) },
      }),
    ).rejects.toThrow(/password authentication failed/);
    expect(init).not.toHaveBeenCalled();
  });

  it.each([
    ['SQLite', { client: 'better-sqlite3', connection: ':memory:' }],
    ['a cloud login', { client: 'pg', connection: { type: 'rds', host: 'x' } }],
  ])('has nothing to wait for with %s', async (_title, database) => {
    const init = jest.fn(async () => {});
    await startReplica(init, { database });
    expect(init).toHaveBeenCalled();
  });
});
