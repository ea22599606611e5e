import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { baseUrl, commonConfig, hostAndPort, loadConfig } from './loadConfig';

const schema = z.strictObject({
  ...commonConfig,
  server: z.strictObject(hostAndPort).optional(),
  url: baseUrl.optional(),
});

describe('loadConfig', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function load(text: string) {
    const file = join(folder, 'config.yaml');
    writeFileSync(file, text);
    return loadConfig(schema, file);
  }

  it('reads YAML and fills in what is not said', () => {
    expect(load('url: http://a:1/x/\nwaitSeconds: 3')).toEqual({
      url: 'http://a:1/x',
      waitSeconds: 3,
      deadlineSeconds: 840,
    });
  });

  it('takes an empty file for no settings', () => {
    expect(load('')).toEqual({ waitSeconds: 120, deadlineSeconds: 840 });
  });

  it.each([
    ['server: {host: a, port: 0}', 'server.port: '],
    ['waitSeconds: -1', 'waitSeconds: '],
    ['retries: 3', 'the file: Unrecognized key: "retries"'],
    ['url: ftp://a', 'url: '],
    ['a: [', 'is not YAML'],
  ])('refuses %j and names the place', (text, words) => {
    expect(() => load(text)).toThrow(
      expect.objectContaining({
        code: 'misconfigured',
        message: expect.stringContaining(words),
      }),
    );
  });

  it('names a file that is not there', () => {
    expect(() => loadConfig(schema, join(folder, 'none.yaml'))).toThrow(
      /none\.yaml cannot be read: ENOENT/,
    );
  });
});
