import type { JobContext } from '../../core/Job';
import type { SupersetBootstrapConfig } from './config';
import {
  createObject,
  findObjects,
  readObject,
  refusal,
  type SupersetObject,
} from './supersetObjects';
import type { NotNow, SupersetSession } from './SupersetSession';

/** Superset connects before it keeps a connection: errors of the engine come as a list, those of SQLAlchemy as a sentence. */
const CANNOT_CONNECT: NotNow = {
  isMeant: ({ status, json }) =>
    (status === 400 && Array.isArray(json?.errors)) ||
    (status === 422 &&
      typeof json?.message === 'string' &&
      json.message.startsWith('Connection failed')),
  nextStep:
    "Check database.uri in the values, and that Superset's pods reach it (a NetworkPolicy may forbid it); then run the job again.",
};

/** Superset's connection to Trino, by UUID or by its name; made by a person, it is taken as it is. */
export async function findConnection(
  superset: SupersetSession,
  { database }: SupersetBootstrapConfig,
): Promise<SupersetObject | undefined> {
  const columns = ['database_name'];
  const [byUuid] = await findObjects(
    superset,
    'database',
    { uuid: database.uuid },
    columns,
  );
  if (byUuid) {
    return byUuid;
  }
  const [byName] = await findObjects(
    superset,
    'database',
    { database_name: database.name },
    columns,
  );
  return byName;
}

/**
 * Makes the connection to Trino, where it is missing.
 * @returns its number; undefined in a plan that would make it
 */
export async function ensureConnection(
  context: JobContext<SupersetBootstrapConfig>,
  superset: SupersetSession,
  found: SupersetObject | undefined,
): Promise<number | undefined> {
  const { config, changes, secrets } = context;
  const { uuid, name, uri } = config.database;
  const connection = { kind: 'database connection', name };
  if (found) {
    const different = await differences(superset, found, config);
    changes.unchanged({
      ...connection,
      ...(different.length && {
        note: `differs from the values, kept: ${different.join(', ')}`,
      }),
    });
    return found.id;
  }
  const password = passwordOf(uri);
  if (password) {
    secrets.remember(password);
  }
  let id: number | undefined;
  await changes.create(connection, async () => {
    const object = {
      kind: 'database' as const,
      name,
      json: {
        uuid,
        database_name: name,
        sqlalchemy_uri: uri,
        expose_in_sqllab: true,
        // Without it Superset takes tables only of the catalog in the address.
        extra: JSON.stringify({ allow_multi_catalog: true }),
      },
      find: () => findConnection(superset, config),
      notNow: CANNOT_CONNECT,
    };
    const creation = await createObject(superset, object);
    if ('refused' in creation) {
      throw refusal(superset, object, creation.refused);
    }
    id = creation.id;
    return creation.outcome;
  });
  return id;
}

async function differences(
  superset: SupersetSession,
  found: SupersetObject,
  { database }: SupersetBootstrapConfig,
): Promise<string[]> {
  const { sqlalchemy_uri: uri } = await readObject(
    superset,
    'database',
    found.id,
    'connection',
  );
  return [
    found.uuid !== database.uuid && 'uuid',
    found.database_name !== database.name && 'name',
    withoutPassword(uri) !== withoutPassword(database.uri) && 'uri',
  ].filter(field => field !== false);
}

/** Superset tells a mask in the place of a password. */
function withoutPassword(uri: string): string {
  const password = passwordOf(uri);
  return password === undefined ? uri : uri.replace(`:${password}@`, '@');
}

function passwordOf(uri: string): string | undefined {
  return /^[^:]+:\/\/[^:@/]*:([^@/]*)@/.exec(uri)?.[1];
}
