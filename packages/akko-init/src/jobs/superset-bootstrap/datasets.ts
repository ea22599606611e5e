import type { JobContext } from '../../core/Job';
import type { DatasetConfig, SupersetBootstrapConfig } from './config';
import {
  createObject,
  findObjects,
  refusal,
  type SupersetObject,
} from './supersetObjects';
import { wordsOf, type SupersetSession } from './SupersetSession';
import { tableName, type TrinoClient } from './TrinoClient';

const COLUMNS = ['catalog', 'schema', 'table_name', 'database.id'];

/** A dataset by UUID, or by its table: Superset takes a table only once per connection, and a person may have been first. */
export async function findDataset(
  superset: SupersetSession,
  { uuid, catalog, schema, table }: DatasetConfig,
  connection: number | undefined,
): Promise<SupersetObject | undefined> {
  const [byUuid] = await findObjects(superset, 'dataset', { uuid }, COLUMNS);
  if (byUuid || connection === undefined) {
    return byUuid;
  }
  const byTable = await findObjects(
    superset,
    'dataset',
    { schema, table_name: table },
    COLUMNS,
  );
  return byTable.find(
    each =>
      each.database?.id === connection &&
      // Superset before 4.1 knew no catalogs.
      (each.catalog ?? catalog) === catalog,
  );
}

/** A dataset as it is for its charts: its number, or that a plan would make it. */
export type DatasetState = number | 'planned';

/**
 * Makes the datasets that are missing and whose tables are there.
 * @param found - what was found of them, by UUID
 * @returns the datasets that charts can read, by UUID
 */
export async function ensureDatasets(
  context: JobContext<SupersetBootstrapConfig>,
  superset: SupersetSession,
  trino: TrinoClient,
  connection: number | undefined,
  found: ReadonlyMap<string, SupersetObject>,
): Promise<Map<string, DatasetState>> {
  const { config, changes } = context;
  const states = new Map<string, DatasetState>();
  for (const dataset of config.datasets) {
    const object = found.get(dataset.uuid);
    const name = tableName(dataset);
    const change = { kind: 'dataset', name };
    if (object) {
      const different = differences(object, dataset);
      changes.unchanged({
        ...change,
        ...(different.length && {
          note: `differs from the values, kept: ${different.join(', ')}`,
        }),
      });
      states.set(dataset.uuid, object.id);
    } else if (!(await trino.hasTable(dataset))) {
      changes.skipped({
        ...change,
        note: `table ${name} is not there yet; run the job again when it is`,
      });
    } else {
      await changes.create(change, async () => {
        const wanted = {
          kind: 'dataset' as const,
          name,
          json: {
            uuid: dataset.uuid,
            database: connection,
            catalog: dataset.catalog,
            schema: dataset.schema,
            table_name: dataset.table,
          },
          find: () => findDataset(superset, dataset, connection),
        };
        const creation = await createObject(superset, wanted);
        if ('id' in creation) {
          states.set(dataset.uuid, creation.id);
          return creation.outcome;
        }
        const words = wordsOf(creation.refused) ?? '';
        if (!/could not be found/.test(words)) {
          throw refusal(superset, wanted, creation.refused);
        }
        return {
          action: 'skipped',
          note: `table ${name} is there, but Superset does not find it yet; run the job again when it does`,
        };
      });
      if (changes.plan) {
        states.set(dataset.uuid, 'planned');
      }
    }
  }
  return states;
}

function differences(
  found: SupersetObject,
  { uuid, catalog, schema, table }: DatasetConfig,
): string[] {
  return [
    found.uuid !== uuid && 'uuid',
    (found.catalog ?? catalog) !== catalog && 'catalog',
    found.schema !== schema && 'schema',
    found.table_name !== table && 'table',
  ].filter(field => field !== false);
}
