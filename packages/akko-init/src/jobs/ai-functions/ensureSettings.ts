import type { Changes } from '../../core/Changes';
import { JobError } from '../../core/JobError';
import {
  identifier,
  type PostgresDatabase,
} from '../../postgres/PostgresServer';

/** What the functions are told: the address and the key of the service, models, time. */
export type AiSettings = Readonly<Record<string, string>>;

/** These come from the values and the Secret alone: one that differs is old, not a person's choice. */
const FROM_VALUES_ALONE = ['url', 'key'];

interface StoredSetting {
  name: string;
  value: string;
  installed: string | null;
}

/** Where the settings are looked after. */
export interface SettingsOptions {
  /** A connection to the database. */
  connection: PostgresDatabase;
  schema: string;
  /** Whether the schema is there; it may not be in a plan. */
  schemaIsThere: boolean;
}

/**
 * Keeps the table of the settings. Only superusers read it: the functions run with their owner's rights, and tell nobody.
 * Address and key follow the values, so that a key which was changed in the Secret reaches the functions. A model or a time that a person changed
 * in the table stays; `installed` remembers what the values said, to tell the two apart.
 * @throws JobError `conflict` when somebody who is no superuser could read the key
 */
export async function ensureSettings(
  { connection, schema, schemaIsThere }: SettingsOptions,
  wanted: AiSettings,
  changes: Changes,
): Promise<void> {
  const object = {
    kind: 'AI settings',
    name: `${connection.name}/${schema}.settings`,
  };
  if (!schemaIsThere || !(await isThere(connection, schema))) {
    await changes.create(object, () =>
      connection.transaction(async () => {
        await createTable(connection, schema);
        await write(connection, schema, wanted);
      }),
    );
    return;
  }
  const stored = await connection.query<StoredSetting>(
    'read the settings',
    `SELECT name, value, installed FROM ${identifier(schema)}.settings`,
  );
  const find = (name: string) => stored.find(each => each.name === name);
  const isByHand = (name: string) => {
    const found = find(name);
    return (
      found !== undefined &&
      !FROM_VALUES_ALONE.includes(name) &&
      found.value !== found.installed
    );
  };
  const names = Object.keys(wanted);
  const kept = names.filter(
    name => isByHand(name) && find(name)!.value !== wanted[name],
  );
  const stale = names.filter(
    name => !isByHand(name) && find(name)?.value !== wanted[name],
  );
  const note = [
    ...(stale.length > 0 ? [`${stale.join(', ')} from the values`] : []),
    ...(kept.length > 0 ? [`${kept.join(', ')} set by hand, kept`] : []),
  ].join('; ');
  const told = note ? { ...object, note } : object;
  if (stale.length === 0) {
    changes.unchanged(told);
    return;
  }
  await changes.update(told, () =>
    connection.transaction(() =>
      write(
        connection,
        schema,
        Object.fromEntries(stale.map(name => [name, wanted[name]])),
      ),
    ),
  );
}

/** Whether the table is there; that nobody but superusers has it is seen to at the same time. */
async function isThere(
  connection: PostgresDatabase,
  schema: string,
): Promise<boolean> {
  const found = await connection.query<{
    object: string;
    owner: string;
    is_safe: boolean;
  }>(
    'see whose the settings are',
    `SELECT 'schema' AS object, rolname AS owner, rolsuper AND NOT has_schema_privilege('public', n.oid, 'CREATE') AS is_safe
       FROM pg_namespace n JOIN pg_roles r ON r.oid = nspowner WHERE nspname = $1
     UNION ALL
     SELECT 'table', rolname, rolsuper AND NOT has_table_privilege('public', c.oid, 'SELECT')
       FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_roles r ON r.oid = relowner
      WHERE nspname = $1 AND relname = 'settings'`,
    [schema],
  );
  const unsafe = found.find(({ is_safe }) => !is_safe);
  if (unsafe) {
    throw new JobError({
      code: 'conflict',
      service: 'postgresql',
      message: `The ${unsafe.object} of the AI settings, ${schema} in the database ${connection.name} of postgresql at ${connection.address}, belongs to ${unsafe.owner} and is open to users who are no superusers; the key is not written there.`,
      nextStep: `Give it to a superuser (ALTER ${unsafe.object.toUpperCase()} … OWNER TO …) and take the rights of PUBLIC away, or choose another schema in the values; then run the job again.`,
    });
  }
  return found.some(({ object }) => object === 'table');
}

async function createTable(
  connection: PostgresDatabase,
  schema: string,
): Promise<void> {
  const table = `${identifier(schema)}.settings`;
  await connection.query(
    'create the table of the settings',
    `CREATE TABLE ${table} (name text PRIMARY KEY, value text NOT NULL, installed text);
     COMMENT ON TABLE ${table} IS 'AKKO: settings of the AI functions, among them a key. Change models and timeout_seconds here if need be; url and key come from the values.';
     REVOKE ALL ON ${table} FROM PUBLIC`,
  );
}

async function write(
  connection: PostgresDatabase,
  schema: string,
  settings: AiSettings,
): Promise<void> {
  // Values of a statement may be logged by the server, the key among them. Older servers have no such setting, and log none.
  await connection.query(
    'keep the key out of the log',
    "SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'log_parameter_max_length'",
  );
  for (const [name, value] of Object.entries(settings)) {
    await connection.query(
      `write the setting ${name}`,
      `INSERT INTO ${identifier(
        schema,
      )}.settings (name, value, installed) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value, installed = excluded.installed`,
      [name, value, FROM_VALUES_ALONE.includes(name) ? null : value],
    );
  }
}
