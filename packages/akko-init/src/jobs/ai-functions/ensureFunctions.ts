import type { Changes } from '../../core/Changes';
import {
  identifier,
  literal,
  type PostgresDatabase,
} from '../../postgres/PostgresServer';
import { aiFunctions, signatureOf, type AiFunction } from './functions';
import { checksumOf, traitsOf, type FunctionTraits } from './functionTraits';

const CHECKSUM = /\(akko-init sha256:([0-9a-f]{64})\)$/;

/** A function of the database. */
interface StoredFunction extends FunctionTraits {
  result: string;
  hasSameResult: boolean;
  comment: string | null;
}

/** Where the functions are looked after. */
export interface FunctionsOptions {
  /** A connection to the database. */
  connection: PostgresDatabase;
  schema: string;
  /** Whether the schema is there; it may not be in a plan. */
  schemaIsThere: boolean;
}

/**
 * Installs the functions. A comment tells the checksum of what was installed: a function that still has it is ours and is brought up to date; one that has
 * another, or none, was replaced by a person and stays.
 */
export async function ensureFunctions(
  { connection, schema, schemaIsThere }: FunctionsOptions,
  changes: Changes,
): Promise<void> {
  const vectorType = await findVectorType(connection);
  for (const wanted of aiFunctions({ schema, vectorType })) {
    const object = {
      kind: 'function',
      name: `${connection.name}/${schema}.${wanted.name}`,
    };
    const found = schemaIsThere
      ? await findFunction(connection, schema, wanted)
      : undefined;
    if (!found) {
      await changes.create(object, () =>
        install(connection, schema, wanted, true),
      );
      continue;
    }
    const stored = checksumOf(found);
    if (!found.hasSameResult) {
      changes.unchanged({
        ...object,
        note: `returns ${found.result}, kept; drop it to have ${wanted.returns}`,
      });
    } else if (stored === checksumOf(traitsOf(wanted))) {
      changes.unchanged(object);
    } else if (stored === CHECKSUM.exec(found.comment ?? '')?.[1]) {
      await changes.update(object, () =>
        install(connection, schema, wanted, false),
      );
    } else {
      changes.unchanged({ ...object, note: 'replaced by hand, kept' });
    }
  }
}

async function findVectorType(
  connection: PostgresDatabase,
): Promise<string | undefined> {
  const [found] = await connection.query<{ nspname: string }>(
    'look for pgvector',
    "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'vector'",
  );
  return found && `${identifier(found.nspname)}.vector`;
}

async function findFunction(
  connection: PostgresDatabase,
  schema: string,
  { name, argumentTypes, returns }: AiFunction,
): Promise<StoredFunction | undefined> {
  const [found] = await connection.query<StoredFunction>(
    `look for the function ${name}`,
    `SELECT pg_get_function_arguments(p.oid) AS arguments,
            p.prorettype = $4::regtype AS "hasSameResult",
            p.prorettype::regtype::text AS result,
            l.lanname AS language,
            CASE p.provolatile WHEN 'v' THEN 'volatile' WHEN 's' THEN 'stable' ELSE 'immutable' END AS volatility,
            p.proisstrict AS "isStrict",
            p.prosecdef AS "isDefiner",
            p.procost AS cost,
            COALESCE(p.proconfig, '{}') AS settings,
            p.prosrc AS body,
            obj_description(p.oid, 'pg_proc') AS comment
       FROM pg_proc p
       JOIN pg_language l ON l.oid = p.prolang
      WHERE p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
        AND p.proname = $2
        AND ARRAY(SELECT type::regtype::text FROM unnest(p.proargtypes) AS type) = $3::text[]`,
    [schema, name, argumentTypes, returns],
  );
  return found;
}

async function install(
  connection: PostgresDatabase,
  schema: string,
  wanted: AiFunction,
  isNew: boolean,
): Promise<void> {
  const { name, about } = wanted;
  const traits = traitsOf(wanted);
  const signature = signatureOf(schema, wanted);
  const comment = `${about} NULL and a WARNING when the language model service fails. (akko-init sha256:${checksumOf(
    traits,
  )})`;
  const definition = [
    `CREATE OR REPLACE FUNCTION ${identifier(schema)}.${name}(${
      traits.arguments
    })`,
    `RETURNS ${wanted.returns} LANGUAGE ${traits.language} ${traits.volatility}`,
    traits.isStrict ? 'STRICT' : 'CALLED ON NULL INPUT',
    traits.isDefiner ? 'SECURITY DEFINER' : 'SECURITY INVOKER',
    `COST ${traits.cost}`,
    ...traits.settings.map(setting => `SET ${setting}`),
    `AS ${literal(traits.body)}`,
  ].join(' ');
  await connection.transaction(() =>
    connection.query(
      `install the function ${name} in ${connection.name}`,
      `${definition};
       COMMENT ON FUNCTION ${signature} IS ${literal(comment)};
       ${isNew ? rights(signature) : ''}`,
    ),
  );
}

/** Calls cost money, and send what they are given out of the database: its owner says who may, and may say so to others. */
function rights(signature: string): string {
  return `REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC;
          GRANT EXECUTE ON FUNCTION ${signature} TO pg_database_owner WITH GRANT OPTION`;
}
