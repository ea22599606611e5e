import type { KubernetesObject } from './types';

/** Upstream tools in one image (tools/Containerfile). */
export const TOOLS_IMAGE = 'localhost/akko/akko-tools:2026.04';
/** Node, for what has to answer or to compute. */
export const NODE_IMAGE = 'docker.io/library/node:24-slim';

/** A Job as older charts have it. */
export interface OlderJob {
  /** `akko` unless given. */
  release?: string;
  /** Name without the release. */
  job: string;
  /** Whether it has the component label, which the oldest charts did not know. */
  component?: boolean;
  image?: string;
  /** Runs in `sh -c`. */
  script?: string;
  env?: object[];
  /** Fields of the container. */
  container?: object;
  /** Fields of the pod's specification. */
  pod?: object;
  /** Fields of the Job's specification. */
  spec?: object;
}

const metadataOf = ({ release = 'akko', job, component = true }: OlderJob) => ({
  name: `${release}-${job}`,
  labels: {
    'app.kubernetes.io/instance': release,
    'app.kubernetes.io/managed-by': 'Helm',
    'helm.sh/chart': 'akko-init-0.9.2',
    ...(component && { 'app.kubernetes.io/component': job }),
  },
});

function jobSpec(options: OlderJob): object {
  const { job, image = TOOLS_IMAGE, script, env, container, pod } = options;
  const { labels } = metadataOf(options);
  return {
    backoffLimit: 1,
    ...options.spec,
    template: {
      metadata: { labels },
      spec: {
        restartPolicy: 'Never',
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 1,
        ...pod,
        containers: [
          {
            name: `akko-${job}`,
            image,
            imagePullPolicy: 'IfNotPresent',
            ...(script && { command: ['sh', '-c', script] }),
            ...(env && { env }),
            resources: {
              requests: { cpu: '10m', memory: '16Mi' },
              limits: { memory: '256Mi' },
            },
            ...container,
          },
        ],
      },
    },
  };
}

/** See {@link OlderJob}. */
export function olderJob(options: OlderJob): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(options),
    spec: jobSpec(options),
  };
}

/** A CronJob as older charts have it. */
export function olderCronJob({
  schedule = '* * * * *',
  cron,
  ...options
}: OlderJob & {
  /** Each minute unless given, so that it need not be waited for. */
  schedule?: string;
  /** Fields of the CronJob's specification. */
  cron?: object;
}): KubernetesObject {
  const metadata = metadataOf(options);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule,
      concurrencyPolicy: 'Forbid',
      ...cron,
      jobTemplate: {
        metadata: { labels: metadata.labels },
        spec: jobSpec(options),
      },
    },
  };
}

/** A Secret of test values. */
export function secret(
  name: string,
  values: Record<string, string>,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData: values,
  };
}

/** A ConfigMap. */
export function configMap(
  name: string,
  data: Record<string, string>,
): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

/** A Service; nothing is behind it unless pods have the label of its name, and then connections are refused. */
export function service(name: string, ...ports: number[]): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      selector: { 'app.kubernetes.io/name': name },
      ports: ports.map(port => ({ name: `port-${port}`, port })),
    },
  };
}

/** Environment variable from a Secret. */
export function fromSecret(name: string, from: string, key: string): object {
  return { name, valueFrom: { secretKeyRef: { name: from, key } } };
}

/** A volume claim. */
export function claim(name: string, spec: object = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      ...spec,
    },
  };
}

/** Fields of a pod and its container that mount a claim at /backups. */
export function mounting(
  claimName: string,
): Pick<OlderJob, 'pod' | 'container'> {
  return {
    pod: {
      volumes: [{ name: 'backups', persistentVolumeClaim: { claimName } }],
    },
    container: { volumeMounts: [{ name: 'backups', mountPath: '/backups' }] },
  };
}
