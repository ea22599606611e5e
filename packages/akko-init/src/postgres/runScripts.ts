import { readFileSync } from 'node:fs';
import type { JobContext } from '../core/Job';
import { JobError } from '../core/JobError';
import type { ScriptConfig } from './databasesConfig';
import { literal, type PostgresServer } from './PostgresServer';
import { sqlStateOf } from './postgresErrors';

/** A script whose file has been read. */
export interface Script extends ScriptConfig {
  sql: string;
}

const NOT_SUPPORTED = '0A000';

/**
 * Reads scripts.
 * @throws JobError `misconfigured` when a file cannot be read
 */
export function readScripts(scripts: readonly ScriptConfig[]): Script[] {
  return scripts.map(script => {
    try {
      return { ...script, sql: readFileSync(script.file, 'utf8') };
    } catch (error) {
      throw new JobError({
        code: 'misconfigured',
        message: `The script ${script.name} cannot be read from ${
          script.file
        }: ${(error as NodeJS.ErrnoException).code}.`,
        nextStep:
          'Check that the ConfigMap of the script is mounted there, or take the script out of the values.',
        cause: error,
      });
    }
  });
}

/**
 * Runs scripts, each in one transaction. PostgreSQL tells whether one changed anything: by its end the transaction then has an id. A statement that
 * writes the same once more (GRANT, CREATE OR REPLACE) has changed something in this sense.
 * A plan runs a script and takes it back, but not when something else would be changed before, which the script may need.
 */
export async function runScripts(
  server: PostgresServer,
  scripts: readonly Script[],
  { changes, step }: Pick<JobContext<unknown>, 'changes' | 'step'>,
): Promise<void> {
  for (const script of scripts) {
    const { name, database } = script;
    step(`running the script ${name} in ${database}`);
    const object = { kind: 'script', name: `${database}/${name}` };
    if (!changes.plan) {
      await changes.update(object, async () =>
        (await run(server, script, true)) ? undefined : 'unchanged',
      );
    } else if (wouldChange(changes.list)) {
      await changes.update(
        { ...object, note: 'not tried: other things would be changed before' },
        async () => {},
      );
    } else if (await run(server, script, false)) {
      await changes.update(object, async () => {});
    } else {
      changes.unchanged(object);
    }
  }
}

function wouldChange(list: readonly { action: string }[]): boolean {
  return list.some(({ action }) => ['created', 'updated'].includes(action));
}

/** @returns whether it changed anything */
async function run(
  server: PostgresServer,
  { name, database, sql }: Script,
  keep: boolean,
): Promise<boolean> {
  return server.in(database, async connection => {
    await connection.query('begin a transaction', 'BEGIN');
    try {
      await connection.query(
        `run the script ${name} in ${database}`,
        // Below EXECUTE a script cannot end the transaction that it stands in. Constraints that wait for its end are checked here, also in a plan.
        `DO ${literal(`BEGIN EXECUTE ${literal(sql)}; END`)};
         SET CONSTRAINTS ALL IMMEDIATE`,
      );
    } catch (thrown) {
      throw scriptError(thrown, name);
    }
    const [{ changed }] = await connection.query<{ changed: boolean }>(
      'ask whether anything was changed',
      'SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS changed',
    );
    await connection.query('end a transaction', keep ? 'COMMIT' : 'ROLLBACK');
    return changed;
  });
}

/** What PostgreSQL says about a script is about the values. */
function scriptError(thrown: unknown, name: string): unknown {
  if (!(thrown instanceof JobError)) {
    return thrown;
  }
  const notSupported = sqlStateOf(thrown) === NOT_SUPPORTED;
  if (thrown.code !== 'internal' && !notSupported) {
    return thrown;
  }
  return new JobError({
    code: 'misconfigured',
    service: thrown.service,
    message: thrown.message,
    nextStep: notSupported
      ? `The script ${name} runs as one transaction: take BEGIN, COMMIT and SELECT … INTO out of it. An extension that it creates must be in the image of the server.`
      : `Correct the script ${name} in the values, then run the job again; nothing of it was kept.`,
    cause: thrown.cause,
  });
}
