import {
  KUBECONFIG,
  RealInstance,
  restartPrograms,
  stopPrograms,
  TESTBED,
} from './__testUtils__/realCluster';
import { eventually } from './__testUtils__/eventually';
import { RealPortal } from './__testUtils__/realPortal';

const OUTAGE_SECONDS = 30;

(KUBECONFIG && TESTBED ? describe : describe.skip)(
  'API server and etcd of a real cluster stop in the middle of a re-run',
  () => {
    let instance: RealInstance;
    let portal: RealPortal;

    beforeAll(async () => {
      instance = await RealInstance.create();
      portal = await RealPortal.start({
        kubeconfig: KUBECONFIG!,
        context: instance.context,
      });
    }, 60_000);

    afterAll(async () => {
      await portal?.stop();
      await instance?.remove();
    }, 60_000);

    it('ends the operation well with exactly one new Job, each run recorded once, and says meanwhile that the cluster is not reachable', async () => {
      const first = await instance.createJob(
        'minio-init',
        'sleep 5; [ "$READY" = yes ] || { echo the bucket is locked; exit 1; }',
      );
      await eventually(
        'the failed run is in the history',
        () => portal.runs(instance.path, 'minio-init'),
        runs => runs[0]?.state === 'failed',
      );

      await instance.setReady();
      const { body: operation, status } = await portal.post(
        `${instance.path}/operations`,
        { action: 'rerun', jobs: ['minio-init'] },
      );
      expect(status).toBe(202);

      await stopPrograms('kube-apiserver', 'etcd');
      const stoppedAt = Date.now();
      try {
        await eventually(
          'the cluster is shown stale',
          async () => (await portal.get('/api/akko/clusters')).body.items[0],
          cluster => cluster.stale && !cluster.reachable,
          OUTAGE_SECONDS,
        );
        const during = await portal.get(instance.path);
        expect(during.status).toBe(200);
        expect(during.body.stale).toBe(true);
        await eventually(
          'the outage has lasted long enough',
          async () => (Date.now() - stoppedAt) / 1000,
          seconds => seconds >= OUTAGE_SECONDS,
        );
      } finally {
        await restartPrograms('etcd', 'kube-apiserver');
      }

      await eventually(
        'the operation has ended',
        async () =>
          (
            await portal.get(`/api/akko/operations/${operation.id}`)
          ).body,
        ({ state }) => state !== 'queued' && state !== 'running',
        180,
      );
      await eventually(
        'the cluster is in contact again',
        async () => (await portal.get('/api/akko/clusters')).body.items[0],
        cluster => cluster.reachable && !cluster.stale,
        120,
      );
      const jobs = await instance.jobs();
      const runs = await portal.runs(instance.path, 'minio-init');
      expect(jobs).toHaveLength(1);
      expect(jobs[0].metadata!.uid).not.toBe(first.metadata!.uid);
      expect(runs.map(({ uid, state }) => ({ uid, state }))).toEqual([
        { uid: jobs[0].metadata!.uid, state: 'succeeded' },
        { uid: first.metadata!.uid, state: 'failed' },
      ]);
    }, 900_000);
  },
);
