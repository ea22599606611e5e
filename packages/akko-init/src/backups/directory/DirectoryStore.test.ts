import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { newBackupId } from '../backupId';
import { postgresManifest, type PostgresManifest } from '../manifest';
import { textOf } from '../postgres/PostgresTool';
import { DirectoryStore } from './DirectoryStore';

let root: string;
let warnings: string[];
let stop: AbortController;
let store: DirectoryStore<PostgresManifest>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'akko-backups-'));
  warnings = [];
  stop = new AbortController();
  store = new DirectoryStore(root, postgresManifest, {
    log: { warn: (text: string) => warnings.push(text) } as never,
    signal: stop.signal,
  });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function writeGlobals(id = newBackupId()) {
  const draft = await store.begin(id);
  const file = 'infra/globals.sql';
  const stored = await draft.write(file, Readable.from([Buffer.from('roles')]));
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
      items: [{ type: 'globals', server: 'infra', file, ...stored }],
    }),
  };
}

async function take(): Promise<string> {
  const { draft, manifest } = await writeGlobals();
  await draft.commit(manifest);
  return draft.id;
}

const ids = async () => (await store.list()).map(({ id }) => id);

/** As if the run had been silent since then. */
function silentSince(id: string, secondsAgo: number) {
  const then = Date.now() / 1000 - secondsAgo;
  utimesSync(join(root, `.partial-${id}`, 'running'), then, then);
}

describe('DirectoryStore', () => {
  it('has no backups in a folder that is not there yet', async () => {
    rmSync(root, { recursive: true });
    expect(await store.list()).toEqual([]);
  });

  it('counts a backup only when it is finished', async () => {
    const { draft, manifest } = await writeGlobals();
    expect(await store.list()).toEqual([]);
    expect(readdirSync(root)).toEqual([`.partial-${draft.id}`]);

    await draft.commit(manifest);

    expect(await store.list()).toEqual([
      expect.objectContaining({ id: draft.id, damaged: [] }),
    ]);
    expect(readdirSync(join(root, draft.id)).sort()).toEqual([
      'infra',
      'manifest.json',
    ]);
    expect(await textOf(await store.open(draft.id, 'infra/globals.sql'))).toBe(
      'roles',
    );
  });

  it('lists the oldest first', async () => {
    const taken = [await take(), await take(), await take()];
    expect(await ids()).toEqual(taken);
  });

  it('leaves nothing of a backup that is given up', async () => {
    const { draft } = await writeGlobals();
    await draft.discard();
    expect(readdirSync(root)).toEqual([]);
  });

  it('does not look at what is not its own, and never removes it', async () => {
    const foreign = newBackupId();
    mkdirSync(join(root, foreign));
    writeFileSync(join(root, foreign, 'manifest.json'), '{"mine":true}');
    mkdirSync(join(root, 'lost+found'));
    writeFileSync(join(root, 'notes.txt'), 'mine');
    mkdirSync(join(root, '.partial-mine'));
    utimesSync(join(root, '.partial-mine'), 1, 1);

    const own = await take();

    expect(await ids()).toEqual([own]);
    expect(readdirSync(root).sort()).toEqual(
      ['lost+found', 'notes.txt', '.partial-mine', foreign, own].sort(),
    );
  });

  it.each([
    ['is missing', (path: string) => unlinkSync(path)],
    ['is shorter', (path: string) => truncateSync(path, 2)],
  ])('tells a backup damaged of which a file %s', async (_, damage) => {
    const id = await take();
    damage(join(root, id, 'infra/globals.sql'));
    expect(await store.list()).toEqual([
      expect.objectContaining({ id, damaged: ['infra/globals.sql'] }),
    ]);
  });

  it('removes what a killed run left when it has been silent for long, and only then', async () => {
    const { draft: alive } = await writeGlobals();
    const { draft: dead } = await writeGlobals();
    silentSince(alive.id, 60);
    silentSince(dead.id, 180);

    const draft = await store.begin(newBackupId());

    expect(draft.removed).toEqual([`.partial-${dead.id}`]);
    expect(readdirSync(root).sort()).toEqual(
      [`.partial-${alive.id}`, `.partial-${draft.id}`].sort(),
    );
    await alive.discard();
    await draft.discard();
  });

  it('does not let a run finish that was taken for dead', async () => {
    const { draft, manifest } = await writeGlobals();
    silentSince(draft.id, 180);
    await (await store.begin(newBackupId())).discard();

    await expect(draft.commit(manifest)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await store.list()).toEqual([]);
  });

  it('does not count a backup whose removal was cut short, and removes the rest of it later', async () => {
    const id = await take();
    renameSync(join(root, id), join(root, `.removing-${id}`));

    expect(await store.list()).toEqual([]);
    await (await store.begin(newBackupId())).discard();
    expect(readdirSync(root)).toEqual([]);
  });

  it('removes a backup that another run removes at the same time', async () => {
    const id = await take();
    await Promise.all([store.remove(id), store.remove(id)]);
    expect(readdirSync(root)).toEqual([]);
  });

  it('says what to do when the volume is full, and keeps what is there', async () => {
    const before = await take();
    const draft = await store.begin(newBackupId());
    symlinkSync('/dev/full', join(root, `.partial-${draft.id}`, 'data.dump'));

    await expect(
      draft.write('data.dump', Readable.from([Buffer.alloc(100_000)])),
    ).rejects.toMatchObject({
      code: 'service-unavailable',
      message: `The backup volume at ${root} refused to write data.dump: it is full (ENOSPC).`,
      nextStep: expect.stringContaining('Enlarge the volume'),
    });
    await draft.discard();

    expect(readdirSync(root)).toEqual([before]);
  });

  it('passes the error of what it copies on as it is', async () => {
    const draft = await store.begin(newBackupId());
    const source = new Readable({
      read() {
        this.destroy(new Error('cut'));
      },
    });
    await expect(draft.write('data.dump', source)).rejects.toThrow('cut');
    await draft.discard();
  });

  it('ends a copy when the job shall stop', async () => {
    const draft = await store.begin(newBackupId());
    const endless = new Readable({ read() {} });
    const writing = draft.write('data.dump', endless);
    stop.abort('SIGTERM');
    await expect(writing).rejects.toThrow();
    await draft.discard();
    expect(existsSync(join(root, `.partial-${draft.id}`))).toBe(false);
    expect(warnings).toEqual([]);
  });
});
