import { randomUUID } from 'node:crypto';
import type {
  V1ConfigMap,
  V1ContainerState,
  V1CronJob,
  V1Job,
  V1JobCondition,
  V1Pod,
} from '@kubernetes/client-node';
import { JOB_CATALOGUE_SCHEMA } from '@akko/backstage-plugin-akko-common';

/** Labels that the sub-chart puts on everything of a job. */
export function chartLabels(
  release: string,
  component: string,
): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'akko-init',
    'app.kubernetes.io/instance': release,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/part-of': 'akko',
    'app.kubernetes.io/managed-by': 'Helm',
  };
}

/** A Job of the chart. `condition` ends it; without one it runs, or is pending when it has no `startedAt`. */
export function aJob(
  options: {
    name?: string;
    namespace?: string;
    release?: string;
    uid?: string;
    createdAt?: string;
    startedAt?: string;
    condition?: Partial<V1JobCondition> & { type: string };
    completedAt?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    env?: { name: string; value: string }[];
    owner?: { kind: string; name: string };
  } = {},
): V1Job {
  const {
    name = 'minio-init',
    namespace = 'akko',
    release = 'akko',
    createdAt = '2026-11-01T10:00:00Z',
    condition,
  } = options;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${release}-${name}`,
      namespace,
      uid: options.uid ?? randomUUID(),
      creationTimestamp: new Date(createdAt),
      labels: options.labels ?? chartLabels(release, name),
      annotations: options.annotations,
      ownerReferences: options.owner && [
        {
          apiVersion: 'batch/v1',
          controller: true,
          uid: randomUUID(),
          ...options.owner,
        },
      ],
    },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            { name: 'akko-init', image: 'akko-init:1.0.0', env: options.env },
          ],
        },
      },
    },
    status: {
      startTime: options.startedAt ? new Date(options.startedAt) : undefined,
      completionTime: options.completedAt
        ? new Date(options.completedAt)
        : undefined,
      conditions: condition && [{ status: 'True', ...condition }],
    },
  };
}

/** A Job that ended well. */
export function aSucceededJob(options: Parameters<typeof aJob>[0] = {}): V1Job {
  return aJob({
    startedAt: '2026-11-01T10:00:01Z',
    completedAt: '2026-11-01T10:00:13Z',
    condition: { type: 'Complete' },
    ...options,
  });
}

/** A Job that failed. */
export function aFailedJob(options: Parameters<typeof aJob>[0] = {}): V1Job {
  return aJob({
    startedAt: '2026-11-01T10:00:01Z',
    condition: {
      type: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
      lastTransitionTime: new Date('2026-11-01T10:00:20Z'),
    },
    ...options,
  });
}

/** A pod of a Job, with the state of its container. */
export function aPod(
  job: V1Job,
  options: {
    name?: string;
    uid?: string;
    createdAt?: string;
    state?: V1ContainerState;
    lastState?: V1ContainerState;
    restarts?: number;
    containerId?: string;
  } = {},
): V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: options.name ?? `${job.metadata?.name}-abcde`,
      namespace: job.metadata?.namespace,
      uid: options.uid ?? randomUUID(),
      creationTimestamp: new Date(options.createdAt ?? '2026-11-01T10:00:02Z'),
      labels: job.metadata?.labels,
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          name: job.metadata?.name ?? '',
          uid: job.metadata?.uid ?? '',
          controller: true,
        },
      ],
    },
    spec: {
      nodeName: 'node-1',
      containers: [{ name: 'akko-init' }],
    },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'akko-init',
          image: 'akko-init:1.0.0',
          imageID: '',
          ready: false,
          restartCount: options.restarts ?? 0,
          containerID: options.containerId,
          state: options.state ?? {
            running: { startedAt: new Date('2026-11-01T10:00:03Z') },
          },
          lastState: options.lastState,
        },
      ],
    },
  };
}

/** The state of a container that ended. */
export function terminated(
  exitCode: number,
  options: { message?: string; at?: string; containerId?: string } = {},
): V1ContainerState {
  const at = options.at ?? '2026-11-01T10:00:12Z';
  return {
    terminated: {
      exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      message: options.message,
      startedAt: new Date('2026-11-01T10:00:03Z'),
      finishedAt: new Date(at),
      containerID: options.containerId,
    },
  };
}

/** A backup CronJob of the chart. */
export function aCronJob(
  options: {
    name?: string;
    namespace?: string;
    release?: string;
    schedule?: string;
    timeZone?: string;
    suspend?: boolean;
    createdAt?: string;
    lastSuccessfulTime?: string;
  } = {},
): V1CronJob {
  const {
    name = 'backup-postgres',
    namespace = 'akko',
    release = 'akko',
  } = options;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: {
      name: `${release}-${name}`,
      namespace,
      uid: randomUUID(),
      creationTimestamp: new Date(options.createdAt ?? '2026-10-01T00:00:00Z'),
      labels: chartLabels(release, name),
    },
    spec: {
      schedule: options.schedule ?? '30 2 * * *',
      timeZone: options.timeZone ?? 'Etc/UTC',
      suspend: options.suspend,
      jobTemplate: {},
    },
    status: {
      lastSuccessfulTime: options.lastSuccessfulTime
        ? new Date(options.lastSuccessfulTime)
        : undefined,
      // A minute before: nothing but the schedule began it.
      lastScheduleTime: options.lastSuccessfulTime
        ? new Date(Date.parse(options.lastSuccessfulTime) - 60_000)
        : undefined,
    },
  };
}

/** The job catalogue of an instance: jobs by name, with what they depend on. */
export function aCatalogue(
  options: {
    namespace?: string;
    release?: string;
    jobs?: {
      name: string;
      enabled?: boolean;
      dependsOn?: string[];
      checksum?: string;
      manifest?: string;
      simulated?: boolean;
    }[];
    backups?: {
      name: string;
      enabled: boolean;
      schedule?: string;
      timeZone?: string;
      simulated?: boolean;
    }[];
    text?: string;
    manifests?: Record<string, string>;
  } = {},
): V1ConfigMap {
  const { namespace = 'akko', release = 'akko' } = options;
  const file = {
    schema: JOB_CATALOGUE_SCHEMA,
    release,
    chart: 'akko-init-1.0.0',
    revision: 14,
    jobs: (options.jobs ?? []).map(job => ({
      title: job.name,
      enabled: true,
      dependsOn: [],
      ...job,
    })),
    backups: options.backups ?? [],
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${release}-init-jobs`,
      namespace,
      uid: randomUUID(),
      labels: {
        'app.kubernetes.io/name': 'akko-init',
        'app.kubernetes.io/instance': release,
        'akko.io/job-catalogue': 'v1',
      },
    },
    data: {
      'catalogue.json': options.text ?? JSON.stringify(file),
      ...options.manifests,
    },
  };
}
