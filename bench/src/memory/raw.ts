import { get, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { serve } from '../child';
import { usedHeap } from './heap';

serve({
  /** Keeps the answers of two list calls, parsed, as a cache that selects nothing would. */
  async measure({ kubeconfig }: { kubeconfig: string }) {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    config.setCurrentContext('bench');
    const before = await usedHeap();
    const jobs = await list(config, '/apis/batch/v1/jobs');
    const pods = await list(config, '/api/v1/pods');
    const after = await usedHeap();
    return {
      bytes: after - before,
      objects: jobs.items.length + pods.items.length,
    };
  },
});

async function list(
  config: KubeConfig,
  path: string,
): Promise<{ items: unknown[] }> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { server } = config.getCurrentCluster()!;
  return new Promise((resolve, reject) => {
    get(`${server}${path}`, options, async response =>
      resolve(JSON.parse(await text(response))),
    ).on('error', reject);
  });
}
