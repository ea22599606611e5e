import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { fillBucket } from '../../__testUtils__/fillBucket';
import { createMinioAccount } from '../../__testUtils__/minioAccount';
import {
  faultOfStorageJob,
  faultsOfStorage,
} from '../../__testUtils__/objectStorageFaults';
import { fault } from '../../__testUtils__/postgresFaults';
import { ProgramProcess } from '../../__testUtils__/ProgramProcess';
import { describeOnServices, isFullSize } from '../../__testUtils__/services';
import { canMount, SmallVolume } from '../../__testUtils__/SmallVolume';
import { TestStore } from '../../__testUtils__/TestStore';
import type { IndexEntry } from '../../backups/buckets/objectIndex';
import { removeObjects } from '../../backups/objectStorage/removal';

const itWithSmallVolumes = canMount ? it : it.skip;

const MINUTES = 60_000;
/** What the acceptance asks for. */
const MANY = isFullSize ? 10_000 : 1_500;
/** Several runs of this suite may use the same storages. */
const PREFIX = `backup-minio-${randomBytes(3).toString('hex')}-`;
const MANY_BUCKET = `${PREFIX}many`;
const FEW_BUCKET = `${PREFIX}few`;
const LARGE_BUCKET = `${PREFIX}large`;
const FEW = 200;
const LARGE_BYTES = 48 * 1024 * 1024;

