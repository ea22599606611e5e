import { setupServer } from 'msw/node';
import { PolarisPeer } from '../../__testUtils__/PolarisPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { expectNothingChanged, freePort } from '../../__testUtils__/services';

const API = 'http://akko-akko-polaris:8181';
const HEALTH = 'http://akko-akko-polaris:8182';
const SECRET = 'the-root-secret-of-the-test';
const ENV = { POLARIS_ROOT_SECRET: SECRET };

function config(overrides: Record<string, any> = {}) {
  return {
    waitSeconds: 1.2,
    polaris: {
      url: API,
      healthUrl: HEALTH,
      clientSecret: {
        env: 'POLARIS_ROOT_SECRET',
        secret: 'akko-polaris',
        key: 'root-secret',
      },
      ...overrides.polaris,
    },
    catalog: {
      name: 'akko-warehouse',
      storage: {
        baseLocation: 's3://akko-warehouse',
        endpoint: 'http://akko-minio:9000',
        region: 'us-east-1',
        pathStyleAccess: true,
        ...overrides.storage,
      },
      properties: { owner: 'akko' },
    },
    namespaces: overrides.namespaces ?? ['banking', 'raw.sales'],
    ...overrides.top,
  };
}

const server = setupServer();
let peer: PolarisPeer;
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
beforeEach(() => {
  peer = new PolarisPeer(API, HEALTH, SECRET);
  server.use(...peer.handlers);
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function run(options: { config?: unknown; env?: any; args?: string[] } = {}) {
  return runJobHere('polaris-init', {
    config: config(),
    env: ENV,
    ...options,
  });
}

describe('polaris-init', () => {
  it('makes the catalog with its storage, and the namespaces with their parents', async () => {
    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.changes).toEqual([
      { kind: 'catalog', name: 'akko-warehouse', action: 'created' },
      { kind: 'namespace', name: 'banking', action: 'created' },
      { kind: 'namespace', name: 'raw', action: 'created' },
      { kind: 'namespace', name: 'raw.sales', action: 'created' },
    ]);
    expect(peer.catalogs.get('akko-warehouse')).toEqual({
      name: 'akko-warehouse',
      type: 'INTERNAL',
      properties: {
        owner: 'akko',
        'default-base-location': 's3://akko-warehouse',
      },
      storageConfigInfo: {
        storageType: 'S3',
        allowedLocations: ['s3://akko-warehouse'],
        endpoint: 'http://akko-minio:9000',
        region: 'us-east-1',
        pathStyleAccess: true,
      },
    });
    expect([...peer.namespaces]).toContain('akko-warehouse/raw\u001fsales');
  });

  it('has nothing to do in a second run', async () => {
    await run();
    const { writes } = peer;

    const outcome = await run();

    expectNothingChanged(outcome);
    expect(outcome.report!.changes![0]).not.toHaveProperty('note');
    expect(peer.writes).toBe(writes);
  });

  it('plans without changing anything', async () => {
    const onFresh = await run({ args: ['--plan'] });
    expect(onFresh.report!.totals).toMatchObject({ created: 4, unchanged: 0 });
    expect(peer.writes).toBe(0);

    await run({ config: config({ namespaces: ['raw'] }) });
    const { writes } = peer;

    const { exitCode, report } = await run({ args: ['--plan'] });
    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 2, unchanged: 2 });
    expect(peer.writes).toBe(writes);
  });

  it('does no harm when five run at once on a fresh Polaris', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => run()));

    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    expect(outcomes.map(({ report }) => report!.totals!.created)).not.toEqual([
      4, 4, 4, 4, 4,
    ]);
    expect(peer.namespaces.size).toBe(3);
    expectNothingChanged(await run());
  });

  it('keeps a catalog and namespaces that were changed by hand, and says in what they differ', async () => {
    await run();
    const catalog = peer.catalogs.get('akko-warehouse')!;
    catalog.storageConfigInfo.endpoint = 'http://akko-storage:8333';
    catalog.storageConfigInfo.allowedLocations = ['s3://elsewhere'];
    catalog.storageConfigInfo.userArn = 'arn:aws:iam::123456789012:user/u';
    catalog.properties.owner = 'somebody';
    catalog.properties.comment = 'by hand';
    peer.namespaces.add('akko-warehouse/of-somebody');
    const before = structuredClone(catalog);

    const outcome = await run();

    expectNothingChanged(outcome);
    expect(outcome.report!.changes![0]).toEqual({
      kind: 'catalog',
      name: 'akko-warehouse',
      action: 'unchanged',
      note: 'differs from the values, kept: owner, allowedLocations, endpoint',
    });
    expect(peer.catalogs.get('akko-warehouse')).toEqual(before);
    expect(peer.namespaces.size).toBe(4);
  });

  it('takes a new token before the old one ends', async () => {
    peer.tokenSeconds = 30;

    const { exitCode } = await run({ config: config({ namespaces: [] }) });

    expect(exitCode).toBe(0);
    // One to see that Polaris is ready, one to look for the catalog, one to make it.
    expect(peer.tokens).toHaveLength(3);
  });

  it('takes a new token for one that Polaris does not take any more', async () => {
    peer.revoked.add('token-number-0');

    const { exitCode, report, log } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(4);
    expect(peer.tokens).toHaveLength(2);
    expect(log).not.toContain('token-number');
  });
});

