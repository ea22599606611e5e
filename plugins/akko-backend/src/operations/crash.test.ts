import pLimit from 'p-limit';
import {
  FailedInstance,
  INSTANCE,
} from '../acceptance/__testUtils__/FailedInstance';
import {
  PortalProcess,
  temporaryFolder,
} from '../acceptance/__testUtils__/PortalProcess';
import { eventually } from '../acceptance/__testUtils__/eventually';
import { restartPortal } from '../acceptance/__testUtils__/restartPortal';
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
      const portal = await restartPortal(
        left.instance.cluster,
        left.folder.path,
      );
      try {
        const [operation, ...others] = await eventually(
          'the operation has ended',
          () => portal.operations(INSTANCE),
          ([first]) => !!first?.finishedAt,
        );
        expect(others).toEqual([]);
        expect(operation).toMatchObject({ state: 'succeeded' });

        const [created, deleted, createdAgain, ...more] = left.instance.changes;
        expect(deleted).toEqual({ type: 'DELETED', uid: created.uid });
        expect(createdAgain.type).toBe('ADDED');
        expect(more).toEqual([]);

        const history = await portal.runs(INSTANCE, 'minio-init');
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
