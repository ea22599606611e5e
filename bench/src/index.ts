import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Child } from './child';
import { connections } from './scenarios/connections';
import { eventLatency } from './scenarios/eventLatency';
import { instanceList } from './scenarios/instanceList';
import { ledger } from './scenarios/ledger';
import { memory } from './scenarios/memory';
import type { Bench, Measurement } from './scenarios/types';
import { AUTHORIZED } from './portal/token';
import { print, say } from './print';
import { mebibytes, milliseconds } from './statistics';
import type { Counters } from './world/world';

const INSTANCES = Number(process.env.BENCH_INSTANCES ?? 1000);

/** On one cluster and one portal. */
const ON_CLUSTER: Record<string, (bench: Bench) => Promise<Measurement[]>> = {
  'instance-list': instanceList,
  'event-latency': eventLatency,
  connections,
  memory,
};
/** Each on its own. */
const ALONE: Record<string, () => Promise<Measurement[]>> = { ledger };

/**
 * Runs every scenario, or those of `--only`, and prints one table.
 * @throws Error for a scenario that there is not
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true } },
  });
  const all = [...Object.keys(ON_CLUSTER), ...Object.keys(ALONE)];
  const chosen = values.only?.flatMap(names => names.split(',')) ?? all;
  const stranger = chosen.find(name => !all.includes(name));
  if (stranger !== undefined) {
    throw new Error(
      `There is no scenario ${stranger}; there are ${all.join(', ')}`,
    );
  }
  say(
    `Node ${process.version}, ${cpus().length} × ${
      cpus()[0].model
    }, ${mebibytes(totalmem())}; load of the last minute ${loadavg()[0].toFixed(
      2,
    )}`,
  );
  const isChosen = ([name]: [string, unknown]) => chosen.includes(name);
  const onCluster = Object.entries(ON_CLUSTER).filter(isChosen);
  if (onCluster.length > 0) {
    await runOnCluster(onCluster.map(([, scenario]) => scenario));
  }
  for (const [, scenario] of Object.entries(ALONE).filter(isChosen)) {
    print(await scenario());
  }
}

async function runOnCluster(
  scenarios: readonly ((bench: Bench) => Promise<Measurement[]>)[],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'akko-bench-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const world = Child.start('world/world.ts');
  const portal = Child.start('portal/portal.ts');
  try {
    say(`A sandbox cluster with ${INSTANCES} instances …`);
    const cluster = await world.ask('start', {
      instances: INSTANCES,
      kubeconfig,
    });
    const port = await freePort();
    const portalUrl = `http://127.0.0.1:${port}`;
    await portal.ask('start', { port, kubeconfig, cluster });
    const start = performance.now();
    await allInstancesKnown(portalUrl);
    say(
      `The portal knows all of them ${milliseconds(
        performance.now() - start,
      )} after its start`,
    );
    await quiet(world);
    say(
      `Its history has all runs and logs ${milliseconds(
        performance.now() - start,
      )} after its start`,
    );
    const bench = { world, portalUrl, kubeconfig, instances: INSTANCES };
    for (const scenario of scenarios) {
      print(await scenario(bench));
    }
  } finally {
    await portal.stop();
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function allInstancesKnown(portalUrl: string): Promise<void> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    const answer = await fetch(`${portalUrl}/api/akko/instances?limit=1`, {
      headers: AUTHORIZED,
    });
    const { totals } = await answer.json();
    const known: number = totals?.total ?? 0;
    if (known >= INSTANCES) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`The portal knows only ${known} of ${INSTANCES}`);
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

/** Waits until the portal asks the cluster nothing more: the history is complete. */
async function quiet(world: Child): Promise<void> {
  let seen = -1;
  for (;;) {
    const { requests } = await world.ask<Counters>('counters');
    if (requests === seen) {
      return;
    }
    seen = requests;
    await new Promise(resolve => setTimeout(resolve, 15_000));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n${error.cause ?? ''}\n`);
  process.exitCode = 1;
});
