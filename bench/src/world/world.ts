import { writeFile } from 'node:fs/promises';
import { Sandbox, type SandboxCluster } from '@akko/kube-sandbox';
import { serve } from '../child';
import { instanceObjects, jobWithPod, releases } from './objects';

let cluster: SandboxCluster;

/** What one cluster call costs the cluster. */
export interface Counters {
  requests: number;
  connections: number;
}

serve({
  /** Starts one TLS cluster with that many instances, ten to a namespace. */
  async start(options: { instances: number; kubeconfig: string }) {
    const sandbox = await Sandbox.start({
      clusters: [{ name: 'bench', tls: true }],
    });
    cluster = sandbox.clusters.get('bench')!;
    await writeFile(options.kubeconfig, sandbox.kubeconfig());
    releases(options.instances).forEach((release, index) => {
      const namespace = namespaceOf(index);
      for (const { job, pod } of instanceObjects(namespace, release)) {
        cluster.store.load('jobs', job);
        cluster.store.load('pods', pod);
      }
    });
    return {
      url: cluster.url,
      token: cluster.token,
      caCertificate: cluster.caCertificate,
    };
  },

  /** A Job with a running pod, as a controller would have made it. */
  startJob({ release, suffix }: { release: number; suffix: string }) {
    const { job, pod } = runningJob(release, suffix);
    cluster.store.load('jobs', job);
    cluster.store.load('pods', pod);
    return { namespace: job.metadata.namespace, name: job.metadata.name };
  },

  /** Gives a Job its condition. @returns when, in milliseconds since the epoch with fractions */
  finishJob({ release, suffix }: { release: number; suffix: string }) {
    const { job } = finishedJob(release, suffix);
    cluster.store.update(
      'jobs',
      job.metadata.namespace,
      job.metadata.name,
      current => ({ ...current, status: job.status }),
      { status: true },
    );
    return performance.timeOrigin + performance.now();
  },

  counters(): Counters {
    return {
      requests: cluster.requests.total,
      connections: cluster.requests.connections,
    };
  },
});

function namespaceOf(index: number): string {
  return `data-${String(Math.floor(index / 10) + 1).padStart(3, '0')}`;
}

function finishedJob(release: number, suffix: string) {
  return jobWithPod(
    namespaceOf(release),
    releases(release + 1)[release],
    'minio-init',
    suffix,
  );
}

function runningJob(release: number, suffix: string) {
  const { job, pod } = finishedJob(release, suffix);
  const [status] = pod.status.containerStatuses;
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  job.metadata.creationTimestamp = now;
  job.status = { active: 1, ready: 1, startTime: now };
  pod.metadata.creationTimestamp = now;
  pod.status.phase = 'Running';
  status.state = { running: { startedAt: now } };
  status.ready = true;
  return { job, pod };
}
