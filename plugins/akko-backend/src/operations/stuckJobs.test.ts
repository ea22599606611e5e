import { TestDatabases } from '@backstage/backend-test-utils';
import { aCatalogue, aFailedJob } from '../testing/kubernetesObjects';
import type { DurableOperationService } from './DurableOperationService';
import {
  AKKO,
  ANA,
  OperationBench,
  rerun,
} from './__testUtils__/OperationBench';

describe('operations on Jobs that get stuck', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: OperationBench;
  let service: DurableOperationService;

  beforeEach(async () => {
    bench = await OperationBench.start(databases);
    service = bench.replica();
    bench.prod.set(
      'configmaps',
      aCatalogue({ jobs: [{ name: 'minio-init' }] }),
    );
    const job = aFailedJob();
    job.metadata!.finalizers = ['example.com/hold'];
    job.spec!.activeDeadlineSeconds = 10;
    bench.prod.set('jobs', job);
    await bench.recorder.settled();
  });
  afterEach(() => bench.stop());

  it('fail, and name the finalizers, when the old Job does not go', async () => {
    const old = bench.job();
    bench.prod.client.deleteJob = async () => 'deleting';
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    const { state, steps } = await bench.ended(operation);
    expect(state).toBe('failed');
    expect(steps[0].error).toContain(
      'these finalizers hold it: example.com/hold',
    );
    expect(bench.job()).toBe(old);
  });

  it('fail when the new Job outlives its deadline, and leave it as it is', async () => {
    const old = bench.job();
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    const job = await bench.replaced(old);
    const { state, steps } = await bench.ended(operation);
    expect(state).toBe('failed');
    expect(steps[0].error).toContain('has not ended 130 s after its start');
    expect(bench.job()!.metadata!.uid).toBe(job.metadata!.uid);
  });

  it('wait longer while the cluster is out of contact: the Job may have ended', async () => {
    const old = bench.job();
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    await bench.replaced(old);
    bench.prod.setState({ reachable: false });
    const later = bench.clock.now() + 300_000;
    await bench.until(() => bench.clock.now() > later);
    await expect(service.get(operation.id)).resolves.toMatchObject({
      state: 'running',
    });
    bench.prod.setState({ reachable: true });
    bench.end();
    await expect(bench.ended(operation)).resolves.toMatchObject({
      state: 'succeeded',
    });
  });

  it('fail in plain words when the new Job vanishes before its end was seen', async () => {
    const old = bench.job();
    const operation = await service.request(AKKO, rerun('minio-init'), ANA);
    await bench.replaced(old);
    bench.prod.remove('jobs', 'akko', 'akko-minio-init');
    const { state, steps } = await bench.ended(operation);
    expect(state).toBe('failed');
    expect(steps[0].error).toMatch(/its outcome is not known/);

    // Nobody knows that it succeeded, so it is among those that 'failed' runs again.
    const again = await service.plan(
      AKKO,
      { action: 'rerun', jobs: 'failed' },
      ANA,
    );
    expect(again.steps.map(({ job }) => job)).toEqual(['minio-init']);
  });
});
