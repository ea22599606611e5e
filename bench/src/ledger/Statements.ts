import type { Knex } from 'knex';

/** A statement as it went to the database. */
export interface Statement {
  sql: string;
  bindings: readonly unknown[];
  milliseconds: number;
}

/** What one question cost. */
export interface Asked {
  /** Whole call: statements, JSON and the plugin's own work. */
  call: number;
  /** Sum of its statements as the client sees them, with the way there and back and the reading of the rows. */
  client: number;
  statements: Statement[];
}

/** Listens to the statements of a client; questions are asked one after the other, so that each statement belongs to one. */
export class Statements {
  private readonly begun = new Map<string, number>();
  private heard: Statement[] = [];

  constructor(private readonly client: Knex) {
    client.on('query', ({ __knexQueryUid: uid }) =>
      this.begun.set(uid, performance.now()),
    );
    client.on('query-response', (_response, query) => {
      const start = this.begun.get(query.__knexQueryUid)!;
      this.begun.delete(query.__knexQueryUid);
      this.heard.push({
        sql: query.sql,
        bindings: query.bindings ?? [],
        milliseconds: performance.now() - start,
      });
    });
  }

  async during(question: () => Promise<unknown>): Promise<Asked> {
    this.heard = [];
    const start = performance.now();
    await question();
    const call = performance.now() - start;
    const statements = this.heard;
    // What is asked between two questions belongs to none.
    this.heard = [];
    return {
      call,
      client: statements.reduce(
        (sum, { milliseconds }) => sum + milliseconds,
        0,
      ),
      statements,
    };
  }

  /** Time in the database by its own account: planning, execution, and making the text of the answer. */
  async inDatabase(statements: readonly Statement[]): Promise<number> {
    const connection = await this.client.client.acquireConnection();
    try {
      let sum = 0;
      for (const { bindings, sql } of statements) {
        const { rows } = await connection.query({
          text: `explain (analyze, timing off, serialize text, format json) ${sql}`,
          values: bindings,
        });
        const [plan] = rows[0]['QUERY PLAN'];
        sum += plan['Planning Time'] + plan['Execution Time'];
      }
      return sum;
    } finally {
      await this.client.client.releaseConnection(connection);
    }
  }
}
