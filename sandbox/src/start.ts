import { renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Sandbox } from '@akko/kube-sandbox';
import { contentsOf } from './demo';
import { fillCluster } from './fillCluster';
import { clusterNames } from './fleet';
import { buildProgram } from './live/buildProgram';
import { putDemoObjects } from './live/demoObjects';
import { liveCluster, liveNamespace } from './live/liveInstance';
import { liveObjects, readRendered } from './live/liveObjects';
import { startLive } from './live/startLive';
import { startServices } from './live/startServices';
import { liveScenarios, scenariosOf } from './scenarios';

const { values } = parseArgs({
  options: { 'write-kubeconfig': { type: 'string' } },
});

/** Seconds that Jobs whose time is over stay, so that the portal can remember them before Kubernetes cleans them up. */
const timeToLiveGrace = 120;

/** @param kubeconfig - the file to write; the program of the live instance's Jobs goes beside it */
async function main(kubeconfig: string) {
  const sandbox = await Sandbox.start({
    clusters: [
      ...clusterNames.map(name => ({
        name,
        workloads: { scenarios: scenariosOf(name), timeToLiveGrace },
      })),
      {
        name: liveCluster,
        namespaces: [liveNamespace],
        workloads: { scenarios: liveScenarios, processes: true },
      },
    ],
  });
  for (const name of clusterNames) {
    fillCluster(sandbox.clusters.get(name)!, contentsOf(name, Date.now()));
  }
  // In one step, so that nobody reads half of it.
  writeFileSync(`${kubeconfig}.new`, sandbox.kubeconfig(), { mode: 0o600 });
  renameSync(`${kubeconfig}.new`, kubeconfig);

  // Only now: the portal does not wait for it, and it is there long before the backend is.
  const programs = join(dirname(kubeconfig), 'bin');
  // From here the processes of containers have it.
  process.env.PATH = `${programs}${delimiter}${process.env.PATH}`;
  const services = startServices();
  const stopServices = () => services.then(({ stop }) => stop());
  onEnd(async () => {
    // What runs first, so that it does not fail for want of its service.
    await sandbox.stop();
    await stopServices();
  });
  try {
    const [{ addresses }] = await Promise.all([
      services,
      buildProgram(programs),
    ]);
    const { store } = sandbox.clusters.get(liveCluster)!;
    startLive(store, liveObjects(readRendered(), addresses), () =>
      putDemoObjects(addresses.objectStorage.endpoint),
    );
  } catch (error) {
    console.log(`The live instance is not there: ${(error as Error).message}`);
    await stopServices().catch(() => {});
  }
}

/** Tidies up when the program is told to end. */
function onEnd(tidy: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      tidy()
        .catch(() => {})
        .finally(() => process.exit(0));
    });
  }
}

main(resolve(values['write-kubeconfig'] ?? '.sandbox/kubeconfig')).catch(
  error => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
