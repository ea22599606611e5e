import type { ClusterAccess } from '../config';
import { selfSignedCertificate } from './__testUtils__/certificate';
import { Connections, version } from './__testUtils__/Connections';
import type { ScriptedApiServer } from './__testUtils__/ScriptedApiServer';

// Long enough for a machine that is busy; nothing here waits for time to pass.
jest.setTimeout(30_000);

describe('the credentials of a cluster', () => {
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

  /** @returns the path of a kubeconfig whose user runs a program that writes a credential */
  const kubeconfigWithExec = (
    server: ScriptedApiServer,
    script: string,
    authority: string = tls.cert,
  ) =>
    peers.writeKubeconfig(
      {
        server: server.url,
        'certificate-authority-data': Buffer.from(authority).toString('base64'),
      },
      {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: process.execPath,
          args: ['-e', script],
        },
      },
    );

  const printsToken = (file: string) => `
    const token = require('fs').readFileSync(${JSON.stringify(file)}, 'utf8');
    console.log(JSON.stringify({ kind: 'ExecCredential', status: { token } }));`;

  it('needs no new connection for a new token', async () => {
    const server = await peers.serve(tls);
    const tokenFile = await peers.write('token', 'first-token\n');
    const connection = peers.connect({
      type: 'url',
      url: server.url,
      caData: tls.cert,
      tokenFile,
    });
    await version(connection);
    await peers.write('token', 'second-token\n');
    server.tokens.clear();
    server.tokens.add('second-token');
    await version(connection);
    expect(server.connections).toBe(1);
  });

  it('runs an exec plugin once for all calls, and again when its token is refused', async () => {
    const server = await peers.serve(tls);
    const tokenFile = await peers.write('token', 'first-token');
    const file = await kubeconfigWithExec(server, printsToken(tokenFile));
    const connection = peers.connect({ type: 'kubeconfig', file });
    await Promise.all([version(connection), version(connection)]);
    server.tokens.clear();
    server.tokens.add('second-token');
    // The plugin does not know better yet.
    await expect(version(connection)).rejects.toMatchObject({
      kind: 'refused',
      upstreamStatus: 401,
    });
    await peers.write('token', 'second-token');
    expect(await version(connection)).toEqual({ gitVersion: 'v1.35.4' });
  });

  it('reads a rotated authority of a kubeconfig after a failed connection', async () => {
    const server = await peers.serve(tls);
    const tokenFile = await peers.write('token', 'first-token');
    const script = printsToken(tokenFile);
    const file = await kubeconfigWithExec(server, script, otherTls.cert);
    const connection = peers.connect({ type: 'kubeconfig', file });
    await expect(version(connection)).rejects.toMatchObject({
      kind: 'unreachable',
    });
    await kubeconfigWithExec(server, script);
    peers.clock.advance(30_000);
    await expect(version(connection)).rejects.toThrow();
    expect(await version(connection)).toEqual({ gitVersion: 'v1.35.4' });
  });

  it('tells that an exec plugin failed, without what it wrote', async () => {
    const server = await peers.serve(tls);
    const file = await kubeconfigWithExec(
      server,
      'console.log("s3cr3t-token")',
    );
    const error = await version(
      peers.connect({ type: 'kubeconfig', file }),
    ).catch(reason => reason);
    expect(error).toMatchObject({
      name: 'ClusterCallError',
      kind: 'refused',
      message: expect.stringContaining('exec plugin'),
    });
    expect(error.message).not.toContain('s3cr3t-token');
  });

  it.each<[string, ClusterAccess, string]>([
    [
      'a kubeconfig that is not there',
      { type: 'kubeconfig', file: '/nowhere/kubeconfig' },
      'the kubeconfig file /nowhere/kubeconfig is not there',
    ],
    ['no pod around it', { type: 'inCluster' }, 'does not run in a pod'],
  ])('says what is wrong with %s', async (_, access, message) => {
    await expect(version(peers.connect(access))).rejects.toMatchObject({
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
    const file = await peers.writeKubeconfig(
      { server: 'https://127.0.0.1:1', ...fields },
      { token: 't' },
    );
    await expect(
      version(peers.connect({ type: 'kubeconfig', file, ...access })),
    ).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it('tells that a kubeconfig is not YAML, without what is in it', async () => {
    const file = await peers.write('kubeconfig', 'token: s3cr3t\n\tbad: [');
    const error = await version(
      peers.connect({ type: 'kubeconfig', file }),
    ).catch(reason => reason);
    expect(error.message).toContain(
      `the kubeconfig file ${file} cannot be read`,
    );
    expect(error.message).not.toContain('s3cr3t');
  });
});
