import { renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Sandbox, type SandboxCluster } from '@akko/kube-sandbox';
import { contentsOf, type ClusterContents } from './demo';
import { clusterNames } from './fleet';
import { scenariosOf } from './scenarios';

const { values } = parseArgs({
  options: { 'write-kubeconfig': { type: 'string' } },
});

/** Seconds that Jobs whose time is over stay, so that the portal can remember them before Kubernetes cleans them up. */
const timeToLiveGrace = 120;

async function main(kubeconfig: string) {
  const sandbox = await Sandbox.start({
    clusters: clusterNames.map(name => ({
      name,
      workloads: { scenarios: scenariosOf(name), timeToLiveGrace },
    })),
  });
  for (const [name, cluster] of sandbox.clusters) {
    fill(cluster, contentsOf(name, Date.now()));
  }
  // In one step, so that nobody reads half of it.
  writeFileSync(`${kubeconfig}.new`, sandbox.kubeconfig(), { mode: 0o600 });
  renameSync(`${kubeconfig}.new`, kubeconfig);
}

function fill({ store, logs }: SandboxCluster, contents: ClusterContents) {
  contents.configMaps.forEach(object => store.load('configmaps', object));
  contents.cronJobs.forEach(object => store.load('cronjobs', object));
  for (const { job, pods } of contents.past) {
    store.load('jobs', job);
    for (const { pod, container, log } of pods) {
      logs.load(pod.metadata.uid as string, container, log);
      store.load('pods', pod);
    }
  }
  contents.starting.forEach(job => store.create('jobs', job));
}

main(values['write-kubeconfig'] ?? '.sandbox/kubeconfig').catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
