import { Readable } from 'node:stream';
import { inGroups, lineOf, readIndex, type IndexEntry } from './objectIndex';
import { PreviousIndex } from './PreviousIndex';

function entry(key: string, changes: Partial<IndexEntry> = {}): IndexEntry {
  return {
    key,
    size: 1,
    etag: 'e',
    lastModified: '2026-01-02T03:04:05.678Z',
    sha256: 'a'.repeat(64),
    file: `objects/aa/${'a'.repeat(64)}`,
    ...changes,
  };
}

/** As the storage would list it. */
function listed(key: string, changes: Record<string, unknown> = {}) {
  const { size, etag, lastModified } = entry(key);
  return {
    key,
    size,
    etag,
    lastModified: new Date(lastModified),
    ...changes,
  };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const result: T[] = [];
  for await (const item of items) {
    result.push(item);
  }
  return result;
}

describe('an index', () => {
  it('has any key, whatever the chunks in which it is read', async () => {
    const entries = [
      '../../etc/passwd',
      'a',
      'a/',
      'a/b',
      'line\nbreak',
      'line\u2028separator',
      '☃😀',
      'n'.repeat(1024),
      '\u0001',
    ].map(key => entry(key));
    const bytes = Buffer.from(entries.map(lineOf).join(''));
    const chunks = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, i) =>
      bytes.subarray(i * 3, i * 3 + 3),
    );
    expect(await all(readIndex(Readable.from(chunks)))).toEqual(entries);
  });

  it.each([
    ['is cut short', '{"key":"a"'],
    ['lacks a field', '{"key":"a"}\n'],
    [
      'names a file outside of the backup',
      lineOf(entry('a', { file: '../../etc/passwd' })),
    ],
  ])('that %s is no index', async (_, text) => {
    const reading = all(readIndex(Readable.from([Buffer.from(text)])));
    await expect(reading).rejects.toThrow();
  });

  it('is read in groups', async () => {
    const numbers = Readable.from([1, 2, 3, 4, 5]);
    expect(await all(inGroups(numbers, 2))).toEqual([[1, 2], [3, 4], [5]]);
  });
});

describe('PreviousIndex', () => {
  async function found(before: IndexEntry[], now: ReturnType<typeof listed>[]) {
    const index = new PreviousIndex(
      readIndex(Readable.from([Buffer.from(before.map(lineOf).join(''))])),
    );
    const keys: string[] = [];
    for (const object of now) {
      const known = await index.find(object);
      if (known) {
        keys.push(known.key);
      }
    }
    return keys;
  }

  it('finds what is unchanged between what is new, gone, and changed', async () => {
    expect(
      await found(
        ['a', 'b', 'c', 'd', 'e', 'f'].map(key => entry(key)),
        [
          listed('a'),
          listed('aa'),
          listed('c', { etag: 'other' }),
          listed('d', { size: 2 }),
          listed('e', { lastModified: new Date() }),
          listed('f'),
          listed('g'),
        ],
      ),
    ).toEqual(['a', 'f']);
  });

  it('goes by the bytes of the keys, as storages do', async () => {
    // In UTF-16 the second one would come first.
    const keys = ['a', '\uff61', '\u{1f600}'];
    expect(
      await found(
        keys.map(key => entry(key)),
        keys.map(key => listed(key)),
      ),
    ).toEqual(keys);
  });

  it('finds everything in an order of its own, as long as it is the same', async () => {
    const keys = ['a/b', 'a.b', 'c'];
    expect(
      await found(
        keys.map(key => entry(key)),
        keys.map(key => listed(key)),
      ),
    ).toEqual(keys);
  });
});
