import { TestCluster } from './__testUtils__/TestCluster';

const FAILS = { match: { job: 'fails*' }, exitCode: 1, duration: 1 };
let cluster: TestCluster;

function start(options: ConstructorParameters<typeof TestCluster>[0] = {}) {
  cluster = new TestCluster({ scenarios: [FAILS], ...options });
  return cluster;
}

afterEach(() => cluster.stop());

describe('the Job controller', () => {
  it('completes a Job when its pod has succeeded', async () => {
    start().createJob('works');
    await cluster.pass(1);
    expect(cluster.job('works')!.status).toMatchObject({ active: 1, ready: 1 });
    await cluster.pass(1);
    expect(cluster.conditions('works')).toEqual([
      'SuccessCriteriaMet',
      'Complete',
    ]);
    expect(cluster.job('works')!.status).toMatchObject({
      succeeded: 1,
      completionTime: '2026-03-01T12:00:01Z',
    });
    expect(cluster.pods()[0].metadata.finalizers ?? []).toEqual([]);
  });

  it('waits 10 s before the second pod and 20 s before the third, then fails', async () => {
    start().createJob('fails', { backoffLimit: 2 });
    await cluster.pass(9);
    expect(cluster.pods()).toHaveLength(1);
    await cluster.pass(5);
    expect(cluster.pods()).toHaveLength(2);
    await cluster.pass(16);
    expect(cluster.pods()).toHaveLength(2);
    await cluster.pass(10);
    expect(cluster.pods()).toHaveLength(3);
    expect(cluster.conditions('fails')).toEqual(['FailureTarget', 'Failed']);
    expect(cluster.job('fails')!.status).toMatchObject({ failed: 3 });
    expect(cluster.job('fails')!.status.completionTime).toBeUndefined();
  });

  it('ends a Job whose deadline has passed, and its pod with it', async () => {
    start({ scenarios: [{ duration: 600 }] }).createJob('late', {
      activeDeadlineSeconds: 30,
    });
    await cluster.pass(29);
    expect(cluster.conditions('late')).toEqual([]);
    await cluster.pass(2);
    expect(cluster.conditions('late')).toEqual(['FailureTarget', 'Failed']);
    expect(cluster.job('late')!.status.conditions[1]).toMatchObject({
      reason: 'DeadlineExceeded',
    });
    expect(cluster.pods()).toEqual([]);
  });

  it('runs nothing while a Job is suspended, and begins its time when it is resumed', async () => {
    start().createJob('paused', { suspend: true, activeDeadlineSeconds: 30 });
    await cluster.pass(60);
    expect(cluster.conditions('paused')).toEqual(['Suspended']);
    expect(cluster.pods()).toEqual([]);
    cluster.change('jobs', 'paused', { suspend: false });
    await cluster.pass(5);
    expect(cluster.conditions('paused')).toEqual([
      'SuccessCriteriaMet',
      'Complete',
    ]);
  });

  it('runs as many pods at once as it may, until enough have succeeded', async () => {
    start().createJob('many', { parallelism: 2, completions: 3 });
    await cluster.pass(1);
    expect(cluster.pods()).toHaveLength(2);
    await cluster.pass(5);
    expect(cluster.pods()).toHaveLength(3);
    expect(cluster.job('many')!.status).toMatchObject({ succeeded: 3 });
  });

  it.each([
    { action: 'FailJob', pods: 1, reason: 'PodFailurePolicy' },
    { action: 'Count', pods: 2, reason: 'BackoffLimitExceeded' },
  ])(
    'does $action on an exit code of its policy',
    async ({ action, pods, reason }) => {
      start().createJob('fails', {
        backoffLimit: 1,
        podFailurePolicy: {
          rules: [{ action, onExitCodes: { operator: 'In', values: [1] } }],
        },
      });
      await cluster.pass(30);
      expect(cluster.pods()).toHaveLength(pods);
      expect(cluster.job('fails')!.status.conditions[1]).toMatchObject({
        reason,
      });
    },
  );

  it('does not count failures that its policy ignores', async () => {
    start({
      scenarios: [{ match: { attempt: 1 }, exitCode: 7 }, {}],
    }).createJob('ignored', {
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onExitCodes: { operator: 'In', values: [7] } },
        ],
      },
    });
    await cluster.pass(30);
    expect(cluster.conditions('ignored')).toContain('Complete');
    expect(cluster.job('ignored')!.status.failed).toBeUndefined();
  });

  it('restarts a container in place, and takes the pod away at the limit', async () => {
    start().createJob('fails', {
      backoffLimit: 2,
      podSpec: { restartPolicy: 'OnFailure' },
    });
    await cluster.pass(2);
    expect(cluster.pods()[0].status.containerStatuses[0]).toMatchObject({
      restartCount: 1,
    });
    await cluster.pass(30);
    expect(cluster.conditions('fails')).toEqual(['FailureTarget', 'Failed']);
    expect(cluster.pods()).toEqual([]);
  });

  it("leaves another controller's Jobs alone", async () => {
    start().createJob('foreign', { managedBy: 'example.com/queue' });
    await cluster.pass(60);
    expect(cluster.pods()).toEqual([]);
    expect(cluster.job('foreign')!.status).toEqual({});
  });

  it('ends the pods of a Job that is deleted', async () => {
    start({ scenarios: [{ duration: 600 }] }).createJob('cut-off');
    await cluster.pass(1);
    cluster.store.delete('jobs', 'default', 'cut-off', {
      propagationPolicy: 'Foreground',
    });
    await cluster.pass(1);
    expect(cluster.names('jobs')).toEqual([]);
    expect(cluster.pods()).toEqual([]);
  });
});

