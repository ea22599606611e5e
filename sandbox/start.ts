import { renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Sandbox } from '@akko/kube-sandbox';
import { contentsOf } from './demo';
import { clusterNames } from './fleet';

const { values } = parseArgs({
  options: { 'write-kubeconfig': { type: 'string' } },
});

async function main(kubeconfig: string) {
  const sandbox = await Sandbox.start({
    clusters: clusterNames.map(name => ({ name })),
  });
  for (const [name, { store }] of sandbox.clusters) {
    const contents = contentsOf(name, Date.now());
    for (const object of contents.configMaps) store.load('configmaps', object);
    for (const object of contents.cronJobs) store.load('cronjobs', object);
    for (const { job, pods } of contents.past) {
      store.load('jobs', job);
      for (const { pod } of pods) store.load('pods', pod);
    }
    for (const job of contents.starting) store.create('jobs', job);
  }
  // In one step, so that nobody reads half of it.
  writeFileSync(`${kubeconfig}.new`, sandbox.kubeconfig(), { mode: 0o600 });
  renameSync(`${kubeconfig}.new`, kubeconfig);
}

main(values['write-kubeconfig'] ?? '.sandbox/kubeconfig').catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
