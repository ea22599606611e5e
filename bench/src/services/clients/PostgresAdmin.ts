import type { Cluster } from '../Cluster';
import type { Processes } from '../Processes';

/** A PostgreSQL server of the cluster, through psql. */
export class PostgresAdmin {
  private constructor(
    private readonly processes: Processes,
    readonly host: string,
    readonly password: string,
  ) {}

  /** @param service - also the name of its Secret */
  static async connect(
    cluster: Cluster,
    processes: Processes,
    service: string,
  ): Promise<PostgresAdmin> {
    return new PostgresAdmin(
      processes,
      await cluster.hostOf(service),
      await cluster.secretOf(service, 'postgres-password'),
    );
  }

  /** As PostgreSQL's own programs take it. */
  get env(): Record<string, string> {
    return {
      PGHOST: this.host,
      PGPORT: '5432',
      PGUSER: 'postgres',
      PGPASSWORD: this.password,
      PGDATABASE: 'postgres',
      PGOPTIONS: '-c client_min_messages=warning',
    };
  }

  /** As akko-init's configuration takes it; the password is in the environment variable that is named. */
  config(passwordVariable: string): object {
    return {
      host: this.host,
      port: 5432,
      user: 'postgres',
      database: 'postgres',
      password: { env: passwordVariable },
      sslMode: 'disable',
    };
  }

  /** Runs SQL. @returns rows as lines, columns parted by `|` */
  async query(sql: string, database = 'postgres'): Promise<string> {
    const { stdout } = await this.processes.run(
      'psql',
      ['--no-psqlrc', '-qAt', '--set', 'ON_ERROR_STOP=1', '-d', database],
      { env: this.env, input: sql },
    );
    return stdout.trim();
  }

  /** Does nothing where there is none. */
  async dropDatabase(name: string): Promise<void> {
    await this.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  }
}
