import { Readable } from 'node:stream';
import { ObjectPeer } from '../../__testUtils__/ObjectPeer';
import { peerContext, storageOf } from '../../__testUtils__/storageOf';
import { newBackupId } from '../backupId';
import { postgresManifest, type PostgresManifest } from '../manifest';
import { textOf } from '../postgres/PostgresTool';
import { S3Store } from './S3Store';

const BUCKET = 'akko-backups';
const FILE = 'infra/globals.sql';
const MINUTE = 60_000;

let peer: ObjectPeer;
let stop: AbortController;
let store: S3Store<PostgresManifest>;

beforeEach(async () => {
  peer = await ObjectPeer.start();
  peer.buckets.set(BUCKET, new Map());
  stop = new AbortController();
  const context = peerContext(stop);
  store = new S3Store(
    storageOf(peer, context),
    BUCKET,
    'prod/postgres',
    postgresManifest,
    context,
  );
});
afterEach(() => peer.stop());

const keyOf = (id: string, file: string) => `prod/postgres/${id}/${file}`;

async function writeGlobals(id = newBackupId()) {
  const draft = await store.begin(id);
  const stored = await draft.write(FILE, Readable.from([Buffer.from('roles')]));
  return {
    draft,
    manifest: JSON.stringify({
      schema: 'akko.io/backup/v1',
      kind: 'postgres',
      id,
      startedAt: new Date().toISOString(),
      finishedAt: new Date().toISOString(),
      program: 'test',
      toolVersion: '17',
      servers: [],
      items: [{ type: 'globals', server: 'infra', file: FILE, ...stored }],
    }),
  };
}

async function take(): Promise<string> {
  const { draft, manifest } = await writeGlobals();
  await draft.commit(manifest);
  return draft.id;
}

