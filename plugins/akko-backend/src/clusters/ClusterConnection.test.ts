import { text } from 'node:stream/consumers';
import { selfSignedCertificate } from './__testUtils__/certificate';
import { Connections, version } from './__testUtils__/Connections';
import { until } from './__testUtils__/ManualClock';
import {
  hang,
  reset,
  sends,
  status,
  type Fault,
} from './__testUtils__/ScriptedApiServer';

// Long enough for a machine that is busy; nothing here waits for time to pass.
jest.setTimeout(30_000);

describe('ClusterConnection', () => {
  let peers: Connections;
  let tls: { key: string; cert: string };
  let otherTls: { key: string; cert: string };

  beforeAll(async () => {
    tls = await selfSignedCertificate();
    otherTls = await selfSignedCertificate();
  });

  beforeEach(async () => {
    peers = await Connections.start();
  });

  afterEach(() => peers.stop());

  it('makes 100 calls one after another over one connection', async () => {
    const server = await peers.serve(tls);
    const connection = peers.byUrl(server, tls.cert);
    for (let call = 0; call < 100; call += 1) {
      await version(connection);
    }
    expect(server.requests).toHaveLength(100);
    expect(server.connections).toBe(1);
  });

  it('makes 100 calls at once over at most 8 connections, beside its watches', async () => {
    const server = await peers.serve(tls);
    const connection = peers.byUrl(server, tls.cert);
    const watches = await Promise.all(
      ['jobs', 'cronjobs', 'pods'].map(plural =>
        connection.openStream({
          path: `/apis/batch/v1/${plural}`,
          query: { watch: true, resourceVersion: '100' },
        }),
      ),
    );
    await Promise.all(Array.from({ length: 100 }, () => version(connection)));
    expect(server.connections).toBeLessThanOrEqual(8 + watches.length);
    watches.forEach(watch => watch.on('error', () => {}).destroy());
  });

  it('takes logs in turn with calls, and goes on when one is abandoned', async () => {
    const server = await peers.serve(tls);
    server.fail(/log$/, sends('line 1\nline 2\n'));
    const connection = peers.byUrl(server, tls.cert);
    const texts = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const log = await connection.stream({ path: '/log' });
        if (index % 4 === 0) {
          log.on('error', () => {}).destroy();
          return 'abandoned';
        }
        return text(log);
      }),
    );
    expect(texts.filter(log => log === 'line 1\nline 2\n')).toHaveLength(30);
    // An abandoned answer costs its connection.
    expect(server.connections).toBeLessThanOrEqual(8 + 10);
  });

  it('refuses a server whose certificate is of another authority', async () => {
    const server = await peers.serve(tls);
    await expect(
      version(peers.byUrl(server, otherTls.cert)),
    ).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('self-signed certificate'),
    });
    expect(server.requests).toEqual([]);
  });

  it.each<[string, Fault, object]>([
    [
      '401',
      status(401, 'Unauthorized'),
      { kind: 'refused', upstreamStatus: 401 },
    ],
    ['403', status(403, 'Forbidden'), { kind: 'refused', reason: 'Forbidden' }],
    ['404', status(404, 'NotFound'), { kind: 'not-found' }],
    [
      '409 of a create',
      status(409, 'AlreadyExists'),
      { kind: 'already-exists' },
    ],
    ['409 of a precondition', status(409, 'Conflict'), { kind: 'conflict' }],
    ['422', status(422, 'Invalid'), { kind: 'invalid' }],
    [
      '429',
      status(429, 'TooManyRequests', { 'retry-after': '4' }),
      { kind: 'unreachable', retryAfterSeconds: 4 },
    ],
    ['500', status(500, 'InternalError'), { kind: 'unreachable' }],
    ['503', status(503, 'ServiceUnavailable'), { kind: 'unreachable' }],
    ['a reset', reset, { kind: 'unreachable' }],
  ])(
    'makes %s a ClusterCallError that the HTTP API does not take for its own',
    async (_, fault, expected) => {
      const server = await peers.serve();
      server.fail(/./, fault);
      const error = await version(peers.byUrl(server)).catch(reason => reason);
      expect(error).toMatchObject({
        name: 'ClusterCallError',
        cluster: 'prod-eu',
        message: expect.stringContaining('prod-eu'),
        ...expected,
      });
      expect(error).not.toHaveProperty('status');
      expect(error).not.toHaveProperty('statusCode');
    },
  );

  it('gives up a call that is not answered within 30 s', async () => {
    const server = await peers.serve();
    server.fail(/./, hang);
    const answer = version(peers.byUrl(server)).catch(reason => reason);
    await until(() => server.requests.length === 1);
    peers.clock.advance(30_000);
    expect(await answer).toMatchObject({
      kind: 'unreachable',
      message:
        'Cluster prod-eu does not answer to GET /version: no answer within 30 s',
    });
  });

  it('does not let calls wait behind lists that hang', async () => {
    const server = await peers.serve();
    server.fail(/jobs$/, hang);
    const connection = peers.byUrl(server);
    const lists = Array.from({ length: 20 }, () =>
      connection.json({ path: '/apis/batch/v1/jobs' }, 'list').catch(() => {}),
    );
    expect(await version(connection)).toEqual({ gitVersion: 'v1.35.4' });
    await connection.close();
    await Promise.all(lists);
  });

  it('stops a stream when its signal aborts', async () => {
    const server = await peers.serve();
    const connection = peers.byUrl(server);
    const abort = new AbortController();
    const watch = await connection.openStream({
      path: '/api/v1/pods',
      query: { watch: true, resourceVersion: '100' },
      signal: abort.signal,
    });
    abort.abort(new Error('nobody looks any more'));
    await expect(text(watch)).rejects.toThrow('nobody looks any more');
    await until(() => server.openWatches === 0);
  });

  it('keeps a base path of the address', async () => {
    const server = await peers.serve();
    const connection = peers.connect({
      type: 'url',
      url: `${server.url}/k8s/clusters/c-1/`,
      token: 'first-token',
    });
    await version(connection).catch(() => {});
    expect(server.requests).toEqual(['GET /k8s/clusters/c-1/version']);
  });
});
