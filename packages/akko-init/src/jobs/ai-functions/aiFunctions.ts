import { defineJob, type JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { ensureExtensions } from '../../postgres/ensureDatabase';
import {
  identifier,
  PostgresServer,
  type PostgresDatabase,
} from '../../postgres/PostgresServer';
import { aiFunctionsConfig, type AiFunctionsConfig } from './config';
import { ensureCallers } from './ensureCallers';
import { ensureFunctions } from './ensureFunctions';
import { ensureSettings, type AiSettings } from './ensureSettings';

const LANGUAGE = 'plpython3u';

/**
 * Installs SQL functions that ask language models, in PL/Python, and their settings. The service itself is not asked, so it may be down meanwhile.
 *
 * What keeps it safe: the language is untrusted, so the functions are fixed, belong to a superuser, and run with that one's right to read the
 * settings. Callers give texts and nothing else; address, key and model are not theirs to choose, texts go to the model as the user's words, and
 * an answer is handed back as a value and never run. Who may call is up to the owner of the database, who starts with
 * `GRANT USAGE ON SCHEMA akko_ai TO …; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA akko_ai TO …`. Functions that a later version adds have such rights only for
 * those that the values list as callers.
 */
export const aiFunctions = defineJob({
  name: 'ai-functions',
  summary: 'SQL functions that ask language models, in the data databases',
  config: aiFunctionsConfig,
  async run(context) {
    const { config, changes, step } = context;
    const server = new PostgresServer(config.postgresql, context);
    const settings = settingsOf(context);
    await server.whenReady(async first => {
      step('waiting for another run');
      await first.exclusively(
        'ai-functions',
        config.deadlineSeconds,
        async () => {
          await checkSuperuser(first, config.postgresql.user);
          for (const database of config.databases) {
            step(`installing AI functions in the database ${database}`);
            if (changes.plan && !(await isThere(first, database))) {
              changes.skipped({
                kind: 'database',
                name: database,
                note: 'not there yet: the plan cannot look into it',
              });
              continue;
            }
            await server.in(database, connection =>
              installIn(connection, settings, context),
            );
          }
        },
      );
    });
  },
});

async function installIn(
  connection: PostgresDatabase,
  settings: AiSettings,
  { config, changes }: JobContext<AiFunctionsConfig>,
): Promise<void> {
  await ensureLanguage(connection, changes);
  const place = {
    connection,
    schema: config.schema,
    schemaIsThere: await ensureSchema(connection, config.schema, changes),
  };
  await ensureSettings(place, settings, changes);
  await ensureFunctions(place, changes);
  await ensureCallers({ ...place, callers: config.callers }, changes);
}

async function ensureLanguage(
  connection: PostgresDatabase,
  changes: JobContext<AiFunctionsConfig>['changes'],
): Promise<void> {
  const found = await connection.query(
    'look for PL/Python',
    'SELECT FROM pg_language WHERE lanname = $1',
    [LANGUAGE],
  );
  if (found.length > 0) {
    changes.unchanged({
      kind: 'extension',
      name: `${connection.name}/${LANGUAGE}`,
    });
    return;
  }
  await ensureExtensions(
    connection,
    { name: connection.name, extensions: [LANGUAGE] },
    changes,
  );
}

/** @returns whether the schema is there afterwards: in a plan it may not be */
async function ensureSchema(
  connection: PostgresDatabase,
  schema: string,
  changes: JobContext<AiFunctionsConfig>['changes'],
): Promise<boolean> {
  const object = { kind: 'schema', name: `${connection.name}/${schema}` };
  const found = await connection.query(
    `look for the schema ${schema}`,
    'SELECT FROM pg_namespace WHERE nspname = $1',
    [schema],
  );
  if (found.length > 0) {
    changes.unchanged(object);
    return true;
  }
  await changes.create(object, () =>
    connection.create(
      `create the schema ${schema} in ${connection.name}`,
      `CREATE SCHEMA ${identifier(schema)};
       GRANT USAGE ON SCHEMA ${identifier(
         schema,
       )} TO pg_database_owner WITH GRANT OPTION`,
    ),
  );
  return !changes.plan;
}

function settingsOf({
  config: { llm },
  secrets,
}: JobContext<AiFunctionsConfig>): AiSettings {
  // A line break at its end comes from an editor; no header may have one.
  const key = secrets.read(llm.key, 'key of the language models').trim();
  secrets.remember(key);
  return {
    url: llm.url,
    key,
    chat_model: llm.chatModel,
    sql_model: llm.sqlModel,
    embedding_model: llm.embeddingModel,
    timeout_seconds: String(llm.timeoutSeconds),
  };
}

async function isThere(
  server: PostgresDatabase,
  database: string,
): Promise<boolean> {
  const found = await server.query(
    `look for the database ${database}`,
    'SELECT FROM pg_database WHERE datname = $1',
    [database],
  );
  return found.length > 0;
}

/** Told before anything is done: as anybody else, the job would first write the key and then fail. */
async function checkSuperuser(
  server: PostgresDatabase,
  user: string,
): Promise<void> {
  const [{ is_superuser: isSuperuser }] = await server.query<{
    is_superuser: boolean;
  }>(
    'ask whether it works as a superuser',
    'SELECT rolsuper AS is_superuser FROM pg_roles WHERE rolname = current_user',
  );
  if (!isSuperuser) {
    throw new JobError({
      code: 'permission-denied',
      service: 'postgresql',
      message: `postgresql at ${server.address} lets only superusers install functions in PL/Python, and ${user} is none.`,
      nextStep:
        'Run the job as a superuser (values services.postgresqlData.user), then run it again.',
    });
  }
}
