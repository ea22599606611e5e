import { describeContract } from './support/describeContract';
import { conditionOf, observeJob, terminated } from './support/jobLife';
import { shellJob } from './support/objects';

describeContract('jobs that go wrong', target => {
  it('fail: first the target, then failed, and never a completion time', async () => {
    const life = await observeJob(
      target,
      shellJob('fails', 'echo broken > /dev/termination-log; exit 3'),
    );
    const job = await life.condition('Failed');
    life.close();
    expect(life.conditionOrder()).toEqual(['FailureTarget', 'Failed']);
    expect(conditionOf(job, 'Failed')).toMatchObject({
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    });
    expect(job.status.failed).toBe(1);
    expect(job.status.completionTime).toBeUndefined();
    const [pod] = life.podStates();
    expect(pod.status.phase).toBe('Failed');
    expect(terminated(pod)).toMatchObject({
      exitCode: 3,
      reason: 'Error',
      message: 'broken\n',
    });
  });

  it('try again with a new pod until the backoff limit', async () => {
    const life = await observeJob(
      target,
      shellJob('retries', 'exit 1', { spec: { backoffLimit: 1 } }),
    );
    const job = await life.condition('Failed');
    life.close();
    expect(job.status.failed).toBe(2);
    expect(life.podStates()).toHaveLength(2);
  });

  it('fail when their deadline has passed', async () => {
    const life = await observeJob(
      target,
      shellJob('late', 'sleep 60', { spec: { activeDeadlineSeconds: 2 } }),
    );
    const job = await life.condition('Failed');
    await life.pods.event(({ type }) => type === 'DELETED');
    life.close();
    expect(life.conditionOrder()).toEqual(['FailureTarget', 'Failed']);
    expect(conditionOf(job, 'Failed')).toMatchObject({
      reason: 'DeadlineExceeded',
      message: 'Job was active longer than specified deadline',
    });
  });

  it('fail at once on an exit code that their policy names', async () => {
    const life = await observeJob(
      target,
      shellJob('policy', 'exit 42', {
        spec: {
          backoffLimit: 5,
          podFailurePolicy: {
            rules: [
              {
                action: 'FailJob',
                onExitCodes: { operator: 'In', values: [42] },
              },
            ],
          },
        },
      }),
    );
    const job = await life.condition('Failed');
    life.close();
    const [pod] = life.podStates();
    expect(life.podStates()).toHaveLength(1);
    expect(conditionOf(job, 'Failed')).toMatchObject({
      reason: 'PodFailurePolicy',
      message: `Container main for pod ${target.namespace}/${pod.metadata.name} failed with exit code 42 matching FailJob rule at index 0`,
    });
  });

  it('restart in place on failure, and lose the pod at the limit', async () => {
    const life = await observeJob(
      target,
      shellJob('in-place', 'echo again > /dev/termination-log; exit 5', {
        spec: { backoffLimit: 1 },
        podSpec: { restartPolicy: 'OnFailure' },
      }),
    );
    const job = await life.condition('Failed');
    const gone = await life.pods.event(({ type }) => type === 'DELETED');
    life.close();
    expect(life.podStates()).toHaveLength(1);
    expect(conditionOf(job, 'Failed').reason).toBe('BackoffLimitExceeded');
    const [status] = gone.object.status.containerStatuses;
    expect(status.restartCount).toBeGreaterThanOrEqual(1);
    expect(
      (status.state.terminated ?? status.lastState.terminated).message,
    ).toBe('again\n');
  });

  it('stay active, without failure, when their image cannot be had', async () => {
    const life = await observeJob(
      target,
      shellJob('no-image', 'true', {
        container: { image: 'akko.invalid/none:1' },
      }),
    );
    const { object } = await life.pods.event(event =>
      ['ErrImagePull', 'ImagePullBackOff'].includes(
        event.object.status?.containerStatuses?.[0]?.state?.waiting?.reason,
      ),
    );
    expect(object.status.phase).toBe('Pending');
    const log = await target.api.get(
      target.core(`pods/${object.metadata.name}/log`),
    );
    expect(log.status).toBe(400);
    expect(log.body.message).toMatch(
      new RegExp(
        `^container "main" in pod "${object.metadata.name}" is waiting to start: `,
      ),
    );
    expect(life.job().status.failed).toBeUndefined();
    life.close();
    await target.api.delete(
      target.batch('jobs/no-image?propagationPolicy=Background'),
    );
  });

  it('fail when an init container fails, without the others', async () => {
    const manifest = shellJob('unprepared', 'echo never');
    const [main] = manifest.spec.template.spec.containers;
    Object.assign(manifest.spec.template.spec, {
      initContainers: [
        { ...main, name: 'init', command: ['sh', '-c', 'exit 7'] },
      ],
    });
    const life = await observeJob(target, manifest);
    await life.condition('Failed');
    life.close();
    const [pod] = life.podStates();
    expect(pod.status.phase).toBe('Failed');
    expect(pod.status.initContainerStatuses[0].state.terminated.exitCode).toBe(
      7,
    );
    expect(pod.status.containerStatuses[0].state).toEqual({
      waiting: { reason: 'PodInitializing' },
    });
  });
});
