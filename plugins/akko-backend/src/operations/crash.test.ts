import { join } from 'node:path';
import type { Operation, Run } from '@akko/backstage-plugin-akko-common';
import knex from 'knex';
import { FailedInstance, INSTANCE } from '../acceptance/portal/FailedInstance';
import {
  PortalProcess,
  temporaryFolder,
} from '../acceptance/portal/PortalProcess';
import { eventually } from '../acceptance/realPortal';
import { CHECKPOINTS } from './checkpoints';

const REQUEST = { action: 'rerun', jobs: ['minio-init'] };

async function runs(portal: PortalProcess): Promise<Run[]> {
  const { body } = await portal.get(`${INSTANCE}/jobs/minio-init/runs`);
  return body.items ?? [];
}

async function operations(portal: PortalProcess): Promise<Operation[]> {
  const { body } = await portal.get(`${INSTANCE}/operations`);
  return body.items ?? [];
}

/** As if the time of the dead portal's lease had gone by. */
async function endLease(folder: string): Promise<void> {
  const client = knex({
    client: 'better-sqlite3',
    connection: join(folder, 'akko.sqlite'),
    useNullAsDefault: true,
  });
  await client('operations').update({
    lease_until: '2000-01-01T00:00:00.000Z',
  });
  await client.destroy();
}

describe('a portal that is killed in the middle of a re-run', () => {
  it.each(CHECKPOINTS)(
    'at "%s" ends it after its restart, with one new Job and the old one in the history',
    async checkpoint => {
      const instance = await FailedInstance.start();
      const folder = await temporaryFolder();
      const options = { cluster: instance.cluster, folder: folder.path };
      let portal = await PortalProcess.start(options, checkpoint);
      try {
        await eventually(
          'the failure is in the history',
          () => runs(portal),
          ([run]) => run?.state === 'failed',
        );
        await portal.post(`${INSTANCE}/operations`, REQUEST).catch(() => {});
        await expect(portal.died()).resolves.toBe('SIGKILL');
        await endLease(folder.path);

        portal = await PortalProcess.start(options);
        const [operation, ...others] = await eventually(
          'the operation has ended',
          () => operations(portal),
          ([first]) => !!first?.finishedAt,
        );
        expect(others).toEqual([]);
        expect(operation).toMatchObject({ state: 'succeeded' });

        const [created, deleted, createdAgain, ...more] = instance.changes;
        expect(created.type).toBe('ADDED');
        expect(deleted).toEqual({ type: 'DELETED', uid: created.uid });
        expect(createdAgain.type).toBe('ADDED');
        expect(more).toEqual([]);

        const history = await runs(portal);
        expect(history.map(({ uid, state }) => [uid, state])).toEqual([
          [createdAgain.uid, 'succeeded'],
          [created.uid, 'failed'],
        ]);
        for (const run of history) {
          const manifest = await portal.get(
            `/api/akko/runs/${run.id}/manifest`,
          );
          expect(manifest.text).toContain('name: akko-minio-init');
        }
        const log = await portal.get(`/api/akko/runs/${history[1].id}/log`);
        expect(log.text).toContain('denied');
      } finally {
        await portal.kill();
        await instance.stop();
        await folder.remove();
      }
    },
    60_000,
  );
});
