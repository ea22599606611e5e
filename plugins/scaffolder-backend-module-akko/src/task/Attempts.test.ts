import { ActionBench } from '../__testUtils__/ActionBench';
import { FakeTask } from '../__testUtils__/FakeTask';
import { createBootstrapAction } from '../actions/createBootstrapAction';

const bench = new ActionBench(createBootstrapAction).use();

describe('a task that is taken up again', () => {
  it('follows the operation that it has asked for', async () => {
    bench.portal.looks = [
      { 'minio-init': { state: 'running' } },
      {},
      {
        'minio-init': { state: 'succeeded' },
        'keycloak-clients': { state: 'succeeded' },
      },
    ];
    bench.portal.onLook = () => {
      // The process dies: nothing that it waits for comes.
      bench.portal.onLook = () => {};
      bench.clock.advance(31 * 60_000);
    };
    await expect(bench.run({})).rejects.toThrow('did not end within 30 min');
    expect(await bench.run({})).toMatchObject({
      operation: 'op-1',
      state: 'succeeded',
    });
    expect(bench.portal.asked()).toHaveLength(1);
  });

  it('gets the same operation also when it died before the answer was written down', async () => {
    await bench.run({ wait: false });
    bench.task = new FakeTask(bench.task.id);
    expect(await bench.run({ wait: false })).toMatchObject({
      operation: 'op-1',
    });
    const [first, second] = bench.portal.asked();
    expect(second.idempotencyKey).toBe(first.idempotencyKey);
    expect(bench.portal.operations.size).toBe(1);
  });

  it('asks anew when somebody presses Retry after a failure', async () => {
    bench.portal.looks = [
      {
        'minio-init': { state: 'failed' },
        'keycloak-clients': { state: 'skipped' },
      },
    ];
    await expect(bench.run({})).rejects.toThrow('did not succeed (minio-init)');
    bench.portal.looks = undefined;
    expect(await bench.run({})).toMatchObject({
      operation: 'op-2',
      state: 'succeeded',
    });
  });

  it('has keys of its own for each step, task and round of a loop', async () => {
    await bench.run({ wait: false, jobs: ['minio-init'] });
    bench.portal.operations.get('op-1')!.finishedAt = 'now';
    await bench.run({ wait: false, jobs: ['keycloak-clients'] });
    bench.portal.operations.get('op-2')!.finishedAt = 'now';
    await bench.run(
      { wait: false, jobs: ['keycloak-clients'] },
      { stepId: 'step-2' },
    );
    bench.portal.operations.get('op-3')!.finishedAt = 'now';
    bench.task = new FakeTask('task-2');
    await bench.run({ wait: false, jobs: ['minio-init'] });
    const keys = bench.portal.asked().map(each => each.idempotencyKey);
    expect(new Set(keys).size).toBe(4);
    keys.forEach(key => expect(key!.length).toBeLessThanOrEqual(200));
  });
});
