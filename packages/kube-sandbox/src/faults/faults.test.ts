import { Sandbox } from '../Sandbox';
import type { SandboxCluster } from '../SandboxCluster';
import { ApiClient } from '../contract/support/ApiClient';
import type { WatchReader } from '../contract/support/WatchReader';

const list = '/apis/batch/v1/jobs';
const watchPath = '/apis/batch/v1/jobs?watch=true';

describe('faults of a cluster', () => {
  let sandbox: Sandbox;
  let cluster: SandboxCluster;
  let api: ApiClient;

  beforeEach(async () => {
    sandbox = await Sandbox.start({ clusters: [{ name: 'faulty' }] });
    cluster = sandbox.clusters.get('faulty')!;
    api = clientOf(cluster);
  });

  afterEach(async () => {
    api.close();
    await sandbox.stop();
  });

  const createJob = (name: string) =>
    cluster.store.create('jobs', jobNamed(name));

  /** A watch that has shown that it works. */
  async function openWatch(): Promise<WatchReader> {
    createJob('first');
    const watch = await api.stream(watchPath);
    await watch.event(({ type }) => type === 'ADDED');
    return watch;
  }

  it.each([
    [429, 'TooManyRequests'],
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
    [410, 'Expired'],
    [401, 'Unauthorized'],
  ])('answer %d instead of a list', async (status, reason) => {
    cluster.faults.inject({ kind: 'status', verb: 'list', status });
    const answer = await api.get(list);
    expect([answer.status, answer.body.reason]).toEqual([status, reason]);
  });

  it('say when to come back', async () => {
    cluster.faults.inject({
      kind: 'status',
      status: 429,
      retryAfterSeconds: 7,
    });
    const answer = await api.get(list);
    expect(answer.headers['retry-after']).toBe('7');
    expect(answer.body.details).toEqual({ retryAfterSeconds: 7 });
  });

  it('hit only the verb and resource that they name, as often as they say', async () => {
    cluster.faults.inject({
      kind: 'status',
      verb: 'list',
      resource: 'jobs',
      status: 503,
      times: 1,
    });
    expect((await api.get('/api/v1/pods')).status).toBe(200);
    expect((await api.get(list)).status).toBe(503);
    expect((await api.get(list)).status).toBe(200);
  });

  it('end when they are cleared, alone or all', async () => {
    const fault = cluster.faults.inject({ kind: 'status' });
    fault.clear();
    expect((await api.get(list)).status).toBe(200);
    cluster.faults.inject({ kind: 'status' });
    cluster.faults.clear();
    expect((await api.get(list)).status).toBe(200);
  });

  it.each(['drop', 'reset'] as const)(
    'break a connection without an answer: %s',
    async kind => {
      cluster.faults.inject({ kind, verb: 'list' });
      await expect(api.get(list)).rejects.toThrow(/socket hang up|ECONNRESET/);
    },
  );

  it.each(['drop', 'reset'] as const)(
    'break a watch that is open: %s',
    async kind => {
      const watch = await openWatch();
      cluster.faults.inject({ kind, verb: 'watch', times: 1 });
      await watch.ended;
      expect((await api.stream(watchPath)).status).toBe(200);
    },
  );

  it('make an open watch fall silent while its connection stays', async () => {
    const watch = await openWatch();
    cluster.faults.inject({ kind: 'hang', verb: 'watch', times: 1 });
    createJob('unseen');
    const healthy = await api.stream(watchPath);
    await healthy.event(({ object }) => object.metadata.name === 'unseen');
    expect(watch.lines).toHaveLength(1);
    expect(watch.isOpen).toBe(true);
  });

  it('end an open watch by an ERROR event', async () => {
    const watch = await openWatch();
    cluster.faults.inject({ kind: 'watch-error-event', times: 1 });
    await watch.ended;
    expect(watch.events[1]).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
  });

  it('drop all watches, and nothing else', async () => {
    const watch = await openWatch();
    cluster.faults.dropWatches();
    await watch.ended;
    expect((await api.get(list)).status).toBe(200);
  });

  it('refuse connections until they are accepted again, at the same port', async () => {
    const watch = await openWatch();
    await cluster.faults.refuseConnections(true);
    await watch.ended;
    await expect(api.get(list)).rejects.toThrow(/ECONNREFUSED|socket hang up/);
    await cluster.faults.refuseConnections(false);
    const { body } = await api.get(list);
    expect(body.items).toHaveLength(1);
  });

  it('let a watch of a compacted version answer 410', async () => {
    const before = cluster.store.resourceVersion;
    createJob('later');
    cluster.compact();
    const watch = await api.stream(`${watchPath}&resourceVersion=${before}`);
    await watch.ended;
    expect(watch.events[0].object.code).toBe(410);
  });

  it('survive a restart with all objects, port and tokens', async () => {
    createJob('kept');
    const { url } = cluster;
    await cluster.restart();
    expect(cluster.url).toBe(url);
    const { body } = await api.get(list);
    expect(body.items[0].metadata.name).toBe('kept');
  });

  it('no longer know a token that was revoked', async () => {
    cluster.addToken('second');
    const authorization = 'Bearer second';
    expect((await api.get(list, { authorization })).status).toBe(200);
    cluster.revokeToken('second');
    expect((await api.get(list, { authorization })).status).toBe(401);
  });
});

describe('request counters', () => {
  it('tell verbs, resources and connections', async () => {
    const sandbox = await Sandbox.start({ clusters: [{ name: 'counted' }] });
    const cluster = sandbox.clusters.get('counted')!;
    const api = clientOf(cluster);
    await api.get(list);
    await api.get(list);
    await api.get('/api/v1/namespaces/default');
    await api.get('/version');
    expect(cluster.requests.byVerbAndResource).toEqual({
      'list jobs': 2,
      'get namespaces': 1,
      'get /version': 1,
    });
    expect(cluster.requests.total).toBe(4);
    expect(cluster.requests.connections).toBe(1);
    cluster.requests.reset();
    expect([cluster.requests.total, cluster.requests.connections]).toEqual([
      0, 0,
    ]);
    api.close();
    await sandbox.stop();
  });
});

function clientOf({ url, token, caCertificate }: SandboxCluster): ApiClient {
  return new ApiClient({ url, token, ca: caCertificate! });
}

function jobNamed(name: string) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'default' },
    spec: {
      suspend: true,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'debian:trixie-slim' }],
        },
      },
    },
  };
}
