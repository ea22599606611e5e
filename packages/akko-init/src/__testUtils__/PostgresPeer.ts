import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';

/** The one that the portal's suites start, too. */
// eslint-disable-next-line no-restricted-syntax -- never part of a build
const PROGRAM = join(
  __dirname,
  '../../../../plugins/akko-backend/src/database/testing/postgresServer.mjs',
);

/** A PostgreSQL server to test with, as its superuser sees it. */
export class PostgresPeer {
  /** In jobs' environments, the password stands in this variable. */
  static readonly PASSWORD = 'POSTGRES_PASSWORD';

  private constructor(
    readonly host: string,
    readonly port: number,
    readonly password: string,
    private readonly process?: ChildProcess,
  ) {}

  /** A throw-away server of its own, PostgreSQL 18 without PostGIS, pgvector and PL/Python. */
  static async start(): Promise<PostgresPeer> {
    const child = spawn(process.execPath, [PROGRAM], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH },
    });
    let problem = '';
    child.stderr.on('data', chunk => {
      problem += chunk;
    });
    const connection = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([line]) => line),
      once(child, 'exit').then(() => undefined),
    ]);
    if (!connection) {
      throw new Error(`PostgreSQL did not start: ${problem.trim()}`);
    }
    const { hostname, port, password } = new URL(connection);
    return new PostgresPeer(hostname, Number(port), password, child);
  }

  /** A server that is there already. */
  static at(host: string, password: string): PostgresPeer {
    return new PostgresPeer(host, 5432, password);
  }

  /** How a job is told to reach it. */
  config(overrides: Record<string, unknown> = {}) {
    return {
      host: this.host,
      port: this.port,
      password: {
        env: PostgresPeer.PASSWORD,
        secret: 'akko-postgresql',
        key: 'postgres-password',
      },
      ...overrides,
    };
  }

  /** The environment of a job. */
  get env(): Record<string, string> {
    return { [PostgresPeer.PASSWORD]: this.password };
  }

  /** Works with a connection. */
  async connected<T>(
    database: string,
    work: (client: Client) => Promise<T>,
    login: { user: string; password: string } = {
      user: 'postgres',
      password: this.password,
    },
  ): Promise<T> {
    const client = new Client({
      host: this.host,
      port: this.port,
      database,
      ...login,
    });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** Runs a statement; the rows of the answer, each with its values in the order of the columns. */
  async ask(
    database: string,
    sql: string,
    login?: { user: string; password: string },
  ): Promise<unknown[][]> {
    return this.connected(
      database,
      async client =>
        (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows,
      login,
    );
  }

  /** Removes databases and roles whose names begin so. */
  async remove(prefix: string): Promise<void> {
    await this.connected('postgres', async client => {
      const { rows } = await client.query(
        `SELECT format('DROP DATABASE %I WITH (FORCE)', datname) AS sql FROM pg_database WHERE starts_with(datname, $1)
         UNION ALL
         SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE starts_with(rolname, $1)`,
        [prefix],
      );
      for (const { sql } of rows) {
        await client.query(sql);
      }
    });
  }

  async stop(): Promise<void> {
    if (this.process) {
      const ended = once(this.process, 'exit');
      this.process.stdin!.end();
      await ended;
    }
  }
}
