import { Readable } from 'node:stream';
import fc from 'fast-check';
import { readLog } from './readLog';

const LIMITS = { headBytes: 100, tailBytes: 200 };

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `line ${index}\n`).join(
    '',
  );
}

describe('readLog', () => {
  it('keeps a log that fits as it is', async () => {
    const text = lines(20);
    await expect(readLog(Readable.from([text]), [], LIMITS)).resolves.toEqual({
      text,
    });
  });

  it('keeps head and tail of a longer one in whole lines, and says what it left out', async () => {
    const text = lines(1000);
    const log = await readLog(Readable.from([text]), [], LIMITS);

    expect(log.cutBytes).toBe(Buffer.byteLength(text));
    expect(log.text.startsWith('line 0\nline 1\n')).toBe(true);
    expect(log.text.endsWith('line 998\nline 999\n')).toBe(true);
    const [, left] = /^\[… (\d+) of \d+ bytes left out …\]$/m.exec(log.text)!;
    const kept = log.text.replace(/^\[….*…\]\n/m, '');
    expect(Number(left)).toBe(log.cutBytes! - Buffer.byteLength(kept));
    for (const line of kept.trim().split('\n')) {
      expect(text).toContain(`${line}\n`);
    }
  });

  it('answers the same however the stream is chunked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
        async sizes => {
          const text = Buffer.from(lines(60));
          const chunks: Buffer[] = [];
          for (let at = 0, turn = 0; at < text.length; turn++) {
            const size = sizes[turn % sizes.length];
            chunks.push(text.subarray(at, at + size));
            at += size;
          }
          await expect(
            readLog(Readable.from(chunks), [], LIMITS),
          ).resolves.toEqual(await readLog(Readable.from([text]), [], LIMITS));
        },
      ),
    );
  });

  it('masks secrets in what it keeps', async () => {
    const log = await readLog(Readable.from(['user hunter22 in\n']), [
      'hunter22',
    ]);
    expect(log.text).toBe('user *** in\n');
  });

  it('does not keep half a key where it cuts', async () => {
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n';
    const text = `${'start\n'.repeat(
      10,
    )}-----BEGIN PRIVATE KEY-----\n${body.repeat(
      40,
    )}-----END PRIVATE KEY-----\nend\n`;
    const log = await readLog(Readable.from([text]), [], LIMITS);
    expect(log.cutBytes).toBeDefined();
    expect(log.text).not.toContain('MIIEvQ');
    expect(log.text.endsWith('end\n')).toBe(true);
  });
});
