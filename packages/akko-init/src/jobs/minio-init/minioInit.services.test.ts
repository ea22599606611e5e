import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { faultOf } from '../../__testUtils__/faultOf';
import { FaultyProxy } from '../../__testUtils__/FaultyProxy';
import { createMinioAccount } from '../../__testUtils__/minioAccount';
import { runJobHere } from '../../__testUtils__/runJobHere';
import {
  describeOnServices,
  expectNothingChanged,
  expectSteadyState,
  freePort,
  hostOf,
  secretOf,
} from '../../__testUtils__/services';

const PREFIX = 'minio-init-test-';
const MINUTES = 60_000;

const stores = [
  {
    store: 'MinIO',
    service: 'akko-minio',
    port: 9000,
    accessKeyName: 'root-user',
    secretKeyName: 'root-password',
    hasVersions: true,
  },
  {
    store: "Versity's S3 gateway",
    service: 'akko-storage',
    port: 8333,
    accessKeyName: 'access-key',
    secretKeyName: 'secret-key',
    hasVersions: false,
  },
];

describeOnServices.each(stores)(
  'minio-init on $store',
  ({ store, service, port, accessKeyName, secretKeyName, hasVersions }) => {
    let client: S3Client;
    let host: string;
    let proxy: FaultyProxy;
    let env: Record<string, string>;

    const versioned = `${PREFIX}versioned`;
    const shared = `${PREFIX}shared`;
    const policyFor = (bucket: string, action: string) => ({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: action,
          Resource: `arn:aws:s3:::${bucket}/*`,
        },
      ],
    });

    function config(endpoint: string, overrides: Record<string, unknown> = {}) {
      return {
        waitSeconds: 2,
        objectStorage: {
          endpoint,
          accessKey: {
            env: 'S3_ACCESS_KEY',
            secret: service,
            key: accessKeyName,
          },
          secretKey: {
            env: 'S3_SECRET_KEY',
            secret: service,
            key: secretKeyName,
          },
        },
        buckets: [
          { name: versioned, versioning: true },
          { name: shared, policy: policyFor(shared, 's3:GetObject') },
          { name: `${PREFIX}users` },
        ],
        ...overrides,
      };
    }

    function direct(overrides?: Record<string, unknown>) {
      return config(`http://${host}:${port}`, overrides);
    }

    /** Every bucket of the test with its versioning and its policy. */
    async function dump(): Promise<string> {
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      const names = Buckets.map(({ Name }) => Name!).filter(name =>
        name.startsWith(PREFIX),
      );
      const states = await Promise.all(
        names.sort().map(async Bucket => {
          const { Status } = await client.send(
            new GetBucketVersioningCommand({ Bucket }),
          );
          const policy = await client
            .send(new GetBucketPolicyCommand({ Bucket }))
            .then(
              ({ Policy }) => Policy,
              ({ name }) => name,
            );
          return `${Bucket} ${Status} ${policy}`;
        }),
      );
      return states.join('\n');
    }

    async function removeBuckets(): Promise<void> {
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      for (const { Name: Bucket } of Buckets) {
        if (Bucket?.startsWith(PREFIX)) {
          const { Contents = [] } = await client.send(
            new ListObjectsV2Command({ Bucket }),
          );
          for (const { Key } of Contents) {
            await client.send(new DeleteObjectCommand({ Bucket, Key }));
          }
          await client.send(new DeleteBucketCommand({ Bucket }));
        }
      }
    }

    beforeAll(async () => {
      host = hostOf(service);
      env = {
        S3_ACCESS_KEY: secretOf(service, accessKeyName),
        S3_SECRET_KEY: secretOf(service, secretKeyName),
      };
      client = new S3Client({
        endpoint: `http://${host}:${port}`,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: {
          accessKeyId: env.S3_ACCESS_KEY,
          secretAccessKey: env.S3_SECRET_KEY,
        },
        requestChecksumCalculation: 'WHEN_REQUIRED',
      });
      proxy = await FaultyProxy.start({ host, port });
      await removeBuckets();
    });

    beforeEach(() => proxy.treat('pass'));

    afterAll(async () => {
      await removeBuckets();
      await proxy.stop();
      client.destroy();
    });

    it(
      'leaves the same state after five runs at once and twenty in a row',
      async () => {
        const first = await expectSteadyState({
          command: 'minio-init',
          config: direct(),
          env,
          dump,
        });

        const names = [`${PREFIX}shared`, `${PREFIX}users`, versioned];
        const state = await dump();
        expect(state.split('\n').map(line => line.split(' ')[0])).toEqual(
          names,
        );
        expect(state.includes('Enabled')).toBe(hasVersions);
        expect(state).toContain('s3:GetObject');
        expect(first[0].report!.totals!.skipped).toBe(hasVersions ? 0 : 1);
      },
      3 * MINUTES,
    );

    it('keeps what a person changed', async () => {
      await runJobHere('minio-init', { config: direct(), env });
      await client.send(
        new PutObjectCommand({ Bucket: shared, Key: 'mine', Body: 'mine' }),
      );
      await client.send(
        new PutBucketPolicyCommand({
          Bucket: shared,
          Policy: JSON.stringify(policyFor(shared, 's3:PutObject')),
        }),
      );
      if (hasVersions) {
        await client.send(
          new PutBucketVersioningCommand({
            Bucket: versioned,
            VersioningConfiguration: { Status: 'Suspended' },
          }),
        );
      }
      const before = await dump();

      const outcome = await runJobHere('minio-init', { config: direct(), env });

      expectNothingChanged(outcome);
      expect(outcome.report!.changes).toContainEqual({
        kind: 'bucket policy',
        name: shared,
        action: 'unchanged',
        note: 'differs from the values, kept',
      });
      expect(await dump()).toBe(before);
      const { KeyCount } = await client.send(
        new ListObjectsV2Command({ Bucket: shared }),
      );
      expect(KeyCount).toBe(1);
    });

    it('plans without changing anything', async () => {
      const before = await dump();

      const { exitCode, report } = await runJobHere('minio-init', {
        config: direct({ buckets: [{ name: `${PREFIX}planned` }] }),
        env,
        args: ['--plan'],
      });

      expect(exitCode).toBe(0);
      expect(report!.changes).toEqual([
        { kind: 'bucket', name: `${PREFIX}planned`, action: 'created' },
      ]);
      expect(await dump()).toBe(before);
    });

    describe('meets a fault', () => {
      function faultOfJob(options: {
        config: unknown;
        env: Record<string, string>;
      }) {
        return faultOf('minio-init', options, ['S3_SECRET_KEY']);
      }

      /** A failure that says what to do, and no secret. */
      function fault(code: string, exitCode: number, message: string) {
        return {
          code,
          exitCode,
          message: expect.stringContaining(message),
          hasNextStep: true,
          tellsSecret: false,
        };
      }

      it('a wrong secret key', async () => {
        expect(
          await faultOfJob({
            config: direct(),
            env: { ...env, S3_SECRET_KEY: 'not-the-secret' },
          }),
        ).toEqual(fault('authentication-failed', 67, 'SignatureDoesNotMatch'));
      });

      it('an unknown access key', async () => {
        expect(
          await faultOfJob({
            config: direct(),
            env: { ...env, S3_ACCESS_KEY: 'nobody-here' },
          }),
        ).toEqual(fault('authentication-failed', 67, 'to: list the buckets'));
      });

      it('a missing Secret', async () => {
        expect(
          await faultOfJob({
            config: direct(),
            env: { S3_ACCESS_KEY: env.S3_ACCESS_KEY },
          }),
        ).toEqual(
          fault(
            'misconfigured',
            78,
            `Secret ${service}, key ${secretKeyName} is not there`,
          ),
        );
      });

      it('a port that nobody listens on', async () => {
        expect(
          await faultOfJob({
            config: config(`http://127.0.0.1:${await freePort()}`),
            env,
          }),
        ).toEqual(
          fault('service-unavailable', 69, 'the connection was refused'),
        );
      });

      it('500 forever', async () => {
        proxy.treat({ status: 500 });
        expect(await faultOfJob({ config: config(proxy.url), env })).toEqual(
          fault('service-unavailable', 69, 'answered 500 to: list the buckets'),
        );
      });

      it.each([
        { treatment: 'cut' as const, words: 'the connection was cut' },
        { treatment: { status: 503 }, words: 'answered 503' },
      ])(
        'a storage that comes up slowly ($words) is waited for',
        async ({ treatment, words }) => {
          proxy.treat(treatment, 9);

          const { exitCode, log } = await runJobHere('minio-init', {
            config: config(proxy.url, { waitSeconds: 30 }),
            env,
          });

          expect({ exitCode, log: exitCode ? log : '' }).toEqual({
            exitCode: 0,
            log: '',
          });
          expect(log).toContain(words);
          expect(log).toContain('is ready after');
        },
        MINUTES,
      );

      it('a bucket name that S3 does not allow', async () => {
        expect(
          await faultOfJob({
            config: direct({ buckets: [{ name: '192.168.5.4' }] }),
            env,
          }),
        ).toEqual(fault('misconfigured', 78, 'to: '));
      });

      // The gateway of the testbed has one account only.
      if (store === 'MinIO') {
        it('an account that may make no bucket', async () => {
          const lesser = {
            accessKey: 'minio-init-lesser',
            secretKey: 'secret-of-the-lesser-account',
            policy: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['s3:ListBucket', 's3:GetBucketVersioning'],
                  Resource: [`arn:aws:s3:::${PREFIX}*`],
                },
              ],
            },
          };
          const remove = await createMinioAccount(
            client,
            env.S3_SECRET_KEY,
            lesser,
          );
          try {
            expect(
              await faultOfJob({
                config: direct({
                  buckets: [
                    { name: `${PREFIX}users` },
                    { name: `${PREFIX}more` },
                  ],
                }),
                env: {
                  S3_ACCESS_KEY: lesser.accessKey,
                  S3_SECRET_KEY: lesser.secretKey,
                },
              }),
            ).toEqual(
              fault(
                'permission-denied',
                77,
                `answered 403 to: create the bucket ${PREFIX}more (AccessDenied: Access Denied)`,
              ),
            );
          } finally {
            await remove();
          }
        });
      }
    });
  },
);
