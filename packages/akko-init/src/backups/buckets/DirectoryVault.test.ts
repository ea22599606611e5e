import {
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { newBackupId } from '../backupId';
import { DirectoryDraft } from '../directory/DirectoryDraft';
import { DirectoryVault } from './DirectoryVault';
import type { IndexEntry } from './objectIndex';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'akko-vault-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function begin() {
  const signal = new AbortController().signal;
  const draft = await DirectoryDraft.start(root, newBackupId(), [], signal);
  return { draft, vault: new DirectoryVault(draft) };
}

async function finishedWith(content: Buffer) {
  const { draft, vault } = await begin();
  const added = await vault.add(Readable.from([content]), content.length);
  await draft.commit('{}');
  const entry = { file: added.file, size: added.bytes } as IndexEntry;
  return { id: draft.id, entry, ...added };
}

const SMALL = Buffer.from('content');
const LARGE = Buffer.alloc(3 * 1024 * 1024, 'x');

describe('DirectoryVault', () => {
  it.each([
    ['small', SMALL],
    ['large', LARGE],
  ])(
    'keeps a %s content under its checksum, once however often it is there',
    async (_, content) => {
      const { draft, vault } = await begin();
      const [first, second] = await Promise.all(
        [1, 2].map(() => vault.add(Readable.from([content]), content.length)),
      );
      expect(first).toEqual(second);
      expect(first.file).toBe(
        `objects/${first.sha256.slice(0, 2)}/${first.sha256}`,
      );
      expect(readFileSync(join(draft.folder, first.file)).equals(content)).toBe(
        true,
      );
      await draft.discard();
    },
  );

  it('links what the backup before has, and survives its removal', async () => {
    const before = await finishedWith(SMALL);
    const { draft, vault } = await begin();

    const file = await vault.reuse(before.id, before.entry);

    expect(file).toBe(before.file);
    const inode = (...path: string[]) => statSync(join(root, ...path)).ino;
    expect(statSync(join(draft.folder, file!)).ino).toBe(
      inode(before.id, before.file),
    );
    rmSync(join(root, before.id), { recursive: true });
    expect(readFileSync(join(draft.folder, file!))).toEqual(SMALL);
    await draft.discard();
  });

  it('does not take over what is damaged or not there any more', async () => {
    const before = await finishedWith(SMALL);
    const { draft, vault } = await begin();

    truncateSync(join(root, before.id, before.file), 2);
    expect(await vault.reuse(before.id, before.entry)).toBeUndefined();
    rmSync(join(root, before.id), { recursive: true });
    expect(await vault.reuse(before.id, before.entry)).toBeUndefined();
    await draft.discard();
  });

  it('copies where the file system cannot link', async () => {
    const before = await finishedWith(SMALL);
    const { draft, vault } = await begin();
    const refusal = Object.assign(new Error('no links'), { code: 'EMLINK' });
    const link = jest.spyOn(files, 'link').mockRejectedValue(refusal);
    try {
      expect(await vault.reuse(before.id, before.entry)).toBe(before.file);
    } finally {
      link.mockRestore();
    }
    expect(readFileSync(join(draft.folder, before.file))).toEqual(SMALL);
    await draft.discard();
  });

  it('links a content twice where two objects have it', async () => {
    const before = await finishedWith(SMALL);
    const { draft, vault } = await begin();
    await vault.reuse(before.id, before.entry);
    expect(await vault.reuse(before.id, before.entry)).toBe(before.file);
    await draft.discard();
  });
});
