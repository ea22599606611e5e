import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const OBJECTS = {
  'page.html': {
    content: '<p>',
    headers: {
      'content-type': 'text/html',
      'content-language': 'de',
      'x-amz-meta-owner': 'alice',
    },
  },
  '../x': { content: 'outside?' },
  'control\u0001': { content: '' },
  'large/object': { content: 'x'.repeat(2 * 1024 * 1024) },
};

jest.setTimeout(60_000);

let peer: ObjectPeer;
let folder: string;
let id: string;
beforeAll(async () => {
  peer = await ObjectPeer.start();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'akko-volume-'));
  peer.buckets.clear();
  peer.interfere = () => undefined;
  for (const [key, object] of Object.entries(OBJECTS)) {
    const { content, headers } = { headers: {}, ...object };
    peer.put('akko-users', key, content, headers);
  }
  peer.buckets.set('akko-empty', new Map());
  id = await backUp();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => peer.stop());

function config(endpoint = peer.endpoint, overrides = {}) {
  return {
    waitSeconds: 1.2,
    objectStorage: peerConfig(endpoint),
    target: { type: 'directory', path: folder },
    ...overrides,
  };
}

const JOB = {
  command: 'drill minio',
  endpoint: () => peer.endpoint,
  config,
  env: () => PEER_ENV,
};

async function backUp(overrides: Record<string, unknown> = {}) {
  const { report, log } = await runJobHere('backup minio', {
    config: config(peer.endpoint, overrides),
    env: PEER_ENV,
  });
  expect(report!.outcome === 'succeeded' ? '' : log).toBe('');
  return report!.backup!.id;
}

