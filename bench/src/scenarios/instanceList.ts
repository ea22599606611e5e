import { AUTHORIZED } from '../portal/token';
import type { Counters } from '../world/world';
import { distribution, milliseconds } from '../statistics';
import { askKubernetesPlugin } from './kubernetesPlugin';
import type { Bench, Measurement } from './types';

const PAGES = 200;
const PEER_CALLS = 10;

/** `GET /instances` over the whole fleet, and the same Jobs through Backstage's Kubernetes plugin. */
export async function instanceList(bench: Bench): Promise<Measurement[]> {
  const before = await bench.world.ask<Counters>('counters');
  const ours = await repeat(PAGES, () => page(bench));
  const between = await bench.world.ask<Counters>('counters');
  const peer = await repeat(PEER_CALLS, () => throughKubernetesPlugin(bench));
  const after = await bench.world.ask<Counters>('counters');
  const size = `${bench.instances} instances, ${bench.instances * 11} Jobs`;
  return [
    {
      what: `GET /instances?limit=200 (${size})`,
      subject: 'akko',
      value: `p50 ${milliseconds(ours.p50)}, p99 ${milliseconds(
        ours.p99,
      )} of ${PAGES} calls; cluster requests made: ${
        between.requests - before.requests
      }`,
    },
    {
      what: `the same Jobs in one call (${size})`,
      subject: '@backstage/plugin-kubernetes-backend',
      value: `p50 ${milliseconds(peer.p50)}, p99 ${milliseconds(
        peer.p99,
      )} of ${PEER_CALLS} calls; cluster requests made: ${
        after.requests - between.requests
      }`,
    },
  ];
}

async function page({ portalUrl, instances }: Bench): Promise<void> {
  const answer = await fetch(`${portalUrl}/api/akko/instances?limit=200`, {
    headers: AUTHORIZED,
  });
  const body = await answer.json();
  const total: number = body.totals?.total ?? 0;
  if (!answer.ok || total < instances) {
    throw new Error(`GET /instances: ${answer.status}, ${total} instances`);
  }
}

async function throughKubernetesPlugin(bench: Bench): Promise<void> {
  const found = await askKubernetesPlugin(bench, 'akko');
  const jobs = found.find(({ type }) => type === 'jobs')?.resources.length ?? 0;
  if (jobs < bench.instances * 11) {
    throw new Error(`The Kubernetes plugin found ${jobs} Jobs`);
  }
}

async function repeat(times: number, call: () => Promise<void>) {
  await call();
  const values: number[] = [];
  for (let index = 0; index < times; index++) {
    const start = performance.now();
    await call();
    values.push(performance.now() - start);
  }
  return distribution(values);
}
