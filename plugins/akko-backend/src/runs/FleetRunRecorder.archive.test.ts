import { TestDatabases } from '@backstage/backend-test-utils';
import type { V1Pod } from '@kubernetes/client-node';
import { aFailedJob, aPod, terminated } from '../testing/kubernetesObjects';
import { RecorderBench } from './testing/RecorderBench';

describe('archiving a Job before it is deleted', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: RecorderBench;

  beforeEach(async () => {
    bench = await RecorderBench.start(databases);
  });

  afterEach(() => bench.recorder.stop());

  it('has manifest, report and log in the history when it answers', async () => {
    const job = aFailedJob();
    const pod: V1Pod = aPod(job, { state: terminated(1) });
    bench.prod.client.setLog('akko', pod.metadata!.name!, 'Error: broken\n');
    bench.prod.set('jobs', job);
    bench.prod.set('pods', pod);

    const run = await bench.recorder.archive('prod', job);
    expect(run).toMatchObject({
      state: 'failed',
      errorLine: 'Error: broken',
      attempts: [{ hasLog: true }],
    });
    await expect(bench.store.readManifest(run.id)).resolves.toMatchObject({
      kind: 'Job',
      metadata: { name: 'akko-minio-init' },
      spec: JSON.parse(JSON.stringify(job.spec)),
    });
  });

  it('works for a Job that the mirror has not seen', async () => {
    const job = aFailedJob();
    const run = await bench.recorder.archive('prod', job);
    expect(run.state).toBe('failed');
    await expect(bench.store.readManifest(run.id)).resolves.toBeDefined();
  });

  it('fails when the row cannot be written, so that nothing is deleted', async () => {
    const upsert = jest
      .spyOn(bench.store, 'upsert')
      .mockRejectedValue(new Error('database is gone'));
    const slow = bench.makeRecorder({ slow: true });
    await expect(slow.archive('prod', aFailedJob())).rejects.toThrow(
      'database is gone',
    );
    upsert.mockRestore();
    await slow.stop();
  });

  it('answers without the log when the log cannot be read', async () => {
    const job = aFailedJob();
    bench.prod.set('jobs', job);
    bench.prod.set('pods', aPod(job, { state: terminated(1) }));
    const run = await bench.recorder.archive('prod', job);
    expect(run.attempts[0].hasLog).toBe(false);
  });
});
