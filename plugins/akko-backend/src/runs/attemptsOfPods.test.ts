import type { V1Pod } from '@kubernetes/client-node';
import { aJob, aPod, terminated } from '../testing/kubernetesObjects';
import { attemptsOfPods, hasEnded, mayHaveLog } from './attemptsOfPods';

const job = aJob();

function statuses(pod: V1Pod, change: Partial<V1Pod['status']>): V1Pod {
  return { ...pod, status: { ...pod.status, ...change } };
}

describe('attemptsOfPods', () => {
  it('is one attempt per pod with restartPolicy Never', () => {
    const attempts = attemptsOfPods([
      aPod(job, { name: 'one', state: terminated(1) }),
      aPod(job, { name: 'two' }),
    ]);
    expect(attempts).toMatchObject([
      {
        number: 1,
        pod: 'one',
        node: 'node-1',
        exitCode: 1,
        reason: 'Error',
        finishedAt: '2026-11-01T10:00:12.000Z',
        previous: false,
      },
      { number: 2, pod: 'two', startedAt: '2026-11-01T10:00:03.000Z' },
    ]);
    expect(attempts.map(hasEnded)).toEqual([true, false]);
  });

  it('is one attempt per execution with restartPolicy OnFailure', () => {
    const attempts = attemptsOfPods([
      aPod(job, { restarts: 3, lastState: terminated(7) }),
    ]);
    expect(attempts).toMatchObject([
      { number: 3, exitCode: 7, previous: true, restart: 2 },
      { number: 4, previous: false, restart: 3 },
    ]);
  });

  it('knows no new attempt while a container waits to be restarted', () => {
    const attempts = attemptsOfPods([
      aPod(job, {
        restarts: 1,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: terminated(2),
      }),
    ]);
    expect(attempts).toMatchObject([
      { number: 2, exitCode: 2, previous: true, restart: 1 },
    ]);
  });

  it('takes an ended container for ended although its pod is still Pending', () => {
    const pod = statuses(aPod(job, { state: terminated(0) }), {
      phase: 'Pending',
    });
    expect(attemptsOfPods([pod])[0].exitCode).toBe(0);
  });

  it('says why a container waits', () => {
    const pod = aPod(job, {
      state: {
        waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling' },
      },
    });
    const [attempt] = attemptsOfPods([pod]);
    expect(attempt).toMatchObject({
      reason: 'ImagePullBackOff',
      message: 'Back-off pulling',
    });
    expect(hasEnded(attempt)).toBe(false);
    expect(mayHaveLog(attempt)).toBe(false);
  });

  it('says why a pod is not scheduled', () => {
    const pod = statuses(aPod(job), {
      containerStatuses: undefined,
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/1 nodes are available',
        },
      ],
    });
    expect(attemptsOfPods([pod])[0]).toMatchObject({
      reason: 'Unschedulable',
      message: '0/1 nodes are available',
    });
  });

  it('is about the init container that keeps the main one from starting', () => {
    const pod = statuses(
      aPod(job, { state: { waiting: { reason: 'PodInitializing' } } }),
      {
        initContainerStatuses: [
          {
            name: 'wait-for-postgres',
            image: '',
            imageID: '',
            ready: false,
            restartCount: 0,
            state: terminated(3),
          },
        ],
      },
    );
    expect(attemptsOfPods([pod])[0]).toMatchObject({
      container: 'wait-for-postgres',
      exitCode: 3,
    });
  });

  it('is about the container that kubectl takes by default', () => {
    const pod = aPod(job, { state: terminated(0) });
    pod.spec!.containers = [{ name: 'proxy' }, { name: 'akko-init' }];
    pod.metadata!.annotations = {
      'kubectl.kubernetes.io/default-container': 'akko-init',
    };
    expect(attemptsOfPods([pod])[0].container).toBe('akko-init');
  });

  it('tells the termination message, unless it is a report', () => {
    const message = (text: string) =>
      attemptsOfPods([
        aPod(job, { state: terminated(1, { message: text }) }),
      ])[0].message;
    expect(message('disk is full\n')).toBe('disk is full');
    expect(
      message('{"schema":"akko.io/report/v1","job":"a","outcome":"failed"}'),
    ).toBeUndefined();
    expect(message('{"schema":"akko.io/rep')).toBeUndefined();
  });

  it('expects no log of a container that could not start', () => {
    const pod = aPod(job, {
      state: { terminated: { exitCode: 128, reason: 'StartError' } },
    });
    const [attempt] = attemptsOfPods([pod]);
    expect(hasEnded(attempt)).toBe(true);
    expect(mayHaveLog(attempt)).toBe(false);
  });
});
