import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DatabaseService } from '@backstage/backend-plugin-api';
// Only tests come here, so the dependency is one of development.
// eslint-disable-next-line @backstage/no-undeclared-imports
import { TestDatabases } from '@backstage/backend-test-utils';

const CONNECTION = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
const START_TIMEOUT_MS = 120_000;

/** A database that a suite runs on. */
export interface TestDatabase {
  /** For `describe.each`: `SQLite` or `PostgreSQL 18`. */
  name: string;
  /** A fresh, empty database as a plugin gets it from Backstage. */
  create(): Promise<DatabaseService>;
}

/** A PostgreSQL of its own, which ends when its standard input does. */
export async function startPostgres(): Promise<{
  connection: string;
  process: ChildProcess;
}> {
  const child = spawn(
    process.execPath,
    // eslint-disable-next-line no-restricted-syntax -- never part of a build
    [join(__dirname, 'postgresServer.mjs')],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env.PATH } },
  );
  let problem = '';
  child.stderr.on('data', chunk => {
    problem += chunk;
  });
  const connection = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => String(line)),
    once(child, 'exit').then(() => undefined),
  ]);
  if (!connection) {
    throw new Error(
      `PostgreSQL for tests did not start: ${problem.trim()}. Set ${CONNECTION} to use a server of yours.`,
    );
  }
  return { connection, process: child };
}

/**
 * SQLite in memory and a real PostgreSQL 18, for `describe.each(testDatabases())`. The PostgreSQL is the one of
 * `BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING`, or one of this test file's own, stopped after its last test. Call it once per
 * file, at the top.
 */
export function testDatabases(): TestDatabase[] {
  const external = process.env[CONNECTION];
  let server: ChildProcess | undefined;
  // Read when the first database is made; it only has to be there when TestDatabases chooses its engines.
  process.env[CONNECTION] = external ?? 'postgresql://starting';
  // Jest runs afterAll in order of registration: databases are dropped before the server stops.
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  beforeAll(async () => {
    if (!external) {
      const started = await startPostgres();
      server = started.process;
      process.env[CONNECTION] = started.connection;
    }
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    if (server) {
      delete process.env[CONNECTION];
      const ended = once(server, 'exit');
      server.stdin?.end();
      await ended;
    }
  }, START_TIMEOUT_MS);

  const create = async (id: 'SQLITE_3' | 'POSTGRES_18') => {
    const client = await databases.init(id);
    return { getClient: async () => client } satisfies DatabaseService;
  };
  return [
    { name: 'SQLite', create: () => create('SQLITE_3') },
    { name: 'PostgreSQL 18', create: () => create('POSTGRES_18') },
  ];
}
