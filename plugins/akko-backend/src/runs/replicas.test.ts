import { mockServices } from '@backstage/backend-test-utils';
import { testDatabases } from '../database/testing/testDatabases';
import { FakeFleet } from '../testing/FakeFleet';
import {
  aJob,
  aPod,
  aSucceededJob,
  terminated,
} from '../testing/kubernetesObjects';
import { DatabaseRunStore } from './DatabaseRunStore';
import { FleetRunRecorder } from './FleetRunRecorder';

const INSTANCE = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const JOBS = 20;

describe.each(testDatabases())('two replicas on $name', ({ create }) => {
  it('write one row per run, and exactly one of them each end', async () => {
    const database = await create();
    const fleet = new FakeFleet('prod');
    const prod = fleet.cluster('prod')!;
    const ends: string[] = [];
    const recorders = await Promise.all(
      [1, 2].map(async () => {
        const recorder = new FleetRunRecorder({
          fleet,
          store: await DatabaseRunStore.create({ database }),
          logger: mockServices.logger.mock(),
        });
        recorder.onRunChanged((run, { stored, previous }) => {
          if (
            stored &&
            run.state === 'succeeded' &&
            previous?.state !== 'succeeded'
          ) {
            ends.push(run.uid);
          }
        });
        await recorder.start();
        return recorder;
      }),
    );
    const settled = () =>
      Promise.all(recorders.map(recorder => recorder.settled()));

    const uids = Array.from({ length: JOBS }, (_, index) => `uid-${index}`);
    const named = (uid: string, job: ReturnType<typeof aJob>) => {
      job.metadata!.name = `akko-minio-init-${uid}`;
      return job;
    };
    for (const uid of uids) {
      prod.set(
        'jobs',
        named(uid, aJob({ uid, startedAt: '2026-11-01T10:00:01Z' })),
      );
    }
    await settled();
    for (const uid of uids) {
      const job = named(uid, aSucceededJob({ uid }));
      const pod = aPod(job, { uid: `pod-${uid}`, state: terminated(0) });
      prod.client.setLog('akko', pod.metadata!.name!, `log of ${uid}\n`);
      prod.set('pods', pod);
      prod.set('jobs', job);
    }
    await settled();

    const store = await DatabaseRunStore.create({ database });
    const { items } = await store.list({
      instance: INSTANCE,
      name: 'minio-init',
      limit: 100,
    });
    expect(items.map(({ uid }) => uid).sort()).toEqual([...uids].sort());
    for (const run of items) {
      expect(run).toMatchObject({
        state: 'succeeded',
        attempts: [{ number: 1, hasLog: true }],
      });
    }
    expect(ends.sort()).toEqual([...uids].sort());
    await Promise.all(recorders.map(recorder => recorder.stop()));
  });
});
