import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ClusterAccess } from '../config';
import { ClusterConnection } from './ClusterConnection';
import { CredentialCache } from './CredentialCache';
import { selfSignedCertificate } from './__testUtils__/certificate';
import { ManualClock, until } from './__testUtils__/ManualClock';
import {
  hang,
  reset,
  ScriptedApiServer,
  sends,
  status,
  type Fault,
} from './__testUtils__/ScriptedApiServer';

describe('ClusterConnection', () => {
  const servers: ScriptedApiServer[] = [];
  const connections: ClusterConnection[] = [];
  let clock: ManualClock;
  let folder: string;
  let tls: { key: string; cert: string };
  let otherTls: { key: string; cert: string };

  beforeAll(async () => {
    tls = await selfSignedCertificate();
    otherTls = await selfSignedCertificate();
  });

  beforeEach(async () => {
    clock = new ManualClock();
    folder = await mkdtemp(join(tmpdir(), 'akko-connection-'));
  });

  afterEach(async () => {
    await Promise.all(connections.splice(0).map(item => item.close()));
    await Promise.all(servers.splice(0).map(item => item.stop()));
    await rm(folder, { recursive: true });
  });

  async function serve(certificate?: { key: string; cert: string }) {
    const server = new ScriptedApiServer(certificate);
    servers.push(server);
    await server.start();
    return server;
  }

  function connect(access: ClusterAccess) {
    const connection = new ClusterConnection({
      cluster: 'prod-eu',
      credentials: new CredentialCache(access, clock),
      clock,
    });
    connections.push(connection);
    return connection;
  }

  const byUrl = (server: ScriptedApiServer, caData?: string) =>
    connect({ type: 'url', url: server.url, token: 'first-token', caData });

  const version = (connection: ClusterConnection) =>
    connection.json<{ gitVersion: string }>({ path: '/version' });

  /** @returns the path of a kubeconfig whose user runs a program that writes a credential */
  async function kubeconfigWithExec(
    server: ScriptedApiServer,
    script: string,
    authority: string = tls.cert,
  ): Promise<string> {
    const file = join(folder, 'kubeconfig');
    await writeFile(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'main',
        contexts: [{ name: 'main', context: { cluster: 'c', user: 'u' } }],
        clusters: [
          {
            name: 'c',
            cluster: {
              server: server.url,
              'certificate-authority-data':
                Buffer.from(authority).toString('base64'),
            },
          },
        ],
        users: [
          {
            name: 'u',
            user: {
              exec: {
                apiVersion: 'client.authentication.k8s.io/v1',
                command: process.execPath,
                args: ['-e', script],
              },
            },
          },
        ],
      }),
    );
    return file;
  }

  const printsToken = (file: string) => `
    const token = require('fs').readFileSync(${JSON.stringify(file)}, 'utf8');
    console.log(JSON.stringify({ kind: 'ExecCredential', status: { token } }));`;

  describe('over TLS', () => {
    it('makes 100 calls one after another over one connection', async () => {
      const server = await serve(tls);
      const connection = byUrl(server, tls.cert);
      for (let call = 0; call < 100; call += 1) {
        await version(connection);
      }
      expect(server.requests).toHaveLength(100);
      expect(server.connections).toBe(1);
    });

    it('makes 100 calls at once over at most 8 connections, beside its watches', async () => {
      const server = await serve(tls);
      const connection = byUrl(server, tls.cert);
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
      const server = await serve(tls);
      server.fail(/log$/, sends('line 1\nline 2\n'));
      const connection = byUrl(server, tls.cert);
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
      const server = await serve(tls);
      await expect(version(byUrl(server, otherTls.cert))).rejects.toMatchObject(
        {
          kind: 'unreachable',
          message: expect.stringContaining('self-signed certificate'),
        },
      );
      expect(server.requests).toEqual([]);
    });

    it('needs no new connection for a new token', async () => {
      const server = await serve(tls);
      const tokenFile = join(folder, 'token');
      await writeFile(tokenFile, 'first-token\n');
      const connection = connect({
        type: 'url',
        url: server.url,
        caData: tls.cert,
        tokenFile,
      });
      await version(connection);
      await writeFile(tokenFile, 'second-token\n');
      server.tokens.clear();
      server.tokens.add('second-token');
      await version(connection);
      expect(server.connections).toBe(1);
    });

    it('runs an exec plugin once for all calls, and again when its token is refused', async () => {
      const server = await serve(tls);
      const tokenFile = join(folder, 'token');
      await writeFile(tokenFile, 'first-token');
      const file = await kubeconfigWithExec(server, printsToken(tokenFile));
      const connection = connect({ type: 'kubeconfig', file });
      await Promise.all([version(connection), version(connection)]);
      server.tokens.clear();
      server.tokens.add('second-token');
      // The plugin does not know better yet.
      await expect(version(connection)).rejects.toMatchObject({
        kind: 'refused',
        upstreamStatus: 401,
      });
      await writeFile(tokenFile, 'second-token');
      expect(await version(connection)).toEqual({ gitVersion: 'v1.35.4' });
    });

    it('reads a rotated authority of a kubeconfig after a failed connection', async () => {
      const server = await serve(tls);
      const tokenFile = join(folder, 'token');
      await writeFile(tokenFile, 'first-token');
      const script = printsToken(tokenFile);
      const file = await kubeconfigWithExec(server, script, otherTls.cert);
      const connection = connect({ type: 'kubeconfig', file });
      await expect(version(connection)).rejects.toMatchObject({
        kind: 'unreachable',
      });
      await kubeconfigWithExec(server, script);
      clock.advance(30_000);
      await expect(version(connection)).rejects.toThrow();
      expect(await version(connection)).toEqual({ gitVersion: 'v1.35.4' });
    });

    it('tells that an exec plugin failed, without what it wrote', async () => {
      const server = await serve(tls);
      const file = await kubeconfigWithExec(
        server,
        'console.log("s3cr3t-token")',
      );
      const error = await version(connect({ type: 'kubeconfig', file })).catch(
        reason => reason,
      );
      expect(error).toMatchObject({
        name: 'ClusterCallError',
        kind: 'refused',
        message: expect.stringContaining('exec plugin'),
      });
      expect(error.message).not.toContain('s3cr3t-token');
    });
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
      const server = await serve();
      server.fail(/./, fault);
      const error = await version(byUrl(server)).catch(reason => reason);
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
    const server = await serve();
    server.fail(/./, hang);
    const answer = version(byUrl(server)).catch(reason => reason);
    await until(() => server.requests.length === 1);
    clock.advance(30_000);
    expect(await answer).toMatchObject({
      kind: 'unreachable',
      message:
        'Cluster prod-eu does not answer to GET /version: no answer within 30 s',
    });
  });

  it('does not let calls wait behind lists that hang', async () => {
    const server = await serve();
    server.fail(/jobs$/, hang);
    const connection = byUrl(server);
    const lists = Array.from({ length: 20 }, () =>
      connection.json({ path: '/apis/batch/v1/jobs' }, 'list').catch(() => {}),
    );
    expect(await version(connection)).toEqual({ gitVersion: 'v1.35.4' });
    await connection.close();
    await Promise.all(lists);
  });

  it('stops a stream when its signal aborts', async () => {
    const server = await serve();
    const connection = byUrl(server);
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
    const server = await serve();
    const connection = connect({
      type: 'url',
      url: `${server.url}/k8s/clusters/c-1/`,
      token: 'first-token',
    });
    await version(connection).catch(() => {});
    expect(server.requests).toEqual(['GET /k8s/clusters/c-1/version']);
  });

  it.each<[string, ClusterAccess, string]>([
    [
      'a kubeconfig that is not there',
      { type: 'kubeconfig', file: '/nowhere/kubeconfig' },
      'the kubeconfig file /nowhere/kubeconfig is not there',
    ],
    ['no pod around it', { type: 'inCluster' }, 'does not run in a pod'],
  ])('says what is wrong with %s', async (_, access, message) => {
    await expect(version(connect(access))).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(message),
    });
  });

  it.each<[string, object, object, string]>([
    [
      'an unknown context',
      {},
      { context: 'other' },
      "no context 'other' (there: main)",
    ],
    [
      'no verification',
      { 'insecure-skip-tls-verify': true },
      {},
      'insecure-skip-tls-verify, which is not supported',
    ],
    [
      'a proxy',
      { 'proxy-url': 'http://p:3128' },
      {},
      'proxy-url, which is not supported',
    ],
  ])('refuses a kubeconfig with %s', async (_, fields, access, message) => {
    const file = join(folder, 'kubeconfig');
    await writeFile(
      file,
      JSON.stringify({
        'current-context': 'main',
        contexts: [{ name: 'main', context: { cluster: 'c', user: 'u' } }],
        clusters: [
          { name: 'c', cluster: { server: 'https://127.0.0.1:1', ...fields } },
        ],
        users: [{ name: 'u', user: { token: 't' } }],
      }),
    );
    await expect(
      version(connect({ type: 'kubeconfig', file, ...access })),
    ).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });
});
