import { join } from 'node:path';
import type { SandboxCluster } from '@akko/kube-sandbox';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Operation, Run } from '@akko/backstage-plugin-akko-common';
import knex from 'knex';
import request from 'supertest';
import { akkoPlugin } from '../../plugin';
import { configOf } from './PortalProcess';

/** The portal on the database that a killed one left in a folder, in this process. */
export async function restartPortal(cluster: SandboxCluster, folder: string) {
  const client = knex({
    client: 'better-sqlite3',
    connection: join(folder, 'akko.sqlite'),
    useNullAsDefault: true,
  });
  // As if the time of the killed portal's lease had gone by.
  await client('operations').update({
    lease_until: '2000-01-01T00:00:00.000Z',
  });
  const { akko } = configOf({ cluster, folder }, 0);
  const backend = await startTestBackend({
    features: [
      akkoPlugin,
      mockServices.rootConfig.factory({ data: { akko } }),
      mockServices.database.factory({ knex: client }),
    ],
  });
  const get = (path: string) => request(backend.server).get(path);
  return {
    get,
    operations: async (instance: string): Promise<Operation[]> =>
      (await get(`${instance}/operations`)).body.items ?? [],
    runs: async (instance: string, job: string): Promise<Run[]> =>
      (await get(`${instance}/jobs/${job}/runs`)).body.items,
    stop: async () => {
      await backend.stop();
      await client.destroy();
    },
  };
}
