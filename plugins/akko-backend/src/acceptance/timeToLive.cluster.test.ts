import { KUBECONFIG, RealInstance } from './__testUtils__/realCluster';
import { eventually } from './__testUtils__/eventually';
import { RealPortal } from './__testUtils__/realPortal';

const JOBS = 100;
const TTL_SECONDS = 5;

(KUBECONFIG ? describe : describe.skip)(
  'Jobs that a real cluster removes five seconds after their end',
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

    it('leaves log, report and outcome of every one of a hundred in the history', async () => {
      for (let index = 0; index < JOBS; index++) {
        await instance.createJob('minio-init', script(index), {
          suffix: `-${index}`,
          spec: { ttlSecondsAfterFinished: TTL_SECONDS },
        });
      }
      await eventually(
        'Kubernetes has removed all Jobs',
        () => instance.jobs(),
        jobs => jobs.length === 0,
        420,
      );
      const runs = await eventually(
        'every run has ended in the history',
        () => portal.runs(instance.path, 'minio-init'),
        found =>
          found.length === JOBS && found.every(({ state }) => ended(state)),
        60,
      );

      const seen = await Promise.all(
        runs.map(async ({ id, state }) => {
          const detail = await portal.get(`/api/akko/runs/${id}`);
          const log = await portal.get(`/api/akko/runs/${id}/log`);
          return {
            state,
            report: detail.body.report?.changes?.[0]?.name,
            log: log.text.trim(),
          };
        }),
      );
      expect(sorted(seen)).toEqual(
        sorted(
          Array.from({ length: JOBS }, (_, index) => ({
            state: index % 5 === 0 ? 'failed' : 'succeeded',
            report: `bucket-${index}`,
            log: `looking at bucket-${index}`,
          })),
        ),
      );
    }, 600_000);
  },
);

function script(index: number): string {
  const failed = index % 5 === 0;
  const report = JSON.stringify({
    schema: 'akko.io/report/v1',
    job: 'minio-init',
    outcome: failed ? 'failed' : 'succeeded',
    changes: [{ kind: 'bucket', name: `bucket-${index}`, action: 'created' }],
    totals: { created: 1, updated: 0, unchanged: 0, skipped: 0 },
  });
  return `echo looking at bucket-${index}; echo '${report}' > /dev/termination-log; exit ${
    failed ? 1 : 0
  }`;
}

function ended(state: string): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'unknown';
}

function sorted<Item extends { report?: string }>(items: Item[]): Item[] {
  return [...items].sort((a, b) =>
    String(a.report).localeCompare(String(b.report)),
  );
}
