import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { AUTHORIZED } from '../portal/token';
import type { Counters } from '../world/world';
import type { Bench, Measurement } from './types';

const CALLS = 100;

/** New TLS connections that one hundred calls to the cluster open: logs of a live pod, one after the other. */
export async function connections(bench: Bench): Promise<Measurement[]> {
  const { namespace, name } = await bench.world.ask<{
    namespace: string;
    name: string;
  }>('startJob', { release: 0, suffix: '-connections' });
  const run = await runOf(bench, name);
  const ours = await count(bench, async () => {
    const answer = await fetch(`${bench.portalUrl}/api/akko/runs/${run}/log`, {
      headers: AUTHORIZED,
    });
    await answer.text();
  });
  const config = new KubeConfig();
  config.loadFromFile(bench.kubeconfig);
  config.setCurrentContext('bench');
  const api = config.makeApiClient(CoreV1Api);
  const peer = await count(bench, async () => {
    await api.readNamespacedPodLog({ namespace, name: `${name}-5dd7v` });
  });
  return [
    { subject: 'akko', counted: ours },
    { subject: '@kubernetes/client-node, its own transport', counted: peer },
  ].map(({ subject, counted }) => ({
    what: `new TLS connections for ${CALLS} log reads`,
    subject,
    value: `${counted.connections} (requests that arrived: ${counted.requests})`,
  }));
}

async function runOf({ portalUrl }: Bench, jobName: string): Promise<string> {
  const instance = jobName.replace(/-minio-init.*/, '');
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const answer = await fetch(
      `${portalUrl}/api/akko/instances/bench/data-001/${instance}/jobs/minio-init/runs?limit=1`,
      { headers: AUTHORIZED },
    );
    const { items } = await answer.json();
    if (items?.[0]?.state === 'running') {
      return items[0].id;
    }
  }
  throw new Error(`The portal shows no running run of ${jobName}`);
}

async function count(
  { world }: Bench,
  call: () => Promise<void>,
): Promise<Counters> {
  const before = await world.ask<Counters>('counters');
  for (let index = 0; index < CALLS; index++) {
    await call();
  }
  const after = await world.ask<Counters>('counters');
  return {
    requests: after.requests - before.requests,
    connections: after.connections - before.connections,
  };
}
