import { ApiClient } from '../contract/support/ApiClient';
import { VirtualClock } from '../clock/VirtualClock';
import { Sandbox } from '../Sandbox';
import type { SandboxCluster } from '../SandboxCluster';

describe('a watch on a virtual clock', () => {
  const clock = new VirtualClock();
  let sandbox: Sandbox;
  let cluster: SandboxCluster;
  let api: ApiClient;

  beforeAll(async () => {
    sandbox = await Sandbox.start({
      clusters: [{ name: 'timed' }],
      clock,
      seed: 1,
    });
    cluster = sandbox.clusters.get('timed')!;
    const { url, caCertificate, token } = cluster;
    api = new ApiClient({ url, ca: caCertificate!, token });
  });

  afterAll(async () => {
    api.close();
    await sandbox.stop();
  });

  const path = (query: string) =>
    `/api/v1/configmaps?watch=true&resourceVersion=${cluster.store.resourceVersion}&${query}`;

  it('bookmarks every minute and shortly before its end', async () => {
    const watch = await api.stream(
      path('allowWatchBookmarks=true&timeoutSeconds=100'),
    );
    await clock.advance(59_000);
    cluster.store.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'between', namespace: 'default' },
    });
    await clock.advance(41_000);
    await watch.ended;
    expect(watch.events.map(({ type }) => type)).toEqual([
      'ADDED',
      'BOOKMARK',
      'BOOKMARK',
    ]);
    expect(watch.events[1].object).toEqual({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: { resourceVersion: String(cluster.store.resourceVersion) },
    });
  });

  it('ends between 30 and 60 minutes when no time is named', async () => {
    const watch = await api.stream(path(''));
    await clock.advance(29 * 60_000);
    expect(cluster.openWatches).toBe(1);
    await clock.advance(31 * 60_000);
    await watch.ended;
    expect(cluster.openWatches).toBe(0);
  });
});
