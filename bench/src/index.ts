import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Child } from './child';
import { connections } from './scenarios/connections';
import { eventLatency } from './scenarios/eventLatency';
import { instanceList } from './scenarios/instanceList';
import { memory } from './scenarios/memory';
import { AUTHORIZED } from './portal/token';
import { print, say } from './print';
import { mebibytes, milliseconds } from './statistics';
import type { Counters } from './world/world';

const INSTANCES = Number(process.env.BENCH_INSTANCES ?? 1000);

/** Runs every scenario on one cluster and one portal, and prints one table. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'akko-bench-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const world = Child.start('world/world.ts');
  const portal = Child.start('portal/portal.ts');
  try {
    say(
      `Node ${process.version}, ${cpus().length} × ${
        cpus()[0].model
      }, ${mebibytes(totalmem())}`,
    );
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
    for (const scenario of [instanceList, eventLatency, connections, memory]) {
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
