import type {
  CoreV1Event,
  V1CronJob,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import { slim } from './slim';

const AT = '2026-03-01T10:00:00Z';
const received = <T>(object: object) => JSON.parse(JSON.stringify(object)) as T;

const metadata = {
  name: 'akko-minio-init',
  namespace: 'akko',
  uid: 'uid-1',
  resourceVersion: '7',
  creationTimestamp: AT,
  labels: { startTime: AT },
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'akko.io/revision': '3',
  },
  managedFields: [{ manager: 'helm', time: AT }],
};

describe('slim', () => {
  it('keeps all of a Job that a re-run needs, fields of newer versions included', () => {
    const job = slim(
      'jobs',
      received<V1Job>({
        metadata,
        spec: { backoffLimit: 2, fieldOfTomorrow: { startTime: AT } },
        status: {
          startTime: AT,
          conditions: [
            { type: 'Failed', status: 'True', lastTransitionTime: AT },
          ],
          uncountedTerminatedPods: {},
        },
      }),
    );
    expect(job).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        ...metadata,
        managedFields: undefined,
        creationTimestamp: new Date(AT),
      },
      spec: { backoffLimit: 2, fieldOfTomorrow: { startTime: AT } },
      status: {
        startTime: new Date(AT),
        conditions: [
          {
            type: 'Failed',
            status: 'True',
            lastTransitionTime: new Date(AT),
          },
        ],
      },
    });
  });

  it('drops what kubectl applied from a CronJob', () => {
    const cronjob = slim(
      'cronjobs',
      received<V1CronJob>({
        metadata,
        spec: { schedule: '30 2 * * *' },
        status: { lastScheduleTime: AT, lastSuccessfulTime: AT },
      }),
    );
    expect(cronjob.metadata!.annotations).toEqual({ 'akko.io/revision': '3' });
    expect(cronjob.status).toEqual({
      lastScheduleTime: new Date(AT),
      lastSuccessfulTime: new Date(AT),
    });
  });

  it('keeps of a pod where it ran, its containers, and how they went', () => {
    const pod = slim(
      'pods',
      received<V1Pod>({
        metadata: { ...metadata, ownerReferences: [{ uid: 'job-uid' }] },
        spec: {
          nodeName: 'node-1',
          restartPolicy: 'Never',
          volumes: [{ name: 'token' }],
          tolerations: [{ key: 'x' }],
          containers: [
            {
              name: 'main',
              image: 'akko/init:1',
              env: [{ name: 'PASSWORD', value: 's3cr3t' }],
            },
          ],
        },
        status: {
          phase: 'Pending',
          podIP: '10.0.0.1',
          containerStatuses: [
            {
              name: 'main',
              state: {
                terminated: { exitCode: 1, startedAt: AT, finishedAt: AT },
              },
            },
          ],
        },
      }),
    );
    expect(pod.metadata!.ownerReferences).toEqual([{ uid: 'job-uid' }]);
    expect(pod.spec).toEqual({
      nodeName: 'node-1',
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'akko/init:1' }],
    });
    expect(pod.status).toEqual({
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'main',
          state: {
            terminated: {
              exitCode: 1,
              startedAt: new Date(AT),
              finishedAt: new Date(AT),
            },
          },
        },
      ],
    });
    expect(JSON.stringify(pod)).not.toContain('s3cr3t');
  });

  it('keeps of an event what it says, about what, when and how often', () => {
    const event = slim(
      'events',
      received<CoreV1Event>({
        metadata,
        involvedObject: {
          kind: 'Pod',
          name: 'p',
          uid: 'u',
          resourceVersion: '1',
        },
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off restarting failed container',
        count: 3,
        source: { component: 'kubelet', host: 'node-1' },
        firstTimestamp: AT,
        lastTimestamp: AT,
        eventTime: null,
      }),
    );
    expect(event).toEqual({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: 'akko-minio-init',
        namespace: 'akko',
        uid: 'uid-1',
        resourceVersion: '7',
        creationTimestamp: new Date(AT),
      },
      involvedObject: { kind: 'Pod', name: 'p', uid: 'u' },
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      count: 3,
      reportingComponent: 'kubelet',
      firstTimestamp: new Date(AT),
      lastTimestamp: new Date(AT),
      eventTime: null,
    });
  });
});
