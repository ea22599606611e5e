import { describeContract } from './support/describeContract';
import { conditionOf, observeJob, terminated } from './support/jobLife';
import { shellJob } from './support/objects';

describeContract('jobs', target => {
  it('get their selector, labels and defaults at creation', async () => {
    const { body } = await target.api.post(
      target.batch('jobs'),
      shellJob('defaults', 'true', { spec: { suspend: true } }),
    );
    const { uid } = body.metadata;
    expect(body.spec).toMatchObject({
      parallelism: 1,
      completions: 1,
      completionMode: 'NonIndexed',
      podReplacementPolicy: 'TerminatingOrFailed',
      manualSelector: false,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
    });
    expect(body.spec.template.metadata.labels).toEqual({
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': 'defaults',
      'controller-uid': uid,
      'job-name': 'defaults',
    });
    expect(body.spec.template.spec.containers[0]).toMatchObject({
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    });
    expect(body.metadata).toMatchObject({ generation: 1 });
    expect(body.metadata.labels).toEqual(body.spec.template.metadata.labels);
    expect(body.status).toEqual({});
  });

  it('keep labels of their own', async () => {
    const { body } = await target.api.post(
      target.batch('jobs'),
      shellJob('labelled', 'true', {
        spec: { suspend: true },
        labels: { own: 'yes' },
      }),
    );
    expect(body.metadata.labels).toEqual({ own: 'yes' });
  });

  it('succeed: first the criteria, then complete', async () => {
    const life = await observeJob(target, shellJob('succeeds', 'echo done'));
    const job = await life.condition('Complete');
    life.close();
    expect(life.conditionOrder()).toEqual(['SuccessCriteriaMet', 'Complete']);
    expect(conditionOf(job, 'Complete')).toMatchObject({
      status: 'True',
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
      lastTransitionTime: expect.any(String),
    });
    expect(job.status).toMatchObject({
      succeeded: 1,
      startTime: expect.any(String),
      completionTime: expect.any(String),
    });
    expect(job.status.active).toBeUndefined();
    const [pod] = life.podStates();
    expect(pod.metadata).toMatchObject({
      generateName: 'succeeds-',
      labels: { 'job-name': 'succeeds', 'controller-uid': job.metadata.uid },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          name: 'succeeds',
          uid: job.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    });
    expect(pod.status.phase).toBe('Succeeded');
    expect(terminated(pod)).toMatchObject({
      exitCode: 0,
      reason: 'Completed',
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
    });
  });

  it('are active while their pod runs', async () => {
    const life = await observeJob(target, shellJob('active', 'sleep 2'));
    const { object } = await life.jobs.event(
      event => event.object.status?.active === 1,
    );
    expect(object.status.startTime).toBeDefined();
    expect(object.status.conditions).toBeUndefined();
    await life.pods.event(event => event.object.status?.phase === 'Running');
    await life.condition('Complete');
    life.close();
  });

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

  it('wait while they are suspended', async () => {
    const life = await observeJob(
      target,
      shellJob('suspended', 'true', { spec: { suspend: true } }),
    );
    const waiting = await life.condition('Suspended');
    expect(conditionOf(waiting, 'Suspended')).toMatchObject({
      reason: 'JobSuspended',
      message: 'Job suspended',
    });
    expect(waiting.status.startTime).toBeUndefined();
    expect(life.podStates()).toEqual([]);
    await target.api.patch(target.batch('jobs/suspended'), 'merge-patch', {
      spec: { suspend: false },
    });
    const job = await life.condition('Complete');
    life.close();
    expect(conditionOf(job, 'Suspended')).toMatchObject({
      status: 'False',
      reason: 'JobResumed',
      message: 'Job resumed',
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

  it('go away with their pod when their time to live is over', async () => {
    const life = await observeJob(
      target,
      shellJob('short-lived', 'true', { spec: { ttlSecondsAfterFinished: 1 } }),
    );
    const { object } = await life.jobs.event(({ type }) => type === 'DELETED');
    await life.pods.event(({ type }) => type === 'DELETED');
    life.close();
    expect(conditionOf(object, 'Complete').status).toBe('True');
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

  it('end with their pod when they are deleted in the background', async () => {
    const life = await observeJob(target, shellJob('cut-off', 'sleep 60'));
    await life.pods.event(event => event.object.status?.phase === 'Running');
    await target.api.delete(
      target.batch('jobs/cut-off?propagationPolicy=Background'),
    );
    await life.jobs.event(({ type }) => type === 'DELETED');
    const marked = await life.pods.event(
      event => event.object.metadata.deletionTimestamp,
    );
    expect(marked.object.metadata.deletionGracePeriodSeconds).toBe(1);
    await life.pods.event(({ type }) => type === 'DELETED');
    life.close();
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

  it('are spoken of in events', async () => {
    const events = await target.api.stream(target.core('events?watch=true'));
    const life = await observeJob(target, shellJob('spoken-of', 'exit 1'));
    const job = await life.condition('Failed');
    life.close();
    const about = (reason: string) =>
      events.event(
        ({ object }) =>
          object.reason === reason &&
          object.involvedObject.uid === job.metadata.uid,
      );
    const created = await about('SuccessfulCreate');
    const [pod] = life.podStates();
    expect(created.object).toMatchObject({
      type: 'Normal',
      message: `Created pod: ${pod.metadata.name}`,
      involvedObject: {
        kind: 'Job',
        name: 'spoken-of',
        namespace: target.namespace,
        apiVersion: 'batch/v1',
      },
      source: { component: 'job-controller' },
    });
    const failed = await about('BackoffLimitExceeded');
    expect(failed.object).toMatchObject({
      type: 'Warning',
      message: 'Job has reached the specified backoff limit',
    });
    events.close();
  });
});
