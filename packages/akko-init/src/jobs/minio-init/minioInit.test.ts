import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { S3Peer, type S3PeerOptions } from '../../__testUtils__/S3Peer';
import { expectNothingChanged, freePort } from '../../__testUtils__/services';

const ENDPOINT = 'http://akko-minio:9000';
const SECRET = 'the-secret-key-of-the-test';
const ENV = { S3_ACCESS_KEY: 'akko-admin', S3_SECRET_KEY: SECRET };

const READ_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::akko-shared/*',
    },
  ],
};

function config(overrides: Record<string, unknown> = {}) {
  return {
    waitSeconds: 1.5,
    objectStorage: {
      endpoint: ENDPOINT,
      accessKey: {
        env: 'S3_ACCESS_KEY',
        secret: 'akko-minio',
        key: 'root-user',
      },
      secretKey: {
        env: 'S3_SECRET_KEY',
        secret: 'akko-minio',
        key: 'root-password',
      },
    },
    buckets: [
      { name: 'akko-warehouse', versioning: true },
      { name: 'akko-shared', policy: READ_POLICY },
    ],
    ...overrides,
  };
}

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function startPeer(options?: S3PeerOptions): S3Peer {
  const peer = new S3Peer(ENDPOINT, options);
  server.use(...peer.handlers);
  return peer;
}

function run(options: { config?: unknown; env?: any; args?: string[] } = {}) {
  return runJobHere('minio-init', { config: config(), env: ENV, ...options });
}

it('takes no web page for a storage, though it answers 200 to every question', async () => {
  server.use(
    http.all(`${ENDPOINT}/*`, () =>
      HttpResponse.html('<html><body>Welcome</body></html>'),
    ),
  );
  const { exitCode, report } = await run();
  expect([exitCode, report?.error?.code]).toEqual([78, 'misconfigured']);
  expect(report?.error?.message).toBe(
    `What answers at ${ENDPOINT} is not S3: its answer is no list of buckets.`,
  );
});

describe('minio-init', () => {
  it('makes buckets, versioning and policies, and has nothing to do in a second run', async () => {
    const peer = startPeer();

    const first = await run();

    expect(first.exitCode).toBe(0);
    expect(first.report).toMatchObject({
      job: 'minio-init',
      outcome: 'succeeded',
      totals: { created: 4, updated: 0, unchanged: 0, skipped: 0 },
      changes: [
        { kind: 'bucket', name: 'akko-warehouse', action: 'created' },
        { kind: 'bucket versioning', name: 'akko-warehouse' },
        { kind: 'bucket', name: 'akko-shared' },
        { kind: 'bucket policy', name: 'akko-shared' },
      ],
    });
    expect(peer.buckets.get('akko-warehouse')).toEqual({
      versioning: 'Enabled',
    });
    const { writes } = peer;

    expectNothingChanged(await run());
    expect(peer.writes).toBe(writes);
  });

  it('plans without changing anything', async () => {
    const peer = startPeer();
    peer.buckets.set('akko-shared', {});

    const { exitCode, report, log } = await run({ args: ['--plan'] });

    expect(exitCode).toBe(0);
    expect(report).toMatchObject({
      plan: true,
      totals: { created: 3, updated: 0, unchanged: 1, skipped: 0 },
    });
    expect(log).toContain('would be created bucket akko-warehouse');
    expect(log).toContain('would be created bucket policy akko-shared');
    expect(peer.writes).toBe(0);
  });

  it.each(['BucketAlreadyOwnedByYou' as const, 'BucketAlreadyExists' as const])(
    'does no harm when five run at once on a fresh storage that says %s',
    async alreadyThere => {
      const peer = startPeer({ alreadyThere });

      const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => run()));

      expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
      expect(peer.writes).toBeGreaterThan(4);
      expect([...peer.buckets.keys()]).toEqual([
        'akko-warehouse',
        'akko-shared',
      ]);
      expectNothingChanged(await run());
    },
  );

  it('keeps what was changed by hand, and says so', async () => {
    const peer = startPeer();
    const policy = { ...READ_POLICY, Id: 'by hand' };
    peer.buckets.set('akko-warehouse', { versioning: 'Suspended' });
    peer.buckets.set('akko-shared', { policy });
    peer.buckets.set('of-somebody', {});

    const outcome = await run();

    expectNothingChanged(outcome);
    expect(peer.writes).toBe(0);
    expect(outcome.report!.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'bucket versioning',
          action: 'unchanged',
          note: 'suspended by hand, kept',
        }),
        expect.objectContaining({
          kind: 'bucket policy',
          action: 'unchanged',
          note: 'differs from the values, kept',
        }),
      ]),
    );
  });

  it.each(['versity', 'plain'] as const)(
    'skips what a store of the kind %s does not have',
    async kind => {
      startPeer({ kind });

      const { exitCode, report } = await run();

      expect(exitCode).toBe(0);
      expect(report!.changes).toContainEqual({
        kind: 'bucket versioning',
        name: 'akko-warehouse',
        action: 'skipped',
        note: 'this object storage has no versioning',
      });
      expect(report!.changes).toContainEqual(
        kind === 'plain'
          ? {
              kind: 'bucket policy',
              name: 'akko-shared',
              action: 'skipped',
              note: 'this object storage has no bucket policies',
            }
          : { kind: 'bucket policy', name: 'akko-shared', action: 'created' },
      );
    },
  );

  it('works for an account that may not list all buckets', async () => {
    startPeer({ mayList: false });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(4);
  });

  it('ends with a conflict when the bucket belongs to another account', async () => {
    const peer = startPeer();
    peer.buckets.set('akko-warehouse', { foreign: true });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(65);
    expect(report!.error).toMatchObject({
      code: 'conflict',
      service: 'object storage',
      message: `The bucket akko-warehouse in object storage at ${ENDPOINT} belongs to another account, which does not let this one in.`,
    });
  });

  it('tells a plan that a bucket may belong to somebody else', async () => {
    const peer = startPeer();
    peer.buckets.set('akko-warehouse', { foreign: true });

    const { exitCode, report } = await run({ args: ['--plan'] });

    expect(exitCode).toBe(0);
    expect(report!.changes).toContainEqual({
      kind: 'bucket',
      name: 'akko-warehouse',
      action: 'created',
      note: 'this account is not told whether it is there',
    });
  });

  it('takes the region instead of an endpoint for AWS', async () => {
    const peer = new S3Peer('https://s3.eu-west-3.amazonaws.com');
    server.use(...peer.handlers);
    const { objectStorage, ...rest } = config();

    const { exitCode } = await run({
      config: {
        ...rest,
        objectStorage: { ...objectStorage, endpoint: '', region: 'eu-west-3' },
      },
    });

    expect(exitCode).toBe(0);
    expect([...peer.buckets.keys()]).toEqual(['akko-warehouse', 'akko-shared']);
  });

  it('names the field of a bad configuration', async () => {
    const { exitCode, report } = await run({
      config: config({ buckets: [{ name: 'Not_A_Bucket' }] }),
    });

    expect(exitCode).toBe(78);
    expect(report!.error!.message).toContain('buckets.0.name: the name of a');
  });
});

describe('minio-init meets a fault', () => {
  it.each([
    {
      fault: 'a wrong secret key',
      answer: { status: 403, code: 'SignatureDoesNotMatch' },
      code: 'authentication-failed',
      exit: 67,
      nextStep: 'Compare access key and secret key in the Secret',
    },
    {
      fault: 'an unknown access key',
      answer: { status: 403, code: 'InvalidAccessKeyId' },
      code: 'authentication-failed',
      exit: 67,
      nextStep: 'Compare access key and secret key in the Secret',
    },
    {
      fault: 'an access key that the gateway does not know',
      answer: { status: 404, code: 'XAdminUserNotFound' },
      code: 'authentication-failed',
      exit: 67,
      nextStep: 'Compare access key and secret key in the Secret',
    },
    {
      fault: '500 forever',
      answer: { status: 500, code: 'InternalError' },
      code: 'service-unavailable',
      exit: 69,
      nextStep: 'Look at the log of the object storage',
    },
    {
      fault: 'a full disk',
      answer: { status: 507, code: 'XMinioStorageFull' },
      code: 'service-unavailable',
      exit: 69,
      nextStep: 'no space left',
    },
    {
      fault: 'a bucket in another region',
      answer: { status: 301, code: 'PermanentRedirect' },
      code: 'misconfigured',
      exit: 78,
      nextStep: 'objectStorage.region',
    },
  ])(
    '$fault is $code',
    async ({ answer, code, exit, nextStep }) => {
      startPeer().fail(answer);

      const { exitCode, report, log } = await run();

      expect(exitCode).toBe(exit);
      expect(report).toMatchObject({
        outcome: 'failed',
        error: {
          code,
          service: 'object storage',
          message: expect.stringContaining(
            `object storage at ${ENDPOINT} answered ${answer.status} to: list the buckets`,
          ),
          nextStep: expect.stringContaining(nextStep),
        },
      });
      expect(log + JSON.stringify(report)).not.toContain(SECRET);
    },
    20_000,
  );

  it('a missing Secret is misconfigured and named', async () => {
    startPeer();

    const { exitCode, report } = await run({
      env: { S3_ACCESS_KEY: 'akko-admin' },
    });

    expect(exitCode).toBe(78);
    expect(report!.error).toMatchObject({
      code: 'misconfigured',
      message:
        'The secret key of the object storage is missing: Secret akko-minio, key root-password is not there or empty.',
    });
  });

  it('a storage that is down is waited for, then unavailable', async () => {
    const port = await freePort();
    const base = config();

    const { exitCode, report, log } = await run({
      config: {
        ...base,
        objectStorage: {
          ...base.objectStorage,
          endpoint: `http://127.0.0.1:${port}`,
        },
      },
    });

    expect(exitCode).toBe(69);
    expect(report!.error).toMatchObject({
      code: 'service-unavailable',
      service: 'object storage',
      message: expect.stringContaining(
        `object storage at http://127.0.0.1:${port} is not reachable: the connection was refused`,
      ),
    });
    expect(log).toContain(`waiting for object storage at`);
  });

  it('a storage that comes up slowly is waited for', async () => {
    startPeer().fail({ status: 503, code: 'XMinioServerNotInitialized' }, 6);

    const { exitCode, log } = await run({
      config: config({ waitSeconds: 20 }),
    });

    expect(exitCode).toBe(0);
    expect(log).toContain('waiting for object storage');
    expect(log).toContain('is ready after');
  }, 20_000);

  it('a 500 in the middle is tried again', async () => {
    const peer = startPeer();
    await run({ config: config({ buckets: [{ name: 'akko-users' }] }) });
    peer.buckets.clear();
    peer.faults.push(undefined as any, { status: 500 }, { status: 502 });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(4);
  });

  it('an account that may make no bucket is told what it lacks', async () => {
    startPeer({ mayList: false, mayCreate: false });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(77);
    expect(report!.error).toMatchObject({
      code: 'permission-denied',
      message: `object storage at ${ENDPOINT} answered 403 to: create the bucket akko-warehouse (AccessDenied: Access Denied).`,
      nextStep: expect.stringContaining('missing right'),
    });
  });

  it('a policy that the storage does not take is misconfigured', async () => {
    startPeer();

    const { exitCode, report } = await run({
      config: config({ buckets: [{ name: 'akko-users', policy: { a: 1 } }] }),
    });

    expect(exitCode).toBe(78);
    expect(report!.error!.message).toContain(
      'set the policy of the bucket akko-users (MalformedPolicy: Missing required field Statement)',
    );
    expect(report!.totals!.created).toBe(1);
  });
});
