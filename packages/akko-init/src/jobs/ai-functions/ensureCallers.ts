import type { Changes } from '../../core/Changes';
import { JobError } from '../../core/JobError';
import {
  identifier,
  type PostgresDatabase,
} from '../../postgres/PostgresServer';
import { aiFunctions, signatureOf } from './functions';

const EVERYBODY = 'PUBLIC';

/** Who shall be able to call the functions of a schema. */
export interface CallersOptions {
  /** A connection to the database. */
  connection: PostgresDatabase;
  schema: string;
  /** Whether the schema is there; it may not be in a plan. */
  schemaIsThere: boolean;
  callers: readonly string[];
}

/**
 * Lets roles call the functions where they cannot. Rights that somebody else was given stay.
 * @throws JobError `misconfigured` when a role is not there
 */
export async function ensureCallers(
  { connection, schema, schemaIsThere, callers }: CallersOptions,
  changes: Changes,
): Promise<void> {
  const signatures = aiFunctions({ schema }).map(each =>
    signatureOf(schema, each),
  );
  for (const caller of callers) {
    const role = caller === EVERYBODY ? EVERYBODY : identifier(caller);
    const object = {
      kind: 'right to call AI functions',
      name: `${connection.name}/${caller}`,
    };
    await checkRole(connection, caller);
    if (
      schemaIsThere &&
      (await mayCall(connection, schema, caller, signatures))
    ) {
      changes.unchanged(object);
      continue;
    }
    await changes.create(object, async () => {
      await connection.query(
        `let ${caller} call the functions`,
        `GRANT USAGE ON SCHEMA ${identifier(schema)} TO ${role};
         GRANT EXECUTE ON FUNCTION ${signatures.join(', ')} TO ${role}`,
      );
    });
  }
}

async function checkRole(
  connection: PostgresDatabase,
  caller: string,
): Promise<void> {
  const found = await connection.query(
    'look for a role',
    'SELECT FROM pg_roles WHERE rolname = $1',
    [caller],
  );
  if (caller !== EVERYBODY && found.length === 0) {
    throw new JobError({
      code: 'misconfigured',
      service: 'postgresql',
      message: `postgresql at ${connection.address} has no role ${caller}, which shall call the AI functions.`,
      nextStep:
        'Make the role, or correct its name in the values (aiFunctions.callers); then run the job again.',
    });
  }
}

async function mayCall(
  connection: PostgresDatabase,
  schema: string,
  caller: string,
  signatures: readonly string[],
): Promise<boolean> {
  const [{ may }] = await connection.query<{ may: boolean }>(
    `ask what ${caller} may`,
    `SELECT has_schema_privilege($1::name, $2, 'USAGE')
            AND bool_and(COALESCE(has_function_privilege($1::name, to_regprocedure(signature), 'EXECUTE'), false)) AS may
       FROM unnest($3::text[]) AS signature`,
    [caller === EVERYBODY ? 'public' : caller, schema, signatures],
  );
  return may;
}
