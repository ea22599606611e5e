import { join } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Operation, Run } from '@akko/backstage-plugin-akko-common';
import knex from 'knex';
import pLimit from 'p-limit';
import request from 'supertest';
import {
  FailedInstance,
  INSTANCE,
} from '../acceptance/__testUtils__/FailedInstance';
import {
  configOf,
  PortalProcess,
  temporaryFolder,
} from '../acceptance/__testUtils__/PortalProcess';
import { eventually } from '../acceptance/__testUtils__/eventually';
import { akkoPlugin } from '../plugin';
import { CHECKPOINTS, type Checkpoint } from './checkpoints';

/** Portals that start at a time: each takes a core. */
const AT_A_TIME = 2;

/** What a portal left behind that was killed at a checkpoint. */
interface Remains {
  instance: FailedInstance;
  folder: Awaited<ReturnType<typeof temporaryFolder>>;
  signal: string | null;
}

/** Starts a portal, asks it for a re-run, and waits until it is killed. */
async function killAt(checkpoint: Checkpoint): Promise<Remains> {
  const instance = await FailedInstance.start();
  const folder = await temporaryFolder();
  const { cluster } = instance;
  const portal = await PortalProcess.start(
    { cluster, folder: folder.path },
    checkpoint,
  );
  await eventually(
    'the failure is in the history',
    () => portal.get(`${INSTANCE}/jobs/minio-init/runs`),
    ({ body }) => body.items?.[0]?.state === 'failed',
  );
  await portal
    .post(`${INSTANCE}/operations`, { action: 'rerun', jobs: ['minio-init'] })
    .catch(() => {});
  return { instance, folder, signal: await portal.died() };
}

/** The portal on the database that the killed one left, in this process. */
async function restart({ instance: { cluster }, folder }: Remains) {
  const client = knex({
    client: 'better-sqlite3',
    connection: join(folder.path, 'akko.sqlite'),
    useNullAsDefault: true,
  });
  // As if the time of the killed portal's lease had gone by.
  await client('operations').update({
    lease_until: '2000-01-01T00:00:00.000Z',
  });
  const { akko } = configOf({ cluster, folder: folder.path }, 0);
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
    operations: async (): Promise<Operation[]> =>
      (await get(`${INSTANCE}/operations`)).body.items ?? [],
    runs: async (): Promise<Run[]> =>
      (await get(`${INSTANCE}/jobs/minio-init/runs`)).body.items,
    stop: async () => {
      await backend.stop();
      await client.destroy();
    },
  };
}

describe('a portal that is killed in the middle of a re-run', () => {
  const remains = new Map<Checkpoint, Remains>();

  beforeAll(async () => {
    const limit = pLimit(AT_A_TIME);
    await Promise.all(
      CHECKPOINTS.map(checkpoint =>
        limit(async () => {
          remains.set(checkpoint, await killAt(checkpoint));
        }),
      ),
    );
  }, 300_000);

  afterAll(async () => {
    for (const { folder, instance } of remains.values()) {
      await instance.stop();
      await folder.remove();
    }
  });

  it.each(CHECKPOINTS)(
    'at "%s" ends it after its restart, with one new Job and the old one in the history',
    async checkpoint => {
      const left = remains.get(checkpoint)!;
      expect(left.signal).toBe('SIGKILL');
      const portal = await restart(left);
      try {
        const [operation, ...others] = await eventually(
          'the operation has ended',
          portal.operations,
          ([first]) => !!first?.finishedAt,
        );
        expect(others).toEqual([]);
        expect(operation).toMatchObject({ state: 'succeeded' });

        const [created, deleted, createdAgain, ...more] = left.instance.changes;
        expect(deleted).toEqual({ type: 'DELETED', uid: created.uid });
        expect(createdAgain.type).toBe('ADDED');
        expect(more).toEqual([]);

        const history = await portal.runs();
        expect(history.map(({ uid, state }) => [uid, state])).toEqual([
          [createdAgain.uid, 'succeeded'],
          [created.uid, 'failed'],
        ]);
        for (const { id } of history) {
          const { text } = await portal.get(`/api/akko/runs/${id}/manifest`);
          expect(text).toContain('name: akko-minio-init');
        }
        const log = await portal.get(`/api/akko/runs/${history[1].id}/log`);
        expect(log.text).toContain('denied');
      } finally {
        await portal.stop();
      }
    },
    60_000,
  );
});
