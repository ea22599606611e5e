import { once } from 'node:events';
import type { Operation, Run } from '@akko/backstage-plugin-akko-common';
import {
  FailedInstance,
  INSTANCE,
} from '../acceptance/__testUtils__/FailedInstance';
import {
  PortalProcess,
  temporaryFolder,
} from '../acceptance/__testUtils__/PortalProcess';
import { eventually } from '../acceptance/__testUtils__/eventually';
import { startPostgres } from '../database/testing/testDatabases';

const TIMEOUT = 180_000;

describe('two portals on one PostgreSQL', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let instance: FailedInstance;
  let portals: PortalProcess[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    folder = await temporaryFolder();
    instance = await FailedInstance.start();
    const options = {
      cluster: instance.cluster,
      folder: folder.path,
      postgres: postgres.connection,
    };
    // One after the other, as a rolling update does: Backstage's own plugins do not migrate one database twice at once.
    portals = [
      await PortalProcess.start(options),
      await PortalProcess.start(options),
    ];
  }, TIMEOUT);

  afterAll(async () => {
    await Promise.all(portals.map(portal => portal.kill()));
    await instance?.stop();
    await folder?.remove();
    if (postgres) {
      const ended = once(postgres.process, 'exit');
      postgres.process.stdin?.end();
      await ended;
    }
  }, TIMEOUT);

  const runs = async (portal: PortalProcess): Promise<Run[]> =>
    (await portal.get(`${INSTANCE}/jobs/minio-init/runs`)).body.items ?? [];

  it(
    'have one row per run and make one Job per operation, whoever is asked',
    async () => {
      for (const portal of portals) {
        await eventually(
          'the portal is in contact with the cluster',
          async () => (await portal.get('/api/akko/clusters')).body.items[0],
          ({ reachable, stale }) => reachable && !stale,
        );
        await eventually(
          'the failure is in the history',
          () => runs(portal),
          ([run]) => run?.state === 'failed',
        );
      }
      const answers = await Promise.all(
        portals.flatMap(portal =>
          Array.from({ length: 10 }, () =>
            portal.post(`${INSTANCE}/operations`, {
              action: 'rerun',
              jobs: ['minio-init'],
            }),
          ),
        ),
      );
      const taken = answers.find(({ status }) => status === 202)!;
      const others = answers.filter(answer => answer !== taken);
      expect(others.map(({ body, status }) => [status, body.error])).toEqual(
        others.map(() => [
          409,
          expect.objectContaining({
            code: 'already-running',
            operation: taken.body.id,
          }),
        ]),
      );

      for (const portal of portals) {
        const { body } = await portal.get(
          `/api/akko/operations/${taken.body.id}?wait=60`,
        );
        expect((body as Operation).state).toBe('succeeded');
      }
      expect(instance.changes.map(({ type }) => type)).toEqual([
        'ADDED',
        'DELETED',
        'ADDED',
      ]);
      const [first, , second] = instance.changes;
      for (const portal of portals) {
        const history = await runs(portal);
        expect(history.map(({ uid, state }) => [uid, state])).toEqual([
          [second.uid, 'succeeded'],
          [first.uid, 'failed'],
        ]);
      }
    },
    TIMEOUT,
  );
});
