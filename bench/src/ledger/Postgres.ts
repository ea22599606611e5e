import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { knex, type Knex } from 'knex';

/** A PostgreSQL of the bench's own, and a client of it. */
export class Postgres {
  private constructor(
    private readonly process: ChildProcess,
    readonly client: Knex,
  ) {}

  /** @throws Error with what PostgreSQL said when it does not start */
  static async start(): Promise<Postgres> {
    const child = spawn(
      process.execPath,
      // eslint-disable-next-line no-restricted-syntax -- never part of a build
      [join(__dirname, 'postgresServer.mjs')],
      { stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env.PATH } },
    );
    const line = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([text]) => text),
      once(child, 'exit').then(() => undefined),
    ]);
    if (line === undefined) {
      throw new Error('PostgreSQL did not start');
    }
    const { port, password } = JSON.parse(line);
    const client = knex({
      client: 'pg',
      connection: { host: '127.0.0.1', port, user: 'postgres', password },
    });
    return new Postgres(child, client);
  }

  /** As Backstage hands out a plugin's database. */
  get database(): DatabaseService {
    return { getClient: async () => this.client };
  }

  /** Its version, and what decides how fast it is. */
  async version(): Promise<string> {
    const show = async (name: string) =>
      (await this.client.raw(`show ${name}`)).rows[0][name];
    const told = await Promise.all(
      ['fsync', 'shared_buffers', 'work_mem', 'random_page_cost'].map(
        async name => `${name} ${await show(name)}`,
      ),
    );
    return `PostgreSQL ${await show(
      'server_version',
    )}, its own defaults (${told.join(
      ', ',
    )}), locale C, no autovacuum while it is measured`;
  }

  async stop(): Promise<void> {
    await this.client.destroy();
    const ended = once(this.process, 'exit');
    this.process.stdin!.end();
    await ended;
  }
}