describe('the TTL controller', () => {
  it('removes a Job and its pods when its time is over, not before', async () => {
    start().createJob('short', { ttlSecondsAfterFinished: 60 });
    await cluster.pass(59);
    expect(cluster.names('jobs')).toEqual(['short']);
    await cluster.pass(5);
    expect(cluster.names('jobs')).toEqual([]);
    expect(cluster.pods()).toEqual([]);
  });

  it('lets Jobs that were over before the start be seen for the grace time', async () => {
    start({
      timeToLiveGrace: 120,
      load: store =>
        store.load('jobs', {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'old', namespace: 'default' },
          spec: {
            ttlSecondsAfterFinished: 10,
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'main', image: 'program:1' }],
              },
            },
          },
          status: {
            conditions: [
              {
                type: 'Complete',
                status: 'True',
                lastTransitionTime: '2026-02-01T00:00:00Z',
              },
            ],
          },
        }),
    });
    await cluster.pass(119);
    expect(cluster.names('jobs')).toEqual(['old']);
    await cluster.pass(2);
    expect(cluster.names('jobs')).toEqual([]);
  });
});

describe('scenarios', () => {
  it('tell a re-run from the first run, and write their lines in time', async () => {
    start({
      scenarios: [
        { match: { job: 'again', run: 1 }, exitCode: 1 },
        {
          match: { job: 'again', run: 2 },
          duration: 10,
          log: ['start of {{job}}', { text: 'late', after: 9 }],
          terminationMessage: { job: '{{job}}' },
        },
      ],
    }).createJob('again');
    await cluster.pass(5);
    expect(cluster.conditions('again')).toContain('Failed');
    cluster.store.delete('jobs', 'default', 'again', {
      propagationPolicy: 'Background',
    });
    await cluster.pass(1);
    cluster.createJob('again');
    await cluster.pass(8);
    const [pod] = cluster.pods();
    const lines = () =>
      cluster.logs
        .lines(pod.metadata.uid, 'main', false)!
        .map(({ text }) => text);
    expect(lines()).toEqual(['start of again']);
    await cluster.pass(5);
    expect(lines()).toEqual(['start of again', 'late']);
    expect(
      cluster.pods()[0].status.containerStatuses[0].state.terminated.message,
    ).toBe('{"job":"again"}');
    expect(cluster.conditions('again')).toContain('Complete');
  });

  it('keep a pod waiting for an image that is missing, without a failure', async () => {
    start({ scenarios: [{ image: 'missing' }] }).createJob('no-image');
    await cluster.pass(60);
    const [pod] = cluster.pods();
    expect(pod.status.phase).toBe('Pending');
    expect(pod.status.containerStatuses[0].state.waiting.reason).toBe(
      'ImagePullBackOff',
    );
    expect(cluster.conditions('no-image')).toEqual([]);
  });
});
