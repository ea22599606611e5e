import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secrets } from './Secrets';

describe('Secrets', () => {
  it('reads the environment variable', () => {
    const secrets = new Secrets({ PASSWORD: 'geheim-1' });
    expect(secrets.read({ env: 'PASSWORD' }, 'password')).toBe('geheim-1');
  });

  it('prefers the file, without the line break at its end', () => {
    const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    const file = join(folder, 'password');
    writeFileSync(file, 'from a file\n');
    const secrets = new Secrets({ PASSWORD: 'geheim-1' });
    expect(secrets.read({ env: 'PASSWORD', file }, 'password')).toBe(
      'from a file',
    );
    rmSync(folder, { recursive: true });
  });

  it.each([
    [
      { env: 'A', secret: 'akko-minio', key: 'root-user' },
      'The login is missing: Secret akko-minio, key root-user is not there or empty.',
    ],
    [
      { file: '/does/not/exist' },
      'The login is missing: file /does/not/exist is not there or empty.',
    ],
    [
      { env: 'A' },
      'The login is missing: environment variable A is not there or empty.',
    ],
    [{}, 'The login is missing: no place at all is not there or empty.'],
  ])('says where %j is missing', (source, message) => {
    expect(() => new Secrets({ A: '' }).read(source, 'login')).toThrow(
      expect.objectContaining({ code: 'misconfigured', message }),
    );
  });

  it('masks what it has read, also as part of a URL and of JSON', () => {
    const secrets = new Secrets({ A: 'p@ss"word' });
    secrets.read({ env: 'A' }, 'password');
    expect(
      secrets.mask(
        `a p@ss"word b p%40ss%22word c ${JSON.stringify('p@ss"word')}`,
      ),
    ).toBe('a *** b *** c "***"');
  });

  it('masks the whole of a secret that contains another', () => {
    const secrets = new Secrets({});
    secrets.remember('word');
    secrets.remember('password');
    expect(secrets.mask('password word')).toBe('*** ***');
  });
});
