import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  faultOfStorageJob,
  faultsOfStorage,
} from '../../__testUtils__/objectStorageFaults';
import { ObjectPeer } from '../../__testUtils__/ObjectPeer';
import { fault } from '../../__testUtils__/postgresFaults';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { PEER_ENV, peerConfig } from '../../__testUtils__/storageOf';
import { newBackupId } from '../../backups/backupId';
import type { IndexEntry } from '../../backups/buckets/objectIndex';

/** Nothing of a key may become a path. */
const ODD_KEYS = [
  '../../etc/passwd',
  '/absolute',
  'a',
  'a/',
  'a/b',
  'a//b',
  'a/./b',
  'plus + and space',
  'per%2Fcent',
  '.partial-x',
  'manifest.json',
  'back\\slash',
  'line\nbreak',
  'line\u2028separator',
  'control\u0001character',
  '<&>"\'',
  '☃/😀',
  `${'n'.repeat(255)}/${'n'.repeat(768)}`,
];

jest.setTimeout(60_000);

let peer: ObjectPeer;
let folder: string;
beforeAll(async () => {
  peer = await ObjectPeer.start();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'akko-volume-'));
  peer.buckets.clear();
  peer.policies.clear();
  peer.interfere = () => undefined;
  for (const key of ['one', 'two', 'folder/three']) {
    peer.put('akko-users', key, `content of ${key}`);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => peer.stop());

function config(overrides: Record<string, unknown> = {}, endpoint?: string) {
  return {
    waitSeconds: 1.2,
    objectStorage: peerConfig(endpoint ?? peer.endpoint),
    target: { type: 'directory', path: folder },
    retention: 2,
    ...overrides,
  };
}

const JOB = {
  command: 'backup minio',
  endpoint: () => peer.endpoint,
  config: (endpoint: string) => config({}, endpoint),
  env: () => PEER_ENV,
};

function run(overrides: Record<string, unknown> = {}, args: string[] = []) {
  return runJobHere('backup minio', {
    config: config(overrides),
    env: PEER_ENV,
    args,
  });
}

async function runWell(overrides: Record<string, unknown> = {}) {
  const { exitCode, report, log } = await run(overrides);
  expect({ exitCode, log: exitCode ? log : '' }).toEqual({
    exitCode: 0,
    log: '',
  });
  return { backup: report!.backup!, changes: report!.changes!, log };
}

function manifestOf(id: string) {
  return JSON.parse(readFileSync(join(folder, id, 'manifest.json'), 'utf8'));
}