function run(overrides: Record<string, unknown> = {}, args: string[] = []) {
  return runJobHere('drill minio', {
    config: config(peer.endpoint, overrides),
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

const indexFile = () => join(folder, id, 'buckets/akko-users.ndjson');

function entryOf(key: string): IndexEntry {
  return readFileSync(indexFile(), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
    .find(entry => entry.key === key);
}

describe('drill-minio', () => {
  it('restores the newest backup, finds it equal, and leaves nothing', async () => {
    const before = JSON.stringify([...peer.buckets]);
    const { backup, changes } = await runWell();
    expect(backup).toMatchObject({
      id,
      location: join(folder, id),
      itemCount: 2,
      items: [{ name: 'akko-users', count: 4 }, { name: 'akko-empty' }],
      verified: true,
      level: 'restored',
    });
    expect(backup.restoreSeconds).toBeGreaterThan(0);
    expect(changes).toContainEqual({
      kind: 'test restore',
      name: 'akko-users',
      action: 'created',
      note: `of ${id}`,
    });
    expect(JSON.stringify([...peer.buckets]) === before).toBe(true);
  });

  it('proves what was backed up, whatever became of the source', async () => {
    peer.buckets.clear();
    await runWell();
    expect(peer.buckets.size).toBe(0);
  });

  it('proves a backup in an object storage', async () => {
    peer.buckets.set('akko-backups', new Map());
    const target = {
      type: 's3',
      objectStorage: peerConfig(peer.endpoint),
      bucket: 'akko-backups',
    };
    const there = await backUp({ target });
    const { backup } = await runWell({ target });
    expect(backup.id).toBe(there);
  });

  it('proves the backup that is named', async () => {
    await backUp();
    const { backup } = await runWell({ backup: id });
    expect(backup.id).toBe(id);
  });

  it('says in a plan what it would restore, and does nothing', async () => {
    peer.requests.length = 0;
    const { report } = await run({}, ['--plan']);
    expect(report!.changes!.map(({ name }) => name)).toEqual([
      'akko-users',
      'akko-empty',
    ]);
    expect(peer.requests).toEqual([]);
  });

  it('removes what killed drills left, and not what a running one may work with', async () => {
    const left = 'akko-drill-20260101t000000000z-abcdef-0';
    const used = `akko-drill-${newBackupId().toLowerCase()}-0`;
    for (const name of [left, used, 'akko-drill-results']) {
      peer.put(name, 'x', 'x');
    }
    const { log } = await runWell();
    expect(log).toContain(`removed the bucket ${left}`);
    expect([...peer.buckets.keys()].sort()).toEqual(
      ['akko-drill-results', used, 'akko-empty', 'akko-users'].sort(),
    );
  });
});

describe('a drill of a backup that is not good', () => {
  afterEach(() => {
    // The scratch is gone whatever happened.
    expect([...peer.buckets.keys()]).toEqual(['akko-users', 'akko-empty']);
  });

  const contentFile = (key: string) => join(folder, id, entryOf(key).file);

  it('names the index that has changed', async () => {
    writeFileSync(
      indexFile(),
      readFileSync(indexFile(), 'utf8').replace('<p>', '<q>').slice(0, -1),
    );
    expect(await faultOfStorageJob(JOB)).toEqual(
      fault('conflict', 65, 'buckets/akko-users.ndjson has'),
    );
  });

  it('says which backup it is, and nothing good of it', async () => {
    rmSync(contentFile('page.html'));
    const { report } = await run();
    expect(report!.outcome).toBe('failed');
    expect(report!.backup).toEqual({ id, location: join(folder, id) });
  });

  it('names every object of which the content has changed', async () => {
    writeFileSync(contentFile('page.html'), '<q>');
    writeFileSync(contentFile('../x'), 'shorter');
    const { code, exitCode, message } = await faultOfStorageJob(JOB);
    expect({ code, exitCode }).toEqual({ code: 'conflict', exitCode: 65 });
    expect(message).toContain('akko-users/page.html has other content');
    expect(message).toContain('akko-users/../x has 7 bytes instead of 8');
  });

  it('names the object of which the content is missing', async () => {
    rmSync(contentFile('large/object'));
    expect(await faultOfStorageJob(JOB)).toEqual(
      fault('conflict', 65, 'akko-users/large/object cannot be restored'),
    );
  });

  it.each([
    {
      what: 'is lost',
      change: (bucket: string) => {
        peer.buckets.get(bucket)!.delete('page.html');
      },
      words: 'akko-users/page.html is missing after the restore',
    },
    {
      what: 'has other content',
      change: (bucket: string) =>
        peer.put(bucket, 'page.html', '<q>', OBJECTS['page.html'].headers),
      words: 'akko-users/page.html has other content',
    },
    {
      what: 'has other metadata',
      change: (bucket: string) => peer.put(bucket, 'page.html', '<p>'),
      words: 'akko-users/page.html has other metadata',
    },
  ])(
    'finds an object that $what after it was restored',
    async ({ change, words }) => {
      peer.interfere = ({ method, bucket, key }) => {
        if (
          method === 'GET' &&
          bucket.startsWith('akko-drill-') &&
          key === 'page.html'
        ) {
          change(bucket);
        }
        return undefined;
      };
      expect(await faultOfStorageJob(JOB)).toEqual(
        fault('conflict', 65, words),
      );
    },
  );

  it('fails when the account may not make buckets', async () => {
    peer.interfere = ({ method, bucket, key }) =>
      method === 'PUT' && bucket.startsWith('akko-drill-') && !key
        ? ObjectPeer.problem(403, 'AccessDenied')
        : undefined;
    expect(await faultOfStorageJob(JOB)).toEqual(
      fault('permission-denied', 77, 'AccessDenied'),
    );
  });

  it('fails when the named one is not there', async () => {
    const named = config(peer.endpoint, { backup: newBackupId() });
    expect(await faultOfStorageJob(JOB, { config: named })).toEqual(
      fault('not-found', 66, `there are ${id}`),
    );
    expect((await run({ backup: newBackupId() })).report!.backup).toBe(
      undefined,
    );
  });

  it('removes the scratch also when something comes into it at the last moment', async () => {
    let late = 0;
    peer.interfere = ({ method, bucket, key }) => {
      if (method === 'DELETE' && bucket.startsWith('akko-drill-') && !key) {
        late++;
        if (late === 1) {
          peer.put(bucket, 'late', 'an upload that was given up');
        }
      }
      return undefined;
    };
    await runWell();
    expect(late).toBeGreaterThan(1);
  });

  it('removes the scratch also when it shall stop', async () => {
    const stop = new AbortController();
    peer.interfere = ({ method, key }) => {
      if (method === 'GET' && key === '../x') {
        stop.abort('SIGTERM');
      }
      return undefined;
    };
    const { exitCode, report } = await runJobHere('drill minio', {
      config: config(),
      env: PEER_ENV,
      stop: stop.signal,
    });
    expect(exitCode).toBe(143);
    expect(report!.error!.message).toContain(
      'comparing what was restored of the bucket akko-users',
    );
  });
});

it.each(faultsOfStorage(JOB))('meets $name', async ({ meet, expected }) => {
  expect(await meet()).toEqual(expected);
});
