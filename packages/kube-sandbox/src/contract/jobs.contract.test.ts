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

  it('run init containers first, one after another', async () => {
    const manifest = shellJob('prepared', 'echo main');
    const [main] = manifest.spec.template.spec.containers;
    Object.assign(manifest.spec.template.spec, {
      initContainers: ['one', 'two'].map(name => ({
        ...main,
        name,
        command: ['sh', '-c', `echo ${name}; sleep 1`],
      })),
    });
    const life = await observeJob(target, manifest);
    const { object: initializing } = await life.pods.event(
      event => event.object.status?.initContainerStatuses?.[1]?.state.running,
    );
    expect(initializing.status.phase).toBe('Pending');
    expect(initializing.status.initContainerStatuses[0]).toMatchObject({
      ready: true,
      state: { terminated: { exitCode: 0 } },
    });
    expect(initializing.status.containerStatuses[0].state).toEqual({
      waiting: { reason: 'PodInitializing' },
    });
    expect(conditionOf(initializing, 'Initialized')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotInitialized',
    });
    await life.condition('Complete');
    life.close();
    const { name } = life.podStates()[0].metadata;
    const logOf = async (container: string) =>
      (
        await target.api.get(
          target.core(`pods/${name}/log?container=${container}`),
        )
      ).text;
    expect(await logOf('one')).toBe('one\n');
    expect(await logOf('two')).toBe('two\n');
    expect(await logOf('main')).toBe('main\n');
    const unnamed = await target.api.get(target.core(`pods/${name}/log`));
    expect(unnamed.text).toBe('main\n');
  });

  it('have pods that are spoken of in events, container by container', async () => {
    const events = await target.api.stream(target.core('events?watch=true'));
    const life = await observeJob(target, shellJob('told', 'true'));
    await life.condition('Complete');
    life.close();
    const [{ metadata }] = life.podStates();
    for (const [reason, message, fieldPath] of [
      [
        'Scheduled',
        /^Successfully assigned [\w-]+\/told-\w+ to \S+$/,
        undefined,
      ],
      [
        'Pulled',
        /^Container image "debian:trixie-slim" already present on machine/,
        'spec.containers{main}',
      ],
      ['Created', /^Container created$/, 'spec.containers{main}'],
      ['Started', /^Container started$/, 'spec.containers{main}'],
    ] as const) {
      const { object } = await events.event(
        event =>
          event.object.reason === reason &&
          event.object.involvedObject.uid === metadata.uid,
      );
      expect(object.message).toMatch(message);
      expect(object.involvedObject.fieldPath).toBe(fieldPath);
    }
    events.close();
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