describeOnServices('backup-minio and drill-minio on real storages', () => {
  let minio: TestStore;
  let gateway: TestStore;
  let folder: string;
  const volumes: SmallVolume[] = [];

  beforeAll(async () => {
    minio = new TestStore(
      'MINIO',
      'akko-minio',
      9000,
      'root-user',
      'root-password',
    );
    gateway = new TestStore(
      'GATEWAY',
      'akko-storage',
      8333,
      'access-key',
      'secret-key',
    );
    for (const store of [minio, gateway]) {
      await store.create(FEW_BUCKET);
    }
    await minio.create(MANY_BUCKET);
    await fillBucket(minio.client, MANY_BUCKET, manyObjects());
    await fillBucket(minio.client, FEW_BUCKET, fewObjects());
    await minio.create(LARGE_BUCKET);
    for (let index = 0; index < 4; index++) {
      const noise = createHash('sha512').update(String(index)).digest();
      await minio.put(
        LARGE_BUCKET,
        `${index}`,
        Buffer.alloc(LARGE_BYTES, noise),
      );
    }
  }, 3 * MINUTES);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'akko-volume-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    volumes.splice(0, Infinity).forEach(volume => volume.remove());
  });
  afterAll(async () => {
    await minio?.clear(PREFIX);
    await gateway?.clear(PREFIX);
  }, 2 * MINUTES);

  function* manyObjects(): Generator<[string, string]> {
    for (let index = 0; index < MANY; index++) {
      yield [`folder ${index % 37}/ü-${index}.txt`, `content ${index}`];
    }
  }

  function* fewObjects(): Generator<[string, string]> {
    for (let index = 0; index < FEW; index++) {
      yield [`few/${index}`, `content ${index}`];
    }
  }

  function config(
    bucket: string,
    overrides: Record<string, unknown> = {},
    endpoint?: string,
  ) {
    return {
      waitSeconds: 5,
      objectStorage: minio.config(endpoint),
      buckets: { include: [bucket] },
      target: { type: 'directory', path: folder },
      retention: 2,
      ...overrides,
    };
  }

  const env = () => ({ ...minio.env, ...gateway.env });

  const drillConfig = (
    bucket: string,
    overrides: Record<string, unknown> = {},
  ) => config(bucket, { scratchPrefix: `${PREFIX}drill-`, ...overrides });

  const begin = (command: string, options: unknown) =>
    new ProgramProcess(command, options, env());

  async function runWell(command: string, options: unknown) {
    const { exitCode, report, log } = await begin(command, options).ended;
    expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({
      exitCode: 0,
      log: '',
    });
    return report!.backup!;
  }

  function entriesOf(id: string, bucket: string): IndexEntry[] {
    return readFileSync(join(folder, id, `buckets/${bucket}.ndjson`), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  }

  const partials = () =>
    readdirSync(folder).filter(name => name.startsWith('.partial-'));

  it(
    `copies ${MANY} objects, restores them equal after damage, and copies none again`,
    async () => {
      const first = await runWell('backup minio', config(MANY_BUCKET));
      expect(first.items).toMatchObject([{ name: MANY_BUCKET, count: MANY }]);
      const expected = new Map(manyObjects());
      const entries = entriesOf(first.id, MANY_BUCKET);
      expect(entries).toHaveLength(MANY);
      const wrong = entries.filter(
        ({ key, file }) =>
          readFileSync(join(folder, first.id, file), 'utf8') !==
          expected.get(key),
      );
      expect(wrong).toEqual([]);

      const second = await runWell('backup minio', config(MANY_BUCKET));
      const manifest = JSON.parse(
        readFileSync(join(folder, second.id, 'manifest.json'), 'utf8'),
      );
      expect(manifest.items[0]).toMatchObject({
        objects: MANY,
        copiedObjects: 0,
      });

      await removeObjects(
        minio.storage,
        MANY_BUCKET,
        entries.slice(0, 1000).map(({ key }) => key),
      );
      await minio.put(MANY_BUCKET, entries[1000].key, 'damaged');
      const drill = await runWell('drill minio', drillConfig(MANY_BUCKET));
      expect(drill).toMatchObject({ id: second.id, level: 'restored' });
    },
    4 * MINUTES,
  );

  it(
    'takes what keys and metadata MinIO takes, and the policy and versioning of the bucket',
    async () => {
      const bucket = `${PREFIX}odd`;
      await minio.create(bucket);
      const keys = [
        'a b+c',
        'per%2Fcent',
        'dir/',
        'a&<b>"\'',
        '.partial-x',
        'back\\slash',
        'line\nbreak',
        'line\u2028separator',
        'control\u0001',
        'ü☃😀',
        'p/'.repeat(400),
      ];
      for (const key of keys) {
        await minio.put(bucket, key, `content of ${key}`);
      }
      const policy = {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: ['*'] },
            Action: ['s3:GetObject'],
            Resource: [`arn:aws:s3:::${bucket}/*`],
          },
        ],
      };
      await minio.client.send(
        new PutBucketPolicyCommand({
          Bucket: bucket,
          Policy: JSON.stringify(policy),
        }),
      );
      await minio.client.send(
        new PutBucketVersioningCommand({
          Bucket: bucket,
          VersioningConfiguration: { Status: 'Enabled' },
        }),
      );

      const { id } = await runWell('backup minio', config(bucket));

      const entries = entriesOf(id, bucket);
      expect(entries.map(({ key }) => key).sort()).toEqual([...keys].sort());
      expect(entries[0].metadata!.key).toBe(encodeURIComponent(entries[0].key));
      const manifest = JSON.parse(
        readFileSync(join(folder, id, 'manifest.json'), 'utf8'),
      );
      expect(manifest.items[0]).toMatchObject({
        versioning: 'Enabled',
        policy,
      });
      await runWell('drill minio', drillConfig(bucket));
    },
    MINUTES,
  );

  it.each(['GATEWAY', 'MINIO'] as const)(
    'keeps backups in a bucket: %s',
    async name => {
      const store = name === 'MINIO' ? minio : gateway;
      const bucket = `${PREFIX}target`;
      await store.create(bucket);
      const target = {
        type: 's3',
        objectStorage: store.config(),
        bucket,
        prefix: 'minio',
      };
      const options = { target, retention: 1 };
      await runWell('backup minio', config(FEW_BUCKET, options));
      await removeObjects(minio.storage, FEW_BUCKET, ['few/1', 'few/2']);
      await minio.put(FEW_BUCKET, 'few/3', `changed for ${name}`);

      const backup = await runWell('backup minio', config(FEW_BUCKET, options));

      expect(backup).toMatchObject({ kept: 1, pruned: 1 });
      const keys = await store.keys(bucket);
      expect(keys.filter(key => !key.includes('/objects/')).sort()).toEqual(
        [`buckets/${FEW_BUCKET}.ndjson`, 'manifest.json'].map(
          file => `minio/${backup.id}/${file}`,
        ),
      );
      expect(keys.filter(key => key.includes('/objects/'))).toHaveLength(
        backup.items![0].count!,
      );
      const drill = await runWell(
        'drill minio',
        drillConfig(FEW_BUCKET, { target }),
      );
      expect(drill.id).toBe(backup.id);

      const killed = await begin(
        'backup minio',
        // One after the other, so that some are there while others are not.
        config(LARGE_BUCKET, { ...options, concurrency: 1 }),
      ).killWhen(
        async () =>
          (
            await store.keys(bucket)
          ).some(key => key.includes('/objects/') && !keys.includes(key)),
        'SIGKILL',
      );
      expect(killed.signal).toBe('SIGKILL');
      const again = await runWell(
        'drill minio',
        drillConfig(FEW_BUCKET, { target }),
      );
      expect(again.id).toBe(backup.id);
    },
    2 * MINUTES,
  );

  it(
    'does not count what a killed run left, and removes it when that run is dead for sure',
    async () => {
      const good = await runWell('backup minio', config(FEW_BUCKET));
      const killed = await begin('backup minio', config(LARGE_BUCKET)).killWhen(
        () =>
          partials().some(name => existsSync(join(folder, name, 'objects'))),
        'SIGKILL',
      );
      expect(killed.signal).toBe('SIGKILL');
      const [partial] = partials();
      expect(partial).toBeDefined();
      utimesSync(join(folder, partial, 'running'), 1, 1);

      const next = await runWell('backup minio', config(FEW_BUCKET));

      expect(readdirSync(folder).sort()).toEqual([good.id, next.id]);
      const drill = await runWell('drill minio', drillConfig(FEW_BUCKET));
      expect(drill.id).toBe(next.id);
    },
    MINUTES,
  );

  it(
    'leaves nothing when it is told to end while it copies',
    async () => {
      const { exitCode, report } = await begin(
        'backup minio',
        config(LARGE_BUCKET),
      ).killWhen(
        () =>
          partials().some(name => existsSync(join(folder, name, 'objects'))),
        'SIGTERM',
      );
      expect(exitCode).toBe(143);
      expect(report!.error).toMatchObject({ code: 'timeout' });
      expect(readdirSync(folder)).toEqual([]);
    },
    MINUTES,
  );

  itWithSmallVolumes(
    'fails cleanly on a full volume, and prunes nothing',
    async () => {
      const volume = new SmallVolume(64);
      volumes.push(volume);
      const target = { type: 'directory', path: volume.path };
      const options = { target, retention: 1 };
      const good = await runWell('backup minio', config(FEW_BUCKET, options));

      const { exitCode, report } = await begin(
        'backup minio',
        config(LARGE_BUCKET, options),
      ).ended;

      expect(exitCode).toBe(69);
      expect(report!.error).toMatchObject({
        code: 'service-unavailable',
        service: 'backup volume',
        message: expect.stringContaining('it is full (ENOSPC)'),
      });
      expect(readdirSync(volume.path)).toEqual([good.id]);
    },
    MINUTES,
  );

  it(
    'is told by both storages what they have',
    async () => {
      await gateway.put(FEW_BUCKET, 'few/x', 'on the gateway');
      const { id, items } = await runWell('backup minio', {
        ...config(FEW_BUCKET),
        objectStorage: gateway.config(),
      });
      expect(items).toMatchObject([{ name: FEW_BUCKET, count: 1 }]);
      const [entry] = entriesOf(id, FEW_BUCKET);
      const { Body } = await gateway.client.send(
        new GetObjectCommand({ Bucket: FEW_BUCKET, Key: entry.key }),
      );
      expect(readFileSync(join(folder, id, entry.file), 'utf8')).toBe(
        await Body!.transformToString(),
      );
      await runWell('drill minio', {
        ...drillConfig(FEW_BUCKET),
        objectStorage: gateway.config(),
      });
    },
    MINUTES,
  );

  const job = {
    command: 'backup minio',
    endpoint: () => minio.endpoint,
    config: (endpoint: string) => ({
      ...config(FEW_BUCKET, { waitSeconds: 2 }),
      objectStorage: {
        endpoint,
        accessKey: { env: 'S3_ACCESS_KEY' },
        secretKey: { env: 'S3_SECRET_KEY' },
      },
    }),
    env: () => ({
      S3_ACCESS_KEY: minio.env.S3_ACCESS_KEY,
      S3_SECRET_KEY: minio.env.S3_SECRET_KEY,
    }),
  };

  it.each(faultsOfStorage(job))(
    'meets $name',
    async ({ meet, expected }) => {
      expect(await meet()).toEqual(expected);
    },
    MINUTES,
  );

  it('meets a wrong secret key', async () => {
    const wrong = { ...job.env(), S3_SECRET_KEY: 'not-the-secret-key' };
    expect(await faultOfStorageJob(job, { env: wrong })).toEqual(
      fault('authentication-failed', 67, 'SignatureDoesNotMatch'),
    );
  });

  it('meets an account that may not read the objects', async () => {
    const account = {
      accessKey: `backup${randomBytes(4).toString('hex')}`,
      secretKey: 'only-for-a-moment',
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['s3:ListAllMyBuckets', 's3:ListBucket'],
            Resource: ['arn:aws:s3:::*'],
          },
        ],
      },
    };
    const remove = await createMinioAccount(
      minio.client,
      minio.env.S3_SECRET_KEY,
      account,
    );
    try {
      expect(
        await faultOfStorageJob(job, {
          env: {
            S3_ACCESS_KEY: account.accessKey,
            S3_SECRET_KEY: account.secretKey,
          },
        }),
      ).toEqual(fault('permission-denied', 77, 'AccessDenied'));
    } finally {
      await remove();
    }
  });
});