describe('polaris-init meets a fault', () => {
  it.each([
    {
      fault: 'a wrong root secret',
      options: { env: { POLARIS_ROOT_SECRET: 'another-secret' } },
      code: 'authentication-failed',
      exit: 67,
      message: `polaris at ${API} answered 401 to: give a token to root (unauthorized_client: The client is not authorized).`,
      nextStep: 'bootstrapped with',
    },
    {
      fault: 'a missing Secret',
      options: { env: {} },
      code: 'misconfigured',
      exit: 78,
      message:
        'The client secret of Polaris is missing: Secret akko-polaris, key root-secret is not there or empty.',
      nextStep: 'Create it',
    },
    {
      fault: 'a scope that Polaris does not know',
      options: { config: config({ polaris: { scope: 'ALL' } }) },
      code: 'misconfigured',
      exit: 78,
      message: 'invalid_scope: The scope is invalid',
      nextStep: 'Set polaris.scope in the values to PRINCIPAL_ROLE:ALL',
    },
    {
      fault: 'a realm that is not there',
      options: { config: config({ polaris: { realm: 'OTHER' } }) },
      code: 'misconfigured',
      exit: 78,
      message: 'Missing or invalid realm',
      nextStep: 'polaris.realm (OTHER)',
    },
    {
      fault: 'another catalog at the same location',
      options: {
        config: config({ storage: { baseLocation: 's3://taken/a' } }),
      },
      code: 'conflict',
      exit: 65,
      message: 'overlaps with an existing catalog',
      nextStep: 'holds s3://taken/a or a part of it',
    },
    {
      fault: 'a missing right',
      prepare: () => (peer.mayCreate = false),
      code: 'permission-denied',
      exit: 77,
      message:
        "answered 403 to: create the catalog akko-warehouse (Principal 'root' is not authorized for op CREATE_CATALOG).",
      nextStep: 'missing right',
    },
    {
      fault: 'tokens that Polaris gives and does not take',
      prepare: () => {
        peer.revoked.add('token-number-0').add('token-number-1');
      },
      code: 'authentication-failed',
      exit: 67,
      message: 'answered 401 to: read the catalog akko-warehouse.',
      nextStep: 'Compare the login in the Secret',
    },
    {
      fault: 'a health that never gets well',
      prepare: () => peer.health.splice(0, 1, false),
      code: 'service-unavailable',
      exit: 69,
      message: `polaris at ${HEALTH} answered 503 to: tell its health (down: Database connections health check). It was not ready within 1.2 s.`,
      nextStep: 'log of polaris',
    },
    {
      fault: '500 forever',
      prepare: () => peer.faults.push(...Array(99).fill({ status: 500 })),
      code: 'service-unavailable',
      exit: 69,
      message: `polaris at ${API} answered 500 to: give a token to root`,
      nextStep: 'log of polaris',
    },
    {
      fault: 'a request that breaks the schema',
      prepare: () => {
        peer.faults.push(undefined as any, undefined as any, { status: 400 });
      },
      code: 'misconfigured',
      exit: 78,
      message: 'answered 400 to: create the catalog akko-warehouse.',
      nextStep: "Check the job's values",
    },
  ])('$fault is $code', async each => {
    peer.catalogs.set('taken', {
      name: 'taken',
      properties: { 'default-base-location': 's3://taken' },
      storageConfigInfo: {},
    });
    each.prepare?.();

    const { exitCode, report, log } = await run(each.options);

    expect(report).toMatchObject({
      outcome: 'failed',
      error: {
        code: each.code,
        message: expect.stringContaining(each.message),
        nextStep: expect.stringContaining(each.nextStep),
      },
    });
    expect(exitCode).toBe(each.exit);
    const told = log + JSON.stringify(report);
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain('another-secret');
    expect(told).not.toContain('token-number');
  });

  it('a Polaris that is down is waited for, then unavailable', async () => {
    const port = await freePort();

    const { exitCode, report } = await run({
      config: config({ polaris: { healthUrl: `http://127.0.0.1:${port}` } }),
    });

    expect(exitCode).toBe(69);
    expect(report!.error).toMatchObject({
      code: 'service-unavailable',
      service: 'polaris',
      message: expect.stringContaining(
        `polaris at http://127.0.0.1:${port} is not reachable: the connection was refused`,
      ),
    });
  });

  it('a Polaris that comes up slowly is waited for: first its health, then its API', async () => {
    peer.health.splice(0, 1, false, true);
    peer.faults.push({ status: 503 });

    const { exitCode, log } = await run({
      config: config({ top: { waitSeconds: 20 } }),
    });

    expect(exitCode).toBe(0);
    expect(log).toContain(`waiting for polaris at ${HEALTH}`);
    expect(log).toContain(`waiting for polaris at ${API}`);
  }, 20_000);

  it('a 500 in the middle is tried again', async () => {
    await run({ config: config({ namespaces: [] }) });
    peer.faults.push(undefined as any, undefined as any, { status: 500 });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 3, unchanged: 1 });
  });

  it('a bad configuration is named by its fields', async () => {
    const { exitCode, report } = await run({
      config: config({
        storage: { baseLocation: 'akko-warehouse' },
        namespaces: ['a..b'],
      }),
    });

    expect(exitCode).toBe(78);
    expect(report!.error!.message).toContain(
      'catalog.storage.baseLocation: a location has the form s3://bucket/path',
    );
    expect(report!.error!.message).toContain('namespaces.0: a namespace');
  });
});