function entriesOf(id: string, bucket = 'akko-users'): IndexEntry[] {
  return readFileSync(join(folder, id, 'buckets', `${bucket}.ndjson`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

const contentOf = (id: string, { file }: IndexEntry) =>
  readFileSync(join(folder, id, file), 'utf8');

/** Objects that were read since the peer was asked for the first time. */
const reads = () =>
  peer.requests
    .splice(0, Infinity)
    .filter(({ method, key }) => method === 'GET' && key)
    .map(({ key }) => key);

const toS3 = (overrides: Record<string, unknown> = {}) => ({
  target: {
    type: 's3',
    objectStorage: peerConfig(peer.endpoint),
    bucket: 'akko-backups',
    prefix: 'minio',
    ...overrides,
  },
});

describe('backup-minio into a directory', () => {
  it('copies every object, with what is said of it and of its bucket', async () => {
    peer.put('akko-users', 'page.html', '<p>', {
      'content-type': 'text/html',
      'cache-control': 'no-cache',
      'x-amz-meta-owner': 'alice',
    });
    peer.buckets.set('akko-empty', new Map());
    peer.policies.set('akko-users', '{"Version":"2012-10-17"}');

    const { backup, changes } = await runWell();

    expect(backup).toMatchObject({
      location: join(folder, backup.id),
      itemCount: 2,
      bytes: 54,
      items: [
        { name: 'akko-users', count: 4, bytes: 54 },
        { name: 'akko-empty', count: 0, bytes: 0 },
      ],
      kept: 1,
      pruned: 0,
      verified: true,
      level: 'checksum',
    });
    expect(changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'bucket copy akko-users',
      'bucket copy akko-empty',
      `backup ${backup.id}`,
    ]);
    expect(manifestOf(backup.id)).toMatchObject({
      kind: 'minio',
      source: peer.endpoint,
      items: [
        {
          bucket: 'akko-users',
          objects: 4,
          copiedObjects: 4,
          vanishedObjects: 0,
          versioning: 'Off',
          policy: { Version: '2012-10-17' },
        },
        { bucket: 'akko-empty', objects: 0 },
      ],
    });
    const entries = entriesOf(backup.id);
    expect(entries.map(({ key }) => key)).toEqual([
      'folder/three',
      'one',
      'page.html',
      'two',
    ]);
    expect(entries[2]).toMatchObject({
      size: 3,
      contentType: 'text/html',
      cacheControl: 'no-cache',
      metadata: { owner: 'alice' },
    });
    expect(contentOf(backup.id, entries[0])).toBe('content of folder/three');
  });

  it('takes any key, and none becomes a path', async () => {
    for (const key of ODD_KEYS) {
      peer.put('akko-users', key, `content of ${key}`);
    }
    const { backup } = await runWell();

    const entries = entriesOf(backup.id);
    expect(entries.map(({ key }) => key)).toEqual(peer.keys('akko-users'));
    for (const entry of entries) {
      expect(contentOf(backup.id, entry)).toBe(`content of ${entry.key}`);
    }
    const files = readdirSync(join(folder, backup.id), {
      recursive: true,
      withFileTypes: true,
    });
    expect(
      files.filter(each => each.isFile()).map(({ name }) => name),
    ).not.toContainEqual(
      expect.not.stringMatching(
        /^([0-9a-f]{64}|akko-users\.ndjson|manifest\.json)$/,
      ),
    );
    expect(readdirSync(folder)).toEqual([backup.id]);
  });

  it('takes more objects than a listing has at once', async () => {
    for (let index = 0; index < 2100; index++) {
      peer.put('akko-users', `many/${index}`, `content ${index % 7}`);
    }
    const { backup } = await runWell({ concurrency: 32 });
    expect(backup.items).toMatchObject([{ count: 2103 }]);
  });

  it('does not copy again what is unchanged, and links it', async () => {
    const first = await runWell();
    reads();
    peer.put('akko-users', 'one', 'another content');
    peer.put('akko-users', 'new', 'new content');
    peer.buckets.get('akko-users')!.delete('two');

    const second = await runWell();

    expect(reads().sort()).toEqual(['new', 'one']);
    const entries = entriesOf(second.backup.id);
    expect(entries.map(each => contentOf(second.backup.id, each))).toEqual([
      'content of folder/three',
      'new content',
      'another content',
    ]);
    const inode = (id: string) =>
      statSync(join(folder, id, entries[0].file)).ino;
    expect(inode(second.backup.id)).toBe(inode(first.backup.id));
    expect(manifestOf(second.backup.id).items[0]).toMatchObject({
      objects: 3,
      copiedObjects: 2,
    });
  });

  it('keeps a backup whole when the one that it links to is pruned', async () => {
    await runWell({ retention: 1 });
    const { backup } = await runWell({ retention: 1 });
    expect(backup).toMatchObject({ kept: 1, pruned: 1 });
    expect(readdirSync(folder)).toEqual([backup.id]);
    expect(
      entriesOf(backup.id).map(each => contentOf(backup.id, each)),
    ).toContain('content of one');
  });

  it('does no harm to another run at the same time', async () => {
    await runWell({ retention: 1 });
    const runs = await Promise.all(
      [1, 2, 3].map(() => runWell({ retention: 1 })),
    );
    const ids = runs.map(({ backup }) => backup.id).sort();
    expect(readdirSync(folder)).toEqual([ids[2]]);
    expect(entriesOf(ids[2]).map(each => contentOf(ids[2], each))).toHaveLength(
      3,
    );
  });

  it('tells which objects vanish while it copies', async () => {
    peer.interfere = ({ method, key }) => {
      if (method === 'GET' && key === 'one') {
        peer.buckets.get('akko-users')!.delete('one');
      }
      return undefined;
    };
    const { backup, log } = await runWell();
    expect(manifestOf(backup.id).items[0]).toMatchObject({
      objects: 2,
      vanishedObjects: 1,
    });
    expect(log).toContain('akko-users/one was listed and is not there');
  });

  it('takes an object as it is when it is read, and again when it changed after it was listed', async () => {
    peer.interfere = ({ method, key }) => {
      if (method === 'GET' && key === 'one') {
        peer.put('akko-users', 'one', 'changed meanwhile');
      }
      return undefined;
    };
    const first = await runWell();
    const [, one] = entriesOf(first.backup.id);
    expect(contentOf(first.backup.id, one)).toBe('changed meanwhile');
    expect(one.etag).toBe(peer.buckets.get('akko-users')!.get('one')!.etag);
  });

  it('reads an object again when the connection is cut in the middle of it', async () => {
    let cuts = 0;
    peer.interfere = ({ method, key }) =>
      method === 'GET' && key === 'one' && ++cuts === 1
        ? {
            status: 200,
            body: 'content',
            headers: {
              'content-length': '14',
              connection: 'close',
              etag: '"x"',
            },
          }
        : undefined;
    const { backup } = await runWell({ waitSeconds: 30 });
    const [, one] = entriesOf(backup.id);
    expect(contentOf(backup.id, one)).toBe('content of one');
    expect(cuts).toBeGreaterThan(1);
  });

  it('leaves a bucket out that is removed meanwhile', async () => {
    peer.put('akko-short', 'x', 'x');
    peer.interfere = ({ bucket, query }) => {
      if (bucket === 'akko-short' && query.has('list-type')) {
        peer.buckets.delete('akko-short');
      }
      return undefined;
    };
    const { backup, changes } = await runWell();
    expect(backup.itemCount).toBe(1);
    expect(changes).toContainEqual(
      expect.objectContaining({ name: 'akko-short', action: 'skipped' }),
    );
  });

  it('takes the buckets that are chosen, and no scratch of a drill', async () => {
    const scratch = `akko-drill-${newBackupId().toLowerCase()}-0`;
    peer.put(scratch, 'x', 'x');
    peer.put('akko-shared', 'x', 'x');
    const { backup, changes } = await runWell({
      buckets: { exclude: ['akko-shared'] },
    });
    expect(backup.items!.map(({ name }) => name)).toEqual(['akko-users']);
    expect(changes).toContainEqual(
      expect.objectContaining({ name: scratch, action: 'skipped' }),
    );
  });

  it('says in a plan what it would copy and prune, and does nothing', async () => {
    const { backup } = await runWell();
    const { report } = await run({ retention: 1 }, ['--plan']);
    expect(report!.changes!.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      ['bucket copy akko-users', 'backup new', `old backup ${backup.id}`],
    );
    expect(readdirSync(folder)).toEqual([backup.id]);
  });
});

describe('backup-minio into an object storage', () => {
  beforeEach(() => {
    peer.buckets.set('akko-backups', new Map());
  });

  const copied = () =>
    peer
      .keys('akko-backups')
      .filter(key => key.startsWith('minio/objects/'))
      .map(key => String(peer.buckets.get('akko-backups')!.get(key)!.content));

  it('copies only what changed, and prunes what no backup needs', async () => {
    const first = await runWell({ ...toS3(), retention: 1 });
    expect(copied()).toHaveLength(3);
    peer.put('akko-users', 'one', 'another content');
    peer.buckets.get('akko-users')!.delete('two');

    const second = await runWell({ ...toS3(), retention: 1 });

    expect(second.backup).toMatchObject({
      location: `s3://akko-backups/minio/${second.backup.id}`,
      kept: 1,
      pruned: 1,
    });
    expect(copied().sort()).toEqual([
      'another content',
      'content of folder/three',
    ]);
    expect(
      peer
        .keys('akko-backups')
        .filter(key => !key.startsWith('minio/objects/')),
    ).toEqual(
      ['buckets/akko-users.ndjson', 'manifest.json'].map(
        file => `minio/${second.backup.id}/${file}`,
      ),
    );
    expect(first.backup.id).not.toBe(second.backup.id);
  });

  it.each(['by the same address', 'by another address'])(
    'never copies the bucket into itself, when it is reached %s',
    async way => {
      const { port } = new URL(peer.endpoint);
      const endpoint =
        way === 'by the same address'
          ? peer.endpoint
          : `http://localhost:${port}`;
      const target = toS3({ objectStorage: peerConfig(endpoint) });
      const { backup, changes } = await runWell(target);
      expect(backup.items!.map(({ name }) => name)).toEqual(['akko-users']);
      expect(changes).toContainEqual({
        kind: 'bucket copy',
        name: 'akko-backups',
        action: 'skipped',
        note: 'backups are kept in it',
      });
    },
  );

  it('copies a bucket of the same name in another storage', async () => {
    const other = await ObjectPeer.start();
    other.put('akko-backups', 'x', 'x');
    try {
      const { backup } = await runWell({
        ...toS3(),
        objectStorage: peerConfig(other.endpoint),
      });
      expect(backup.items).toMatchObject([{ name: 'akko-backups', count: 1 }]);
    } finally {
      await other.stop();
    }
  });

  it('fails when the bucket of the backups is not there', async () => {
    peer.buckets.delete('akko-backups');
    expect(await faultOfStorageJob(JOB, { config: config(toS3()) })).toEqual(
      fault('not-found', 66, 'NoSuchBucket'),
    );
  });

  it('fails, and leaves no bucket out, when the bucket of the backups is removed meanwhile', async () => {
    peer.interfere = ({ method, key }) => {
      if (method === 'GET' && key === 'one') {
        peer.buckets.delete('akko-backups');
      }
      return undefined;
    };
    const { exitCode } = await run(toS3());
    expect(exitCode).toBe(66);
  });
});

describe('a backup that fails leaves the ones that are there, and nothing else', () => {
  it.each([
    {
      what: 'a bucket may not be listed',
      refused: (query: URLSearchParams) => query.has('list-type'),
    },
    {
      what: 'an object may not be read',
      refused: (_: URLSearchParams, key: string) => key === 'one',
    },
  ])('when $what', async ({ refused }) => {
    const { backup } = await runWell();
    peer.put('akko-users', 'one', 'another content');
    peer.interfere = ({ query, key }) =>
      refused(query, key) ? ObjectPeer.problem(403, 'AccessDenied') : undefined;
    expect(await faultOfStorageJob(JOB)).toEqual(
      fault('permission-denied', 77, 'AccessDenied'),
    );
    expect(readdirSync(folder)).toEqual([backup.id]);
  });

  it('when the volume is full, at once', async () => {
    const { backup } = await runWell();
    peer.put('akko-users', 'large', Buffer.alloc(2 * 1024 * 1024));
    let timesRead = 0;
    peer.interfere = ({ method, key }) => {
      if (method === 'GET' && key === 'large') {
        timesRead++;
        const [draft] = readdirSync(folder).filter(name =>
          name.startsWith('.partial-'),
        );
        mkdirSync(join(folder, draft, 'objects'), { recursive: true });
        symlinkSync('/dev/full', join(folder, draft, 'objects/incoming-0'));
      }
      return undefined;
    };
    expect(
      await faultOfStorageJob(JOB, { config: config({ waitSeconds: 30 }) }),
    ).toEqual(fault('service-unavailable', 69, 'it is full (ENOSPC)'));
    expect(timesRead).toBe(1);
    expect(readdirSync(folder)).toEqual([backup.id]);
  });

  it('when a bucket is missing that is asked for', async () => {
    const asked = config({ buckets: { include: ['akko-none'] } });
    expect(await faultOfStorageJob(JOB, { config: asked })).toEqual(
      fault('not-found', 66, 'There is no bucket akko-none'),
    );
  });

  it('when the keys are wrong', async () => {
    peer.interfere = () => ObjectPeer.problem(403, 'SignatureDoesNotMatch');
    expect(await faultOfStorageJob(JOB)).toEqual(
      fault('authentication-failed', 67, 'SignatureDoesNotMatch'),
    );
  });

  it('when it shall stop', async () => {
    const { backup } = await runWell();
    peer.put('akko-users', 'one', 'another content');
    const stop = new AbortController();
    peer.interfere = ({ method, key }) => {
      if (method === 'GET' && key === 'one') {
        stop.abort('SIGTERM');
      }
      return undefined;
    };
    const { exitCode, report } = await runJobHere('backup minio', {
      config: config(),
      env: PEER_ENV,
      stop: stop.signal,
    });
    expect(exitCode).toBe(143);
    expect(report!.error!.message).toContain('copying the bucket akko-users');
    expect(readdirSync(folder)).toEqual([backup.id]);
  });
});

it.each(faultsOfStorage(JOB))('meets $name', async ({ meet, expected }) => {
  expect(await meet()).toEqual(expected);
});
