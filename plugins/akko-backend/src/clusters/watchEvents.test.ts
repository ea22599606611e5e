import { readWatchEvents } from './watchEvents';

async function read(chunks: Uint8Array[]) {
  const events: unknown[] = [];
  const body = (async function* bodyOf() {
    yield* chunks;
  })();
  for await (const event of readWatchEvents(body)) {
    events.push(event);
  }
  return events;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('readWatchEvents', () => {
  const event = { type: 'ADDED', object: { metadata: { name: 'größe-✓' } } };
  const other = { type: 'DELETED', object: { metadata: { name: 'b' } } };
  const wire = bytes(`${JSON.stringify(event)}\n\n${JSON.stringify(other)}\n`);

  it('reads the same events however the bytes are cut, also within a character', async () => {
    for (const size of [1, 2, 3, 7, 64, wire.length]) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < wire.length; at += size) {
        chunks.push(wire.subarray(at, at + size));
      }
      expect(await read(chunks)).toEqual([event, other]);
    }
  });

  it('reads nothing from an empty watch', async () => {
    expect(await read([])).toEqual([]);
  });

  it('tells a watch that was cut within an event from one that ended', async () => {
    await expect(read([bytes('{"type":"ADDED"')])).rejects.toThrow(
      'cut within an event',
    );
  });

  it('refuses what is no JSON without repeating it', async () => {
    await expect(read([bytes('<html>s3cr3t\n')])).rejects.toThrow(
      /^the watch sent an event that is not JSON$/,
    );
  });
});
