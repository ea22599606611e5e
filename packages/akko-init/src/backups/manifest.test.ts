import { parseManifest, postgresManifest } from './manifest';

const ID = '20260102T030405678Z-abcdef';
const GLOBALS = {
  type: 'globals',
  server: 'infra',
  file: 'infra/globals.sql',
  bytes: 12,
  sha256: 'a'.repeat(64),
};

function textOf(changes: Record<string, unknown> = {}) {
  return JSON.stringify({
    schema: 'akko.io/backup/v1',
    kind: 'postgres',
    id: ID,
    startedAt: '2026-01-02T03:04:05.678Z',
    finishedAt: '2026-01-02T03:05:05.678Z',
    program: 'akko-init 1.0.0',
    toolVersion: 'pg_dump (PostgreSQL) 17.6',
    servers: [],
    items: [GLOBALS],
    ...changes,
  });
}

const parsed = (text: string) => parseManifest(postgresManifest, ID, text);

describe('parseManifest', () => {
  it('reads what was written', () => {
    expect(parsed(textOf())).toMatchObject({ id: ID, items: [GLOBALS] });
  });

  it('reads one with fields of a later version', () => {
    expect(parsed(textOf({ note: 'later' }))).toMatchObject({ id: ID });
  });

  it.each([
    ['half a file', textOf().slice(0, 100)],
    ['another schema', textOf({ schema: 'akko.io/backup/v2' })],
    ['another kind', textOf({ kind: 'minio' })],
    ['that of another backup', textOf({ id: ID.replace('3', '4') })],
    ['none', '{}'],
    ['null', 'null'],
  ])('takes %s for none', (_, text) => {
    expect(parsed(text)).toBeUndefined();
  });

  it.each(['../x', '/etc/passwd', 'a/../../x', 'a/./x', 'a//x', '', '.hidden'])(
    'takes one with the file %j for none',
    file => {
      expect(parsed(textOf({ items: [{ ...GLOBALS, file }] }))).toBeUndefined();
    },
  );
});
