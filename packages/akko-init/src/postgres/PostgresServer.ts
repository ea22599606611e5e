import { Client } from 'pg';
import type { ChangeOutcome } from '../core/Changes';
import type { JobContext } from '../core/Job';
import { waitUntilReady } from '../core/waitUntilReady';
import type { PostgresConfig } from './postgresConfig';
import { isAlreadyThere, postgresError } from './postgresErrors';

const CONNECT_MILLISECONDS = 10_000;
/** A class of advisory locks of our own: the first four letters of the program's name. */
const LOCK_CLASS = Buffer.from('akko').readInt32BE();

/** One connection to one database. */
export class PostgresDatabase {
  constructor(
    readonly client: Client,
    readonly name: string,
    readonly address: string,
  ) {}

  /**
   * Runs one statement.
   * @param doing - what it is for, for the words of an error: `create the schema raw`
   */
  async query<Row extends Record<string, any> = Record<string, any>>(
    doing: string,
    sql: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    try {
      // Without values it is a script of any number of statements; the last one's rows are told.
      const result = await (values.length
        ? this.client.query(sql, values)
        : this.client.query(sql));
      const last = Array.isArray(result) ? result[result.length - 1] : result;
      return (last?.rows ?? []) as Row[];
    } catch (thrown) {
      throw postgresError(thrown, this.address, doing);
    }
  }

  /** Runs a statement that creates something, which may be there by now: somebody else was quicker. */
  async create(doing: string, sql: string): Promise<ChangeOutcome> {
    try {
      await this.query(doing, sql);
      return undefined;
    } catch (thrown) {
      if (isAlreadyThere(thrown)) {
        return 'unchanged';
      }
      throw thrown;
    }
  }

  /** Runs statements as one: all of them, or none. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.query('begin a transaction', 'BEGIN');
    try {
      const result = await work();
      await this.query('commit a transaction', 'COMMIT');
      return result;
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => {});
      throw error;
    }
  }

  /**
   * Works while no other run of akko-init does the same on this server. The lock is the session's, so it ends with it, also after a crash.
   * Locks are per database: take it in the same one everywhere.
   * @param subject - what is worked on
   */
  async exclusively<T>(
    subject: string,
    seconds: number,
    work: () => Promise<T>,
  ): Promise<T> {
    await this.query(
      'set a lock timeout',
      `SET lock_timeout = '${Math.ceil(seconds)}s'`,
    );
    await this.query(
      `wait for another run of ${subject}`,
      'SELECT pg_advisory_lock($1, hashtext($2))',
      [LOCK_CLASS, subject],
    );
    try {
      return await work();
    } finally {
      await this.client
        .query('SELECT pg_advisory_unlock($1, hashtext($2))', [
          LOCK_CLASS,
          subject,
        ])
        .catch(() => {});
    }
  }
}

/** One PostgreSQL server, as its administrator sees it. */
export class PostgresServer {
  readonly address: string;
  private readonly password: string;

  constructor(
    private readonly config: PostgresConfig,
    private readonly context: Pick<
      JobContext<{ waitSeconds: number }>,
      'config' | 'log' | 'secrets' | 'signal' | 'step'
    >,
  ) {
    this.address = `${config.host}:${config.port}`;
    this.password = context.secrets.read(
      config.password,
      `password of PostgreSQL's user ${config.user}`,
    );
  }

  /** Waits until the server takes connections, then works with one to its first database. */
  async whenReady<T>(
    work: (database: PostgresDatabase) => Promise<T>,
  ): Promise<T> {
    this.context.step(`waiting for postgresql at ${this.address}`);
    return this.in(this.config.database, work);
  }

  /** Works with one connection to a database; also waits, when the server has no connection to give at the moment. */
  async in<T>(
    database: string,
    work: (database: PostgresDatabase) => Promise<T>,
  ): Promise<T> {
    const { config, log, signal } = this.context;
    const client = await waitUntilReady({
      service: 'postgresql',
      address: this.address,
      seconds: config.waitSeconds,
      probe: () => this.connect(database),
      log,
      signal,
    });
    return this.use(client, database, work);
  }

  private async use<T>(
    client: Client,
    name: string,
    work: (database: PostgresDatabase) => Promise<T>,
  ): Promise<T> {
    const { signal } = this.context;
    // A statement that hangs ends with the connection.
    const cut = () => {
      client.end().catch(() => {});
    };
    signal.addEventListener('abort', cut);
    try {
      return await work(new PostgresDatabase(client, name, this.address));
    } finally {
      signal.removeEventListener('abort', cut);
      await client.end().catch(() => {});
    }
  }

  private async connect(database: string): Promise<Client> {
    const { host, port, user, sslMode } = this.config;
    const client = new Client({
      host,
      port,
      user,
      database,
      password: this.password,
      ssl:
        sslMode === 'disable'
          ? false
          : { rejectUnauthorized: sslMode === 'verify-full' },
      application_name: 'akko-init',
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
    });
    // A connection that is cut between two statements is told by the next one.
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (thrown) {
      await client.end().catch(() => {});
      throw postgresError(
        thrown,
        this.address,
        `connect as ${user} to the database ${database}`,
      );
    }
  }
}

/** A name as SQL takes it. */
export function identifier(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

/** A text as SQL takes it. */
export function literal(text: string): string {
  const quoted = `'${text.replace(/'/g, "''")}'`;
  return text.includes('\\') ? `E${quoted.replace(/\\/g, '\\\\')}` : quoted;
}
