import { renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Sandbox } from '@akko/kube-sandbox';
import { contentsOf } from './demo';
import { fillCluster } from './fillCluster';
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
    fillCluster(cluster, contentsOf(name, Date.now()));
  }
  // In one step, so that nobody reads half of it.
  writeFileSync(`${kubeconfig}.new`, sandbox.kubeconfig(), { mode: 0o600 });
  renameSync(`${kubeconfig}.new`, kubeconfig);
}

main(values['write-kubeconfig'] ?? '.sandbox/kubeconfig').catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
