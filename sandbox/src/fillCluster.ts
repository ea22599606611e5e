import type { SandboxCluster } from '@akko/kube-sandbox';
import type { ClusterContents } from './demo';

/** Puts the past into a cluster, and starts what is to run. */
export function fillCluster(
  { store, logs }: SandboxCluster,
  contents: ClusterContents,
) {
  contents.configMaps.forEach(object => store.load('configmaps', object));
  contents.cronJobs.forEach(object => store.load('cronjobs', object));
  contents.events.forEach(object => store.load('events', object));
  for (const { job, pods } of contents.past) {
    store.load('jobs', job);
    for (const { pod, container, log } of pods) {
      logs.load(pod.metadata.uid as string, container, log);
      store.load('pods', pod);
    }
  }
  contents.starting.forEach(job => store.create('jobs', job));
}