describe('S3Store', () => {
  it('counts a backup only when its manifest is written, as the last of its objects', async () => {
    const { draft, manifest } = await writeGlobals();
    expect(await store.list()).toEqual([]);

    await draft.commit(manifest);

    expect(await store.list()).toEqual([
      expect.objectContaining({ id: draft.id, damaged: [] }),
    ]);
    expect(peer.keys(BUCKET)).toEqual([
      keyOf(draft.id, FILE),
      keyOf(draft.id, 'manifest.json'),
    ]);
    const puts = peer.requests.filter(({ method }) => method === 'PUT');
    expect(puts[puts.length - 1].key).toBe(keyOf(draft.id, 'manifest.json'));
    expect(await textOf(await store.open(draft.id, FILE))).toBe('roles');
  });

  it('has the same in the root of a bucket', async () => {
    const context = peerContext();
    store = new S3Store(
      storageOf(peer, context),
      BUCKET,
      '',
      postgresManifest,
      context,
    );
    const id = await take();
    expect(peer.keys(BUCKET)).toContain(`${id}/manifest.json`);
    expect(await store.list()).toHaveLength(1);
    expect(store.location).toBe('s3://akko-backups');
  });

  it('writes a large file in parts', async () => {
    const part = Buffer.alloc(1024 * 1024, 'x');
    const draft = await store.begin(newBackupId());
    const stored = await draft.write(
      'data.dump',
      Readable.from(Array(40).fill(part)),
    );
    expect(stored.bytes).toBe(40 * part.length);
    expect(
      peer.requests.filter(({ query }) => query.has('partNumber')),
    ).toHaveLength(2);
    expect(
      peer.buckets.get(BUCKET)!.get(keyOf(draft.id, 'data.dump'))!.content,
    ).toHaveLength(stored.bytes);
    await draft.discard();
  });

  it('leaves nothing of a backup that is given up in the middle of a large file, also when the job shall stop', async () => {
    const draft = await store.begin(newBackupId());
    const endless = new Readable({
      read() {
        this.push(Buffer.alloc(1024 * 1024));
      },
    });
    peer.interfere = ({ query }) => {
      if (query.get('partNumber') === '2') {
        stop.abort('SIGTERM');
      }
      return undefined;
    };
    await expect(draft.write('data.dump', endless)).rejects.toThrow();
    expect(stop.signal.aborted).toBe(true);
    await draft.discard();
    expect(peer.keys(BUCKET)).toEqual([]);
    expect(peer.uploads.size).toBe(0);
  });

  it('does not look at what is not its own', async () => {
    const foreign = newBackupId();
    peer.put(BUCKET, keyOf(foreign, 'manifest.json'), '{"mine":true}');
    peer.put(BUCKET, 'prod/postgres/notes/x', 'mine');
    peer.put(BUCKET, 'prod/other', 'mine');
    const before = peer.keys(BUCKET);
    peer.now = () => new Date(Date.now() + 60 * MINUTE);

    const id = await take();
    await store.remove(id);

    expect(peer.keys(BUCKET)).toEqual(before);
  });

  it('tells a backup damaged of which an object is missing', async () => {
    const id = await take();
    peer.buckets.get(BUCKET)!.delete(keyOf(id, FILE));
    expect(await store.list()).toEqual([
      expect.objectContaining({ id, damaged: [FILE] }),
    ]);
    await expect(store.open(id, FILE)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it("removes what a killed run left when it has been silent for long by the storage's clock, and only then", async () => {
    const now = Date.now();
    peer.now = () => new Date(now - 162.5 * MINUTE);
    const { draft: dead } = await writeGlobals();
    peer.now = () => new Date(now - 161.5 * MINUTE);
    const { draft: alive } = await writeGlobals();
    // The storage's clock is hours behind.
    peer.now = () => new Date(now - 160 * MINUTE);

    const draft = await store.begin(newBackupId());

    expect(draft.removed).toEqual([dead.id]);
    expect(peer.keys(BUCKET)).toEqual(
      [
        keyOf(alive.id, FILE),
        keyOf(alive.id, 'running'),
        keyOf(draft.id, 'running'),
      ].sort(),
    );
  });

  it('does not let a run finish that was taken for dead', async () => {
    const { draft, manifest } = await writeGlobals();
    peer.now = () => new Date(Date.now() + 5 * MINUTE);
    await (await store.begin(newBackupId())).discard();

    await expect(draft.commit(manifest)).rejects.toMatchObject({
      code: 'conflict',
    });
    await draft.discard();

    expect(await store.list()).toEqual([]);
    expect(peer.keys(BUCKET)).toEqual([]);
  });

  it('does not finish after it slept for so long that others may have acted on it', async () => {
    const { draft, manifest } = await writeGlobals();
    const woken = Date.now() + 3 * MINUTE;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(woken);
    try {
      await expect(draft.commit(manifest)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('was silent for so long'),
      });
    } finally {
      clock.mockRestore();
    }
    expect(await store.list()).toEqual([]);
    await draft.discard();
  });

  it('leaves a run alone that finishes while it is taken for dead', async () => {
    const { draft, manifest } = await writeGlobals();
    peer.now = () => new Date(Date.now() + 5 * MINUTE);
    peer.interfere = async ({ method, key }) => {
      if (method === 'GET' && key === keyOf(draft.id, 'manifest.json')) {
        peer.put(BUCKET, key, manifest);
      }
      return undefined;
    };
    const other = await store.begin(newBackupId());
    expect(other.removed).toEqual([]);
    expect(peer.keys(BUCKET)).toContain(keyOf(draft.id, FILE));
  });

  it('removes the manifest first, so that a removal that is cut short leaves nothing that counts', async () => {
    const id = await take();
    let removals = 0;
    peer.interfere = ({ query }) =>
      query.has('delete') && ++removals > 1
        ? ObjectPeer.problem(403, 'AccessDenied')
        : undefined;
    await expect(store.remove(id)).rejects.toMatchObject({
      code: 'permission-denied',
    });
    peer.interfere = () => undefined;
    expect(peer.keys(BUCKET)).toEqual([keyOf(id, FILE)]);
    expect(await store.list()).toEqual([]);
  });

  it(
    'waits for a storage that does not answer, but not for ever',
    async () => {
      let refusals = 1;
      peer.interfere = () =>
        refusals-- > 0 ? ObjectPeer.problem(503, 'SlowDown') : undefined;
      expect(await store.list()).toEqual([]);
      refusals = Infinity;
      await expect(store.list()).rejects.toMatchObject({
        code: 'service-unavailable',
      });
    },
    MINUTE,
  );

  it('says so when the bucket is missing', async () => {
    peer.buckets.clear();
    await expect(store.begin(newBackupId())).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
