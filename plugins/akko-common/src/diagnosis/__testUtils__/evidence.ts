import type { Report } from '../../types';
import type { Evidence, KubernetesObject } from '../types';

const BEGIN = Date.parse('2026-11-01T10:00:00Z');

/** So many seconds after everything began. */
export function at(seconds: number): string {
  return new Date(BEGIN + seconds * 1000).toISOString();
}

export interface JobOptions {
  name?: string;
  release?: string;
  namespace?: string;
  uid?: string;
  createdAt?: number;
  state?: 'running' | 'succeeded' | 'failed';
  /** Of the condition Failed. */
  reason?: string;
  labels?: Record<string, string>;
  env?: { name: string; value: string }[];
  owner?: string;
}

export function aJob(options: JobOptions = {}): KubernetesObject {
  const {
    name = 'postgres-init',
    release = 'akko',
    namespace = 'akko',
    createdAt = 0,
    state = 'failed',
    reason = 'BackoffLimitExceeded',
  } = options;
  const condition = {
    succeeded: { type: 'Complete', status: 'True' },
    failed: {
      type: 'Failed',
      status: 'True',
      reason,
      message: `It is ${reason}`,
    },
    running: undefined,
  }[state];
  return {
    kind: 'Job',
    metadata: {
      name: `${release}-${name}`,
      namespace,
      uid: options.uid ?? `uid-${name}-${createdAt}`,
      creationTimestamp: at(createdAt),
      labels: options.labels ?? {
        'app.kubernetes.io/name': 'akko-init',
        'app.kubernetes.io/instance': release,
        'app.kubernetes.io/component': name,
      },
      ownerReferences: options.owner
        ? [{ kind: 'CronJob', name: options.owner }]
        : undefined,
    },
    spec: {
      backoffLimit: 1,
      activeDeadlineSeconds: 600,
      template: {
        spec: { containers: [{ name: `akko-${name}`, env: options.env }] },
      },
    },
    status: {
      startTime: at(createdAt),
      conditions: condition && [
        { ...condition, lastTransitionTime: at(createdAt + 60) },
      ],
    },
  };
}

export interface PodOptions {
  job?: string;
  release?: string;
  namespace?: string;
  suffix?: string;
  createdAt?: number;
  phase?: 'Pending' | 'Running' | 'Failed' | 'Succeeded';
  exitCode?: number;
  reason?: string;
  waiting?: { reason: string; message?: string };
  message?: string;
  conditions?: object[];
  jobUid?: string;
}

export function podName(options: PodOptions = {}): string {
  const { job = 'postgres-init', release = 'akko', suffix = 'x7k2p' } = options;
  return `${release}-${job}-${suffix}`;
}

function stateOf(options: PodOptions): object {
  const { phase = 'Failed', createdAt = 1, waiting } = options;
  if (waiting) {
    return { waiting };
  }
  if (phase === 'Running' || phase === 'Pending') {
    return { running: { startedAt: at(createdAt) } };
  }
  const failed = phase === 'Failed';
  return {
    terminated: {
      exitCode: options.exitCode ?? (failed ? 1 : 0),
      reason: options.reason ?? (failed ? 'Error' : 'Completed'),
      finishedAt: at(createdAt + 10),
      message: options.message,
    },
  };
}

export function aPod(options: PodOptions = {}): KubernetesObject {
  const {
    job = 'postgres-init',
    release = 'akko',
    namespace = 'akko',
    createdAt = 1,
    phase = 'Failed',
  } = options;
  const container = `akko-${job}`;
  return {
    kind: 'Pod',
    metadata: {
      name: podName(options),
      namespace,
      uid: `uid-${podName(options)}`,
      creationTimestamp: at(createdAt),
      labels: { 'batch.kubernetes.io/job-name': `${release}-${job}` },
      ownerReferences: [
        {
          kind: 'Job',
          name: `${release}-${job}`,
          uid: options.jobUid ?? `uid-${job}-0`,
        },
      ],
    },
    spec: {
      nodeName: 'node-1',
      containers: [{ name: container, image: 'akko-init:1' }],
    },
    status: {
      phase,
      conditions: options.conditions,
      containerStatuses: [
        {
          name: container,
          restartCount: 0,
          state: stateOf(options),
        },
      ],
    },
  };
}

export function anEvent(options: {
  kind?: 'Pod' | 'Job' | 'CronJob';
  name: string;
  namespace?: string;
  reason: string;
  message?: string;
  at?: number;
  uid?: string;
}): KubernetesObject {
  const { kind = 'Pod', namespace = 'akko' } = options;
  return {
    kind: 'Event',
    type: 'Warning',
    reason: options.reason,
    message: options.message ?? options.reason,
    lastTimestamp: at(options.at ?? 5),
    involvedObject: { kind, name: options.name, namespace, uid: options.uid },
    metadata: { namespace },
  };
}

/** A failed Job with one failed pod that said these lines. */
export function saying(log: string, job = 'postgres-init'): Evidence {
  return {
    jobs: [aJob({ name: job })],
    pods: [aPod({ job })],
    logs: [{ pod: podName({ job }), namespace: 'akko', text: log }],
  };
}

/** A failed Job whose pod left a report. */
export function reporting(
  error: NonNullable<Report['error']>,
  job = 'postgres-init',
): Evidence {
  return {
    jobs: [aJob({ name: job })],
    pods: [
      aPod({
        job,
        message: JSON.stringify({
          schema: 'akko.io/report/v1',
          job,
          outcome: 'failed',
          error,
        }),
      }),
    ],
  };
}
