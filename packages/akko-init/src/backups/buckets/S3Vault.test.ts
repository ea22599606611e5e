import { Readable } from 'node:stream';
import { ObjectPeer } from '../../__testUtils__/ObjectPeer';
import { peerContext, storageOf } from '../../__testUtils__/storageOf';
import { newBackupId } from '../backupId';
import type { BackupDraft } from '../BackupStore';
import { minioManifest, type MinioManifest } from '../manifest';
import { S3Store } from '../objectStorage/S3Store';
import { textOf } from '../postgres/PostgresTool';
import { lineOf, type IndexEntry } from './objectIndex';
import { S3Vault } from './S3Vault';

const BUCKET = 'akko-backups';

let peer: ObjectPeer;
let context: ReturnType<typeof peerContext>;
let store: S3Store<MinioManifest>;

beforeEach(async () => {
  peer = await ObjectPeer.start();
  peer.buckets.set(BUCKET, new Map());
  context = peerContext();
  store = new S3Store(
    storageOf(peer, context),
    BUCKET,
    'minio',
    minioManifest,
    context,
  );
});
afterEach(() => peer.stop());

const contents = () =>
  peer.keys(BUCKET).filter(key => key.startsWith('minio/objects/'));

async function begin() {
  const draft = await store.begin(newBackupId());
  return { draft, vault: await S3Vault.open(store, draft, context) };
}

async function add(vault: S3Vault, text: string): Promise<IndexEntry> {
  const { bytes, sha256, file } = await vault.add(
    Readable.from([Buffer.from(text)]),
    text.length,
  );
  return {
    key: text,
    size: bytes,
    etag: 'e',
    lastModified: new Date().toISOString(),
    sha256,
    file,
  };
}

async function finish(draft: BackupDraft, entries: IndexEntry[]) {
  const file = 'buckets/x.ndjson';
  const stored = await draft.write(
    file,
    Readable.from([Buffer.from(entries.map(lineOf).join(''))]),
  );
  await draft.commit(
    JSON.stringify({
      schema: 'akko.io/backup/v1',
      kind: 'minio',
      id: draft.id,
      startedAt: new Date().toISOString(),
      finishedAt: new Date().toISOString(),
      program: 'test',
      source: 'test',
      items: [
        {
          bucket: 'x',
          file,
          ...stored,
          objects: entries.length,
          objectBytes: 0,
          copiedObjects: 0,
          copiedBytes: 0,
          vanishedObjects: 0,
        },
      ],
    }),
  );
}

describe('S3Vault', () => {
  it('keeps what a newer backup refers to when an older one is pruned, and removes the rest', async () => {
    const first = await begin();
    const [a, b] = [await add(first.vault, 'a'), await add(first.vault, 'b')];
    await finish(first.draft, [a, b]);
    const second = await begin();
    const reused = await second.vault.reuse(first.draft.id, a);
    const c = await add(second.vault, 'c');
    await finish(second.draft, [{ ...a, file: reused! }, c]);

    await store.remove(first.draft.id);
    await second.vault.collect();

    expect(contents()).toEqual([`minio/${a.file}`, `minio/${c.file}`]);
    expect(await textOf(await store.openObject(second.draft.id, a.file))).toBe(
      'a',
    );
    expect(peer.keys(BUCKET)).not.toContainEqual(
      expect.stringContaining('collecting'),
    );
  });

  it.each([
    ['is not there', (key: string) => peer.buckets.get(BUCKET)!.delete(key)],
    ['is shorter', (key: string) => peer.put(BUCKET, key, '')],
  ])('does not take over a content that %s', async (_, damage) => {
    const first = await begin();
    const a = await add(first.vault, 'a');
    await finish(first.draft, [a]);
    damage(`minio/${a.file}`);

    const { vault } = await begin();

    expect(await vault.reuse(first.draft.id, a)).toBeUndefined();
  });

  it('removes nothing while another backup is being taken, and does so in a later run', async () => {
    const other = await begin();
    const theirs = await add(other.vault, 'theirs');
    const own = await begin();
    await finish(own.draft, []);

    await own.vault.collect();

    expect(contents()).toEqual([`minio/${theirs.file}`]);
    expect(context.logText()).toContain('are left for the next run');
    await other.draft.discard();
    expect(contents()).toEqual([]);
  });

  it('removes nothing while there is a manifest that it cannot read', async () => {
    const first = await begin();
    await add(first.vault, 'a');
    const later = newBackupId();
    peer.put(BUCKET, `minio/${later}/manifest.json`, '{"schema":"v2"}');
    await finish(first.draft, []);

    await first.vault.collect();

    expect(contents()).toHaveLength(1);
  });

  it('removes what a killed run had copied', async () => {
    const killed = await begin();
    await add(killed.vault, 'a');
    const now = Date.now();
    peer.now = () => new Date(now + 300_000);
    const { draft, vault } = await begin();
    await finish(draft, []);

    await vault.collect();

    expect(contents()).toEqual([]);
  });

  it('waits while another run removes contents', async () => {
    const flag = 'minio/collecting/another';
    peer.put(BUCKET, flag, '');
    let looks = 0;
    peer.interfere = ({ query }) => {
      if (query.get('prefix') === 'minio/collecting/' && ++looks === 2) {
        peer.buckets.get(BUCKET)!.delete(flag);
      }
      return undefined;
    };

    await begin();

    expect(looks).toBe(2);
    const listing = peer.requests.findLastIndex(
      ({ query }) => query.get('prefix') === 'minio/objects/',
    );
    const lastLook = peer.requests.findLastIndex(
      ({ query }) => query.get('prefix') === 'minio/collecting/',
    );
    expect(listing).toBeGreaterThan(lastLook);
  });

  it('takes a run that shows no life for dead while it removes contents', async () => {
    const flag = 'minio/collecting/another';
    peer.put(BUCKET, flag, '');
    const start = Date.now();
    let hours = 0;
    const clock = jest
      .spyOn(Date, 'now')
      .mockImplementation(() => start + hours++ * 3_600_000);
    try {
      await begin();
    } finally {
      clock.mockRestore();
    }
    expect(peer.keys(BUCKET)).not.toContain(flag);
  });
});
