import fc from 'fast-check';
import {
  isSecretName,
  maskManifest,
  maskText,
  maskValue,
  secretValuesOf,
} from './masking';

interface Container {
  env?: { name: string; value: string }[];
  command?: string[];
  args?: string[];
  livenessProbe?: {
    httpGet: { port: number; httpHeaders: { name: string; value: string }[] };
  };
}

function aJob({ env }: { env?: Container['env'] }) {
  const containers: Container[] = [{ env }];
  return {
    metadata: { name: 'akko-minio-init' } as {
      name: string;
      annotations?: Record<string, string>;
    },
    spec: { template: { spec: { containers } } },
  };
}

const JWT =
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';
const PEM = [
  '-----BEGIN PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
  'MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu',
  '-----END PRIVATE KEY-----',
].join('\n');

describe('isSecretName', () => {
  it.each([
    'PGPASSWORD',
    'POSTGRES_PASSWORD',
    'S3_SECRET_KEY',
    'AWS_SECRET_ACCESS_KEY',
    'adminToken',
    'LITELLM_KEY',
    'API_KEY',
    'keycloak.password',
    'MYSQL_PWD',
    'DB_PASS',
    'KEYCLOAK_ADMIN_PW',
    'REDIS_AUTH',
    'DJANGO_SALT',
    'Authorization',
    'Cookie',
  ])('takes %s for a secret', name => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    'KEYCLOAK_REALM',
    'AUTH_MODE',
    'AUTH_TYPE',
    'KEYCLOAK_URL',
    'TOKEN_URL',
    'PASSWORD_FILE',
    'SECRET_NAME',
    'PGHOST',
    'MONKEY_COUNT',
  ])('takes %s for harmless', name => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('maskText', () => {
  it.each([
    ['password=hunter2 next', 'password=*** next'],
    ['POSTGRES_PASSWORD: hunter2', 'POSTGRES_PASSWORD: ***'],
    [
      '{"clientSecret":"a b","realm":"akko"}',
      '{"clientSecret":***,"realm":"akko"}',
    ],
    ["token='abc'", 'token=***'],
    ['api_key=abc;user=x', 'api_key=***;user=x'],
    ['mc --secret-key abcdef ls', 'mc --secret-key *** ls'],
    [
      'postgresql://akko:hunter2@akko-postgresql:5432/superset',
      'postgresql://akko:***@akko-postgresql:5432/superset',
    ],
    ['Authorization: Bearer abcdefgh12345', 'Authorization: Bearer ***'],
    ['authorization: Basic YTpi', 'authorization: Basic ***'],
    [`got ${JWT} back`, 'got *** back'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key *** used'],
  ])('masks %s', (text, expected) => {
    expect(maskText(text)).toBe(expected);
  });

  it.each([
    'FATAL: password authentication failed for user "akko"',
    'HTTP 401 from http://akko-keycloak:8080/realms/akko',
    'Created bucket akko-warehouse',
    'tokens live 300 s',
    'namespaces: 4, tables: 12',
  ])('leaves %s as it is', text => {
    expect(maskText(text)).toBe(text);
  });

  it('masks PEM blocks over several lines and goes on after them', () => {
    const masked = maskText(`before\n${PEM}\nafter`);
    expect(masked).not.toContain('MIIEvQ');
    expect(masked).not.toContain('MzEfYy');
    expect(masked).toMatch(/^before\n/);
    expect(masked).toMatch(/\nafter$/);
  });

  it('masks the beginning of a PEM block that never ends, and not the log after it', () => {
    const torn = PEM.split('\n').slice(0, 2).join('\n');
    const masked = maskText(`${torn}\nERROR: the key is broken.`);
    expect(masked).not.toContain('MIIEvQ');
    expect(masked).toContain('ERROR: the key is broken.');
  });

  it('never lets a known secret through, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 4, unit: fc.constantFrom(...'abcXYZ019_-$.') }),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          const masked = maskText(`${before}${secret}${after}`, [secret]);
          expect(masked).not.toContain(secret);
        },
      ),
    );
  });

  it('keeps the number of lines', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(maskText(text).split('\n')).toHaveLength(
          text.split('\n').length,
        );
      }),
    );
  });
});

describe('maskValue', () => {
  it('masks strings inside a report and keeps everything else', () => {
    expect(
      maskValue({ error: { message: 'token=abcd', code: 1 }, list: ['ok'] }),
    ).toEqual({ error: { message: 'token=***', code: 1 }, list: ['ok'] });
  });

  it('masks the next step and what a backup says of itself', () => {
    const report = {
      error: { nextStep: 'Set it to hunter22 again, or run with password=x' },
      backup: { location: 's3://key:hunter33@store/b', items: ['hunter22'] },
    };
    expect(maskValue(report, ['hunter22'])).toEqual({
      error: { nextStep: 'Set it to *** again, or run with password=***' },
      backup: { location: 's3://key:***@store/b', items: ['***'] },
    });
  });
});

describe('maskManifest', () => {
  const job = aJob({
    env: [
      { name: 'PGPASSWORD', value: 'hunter22' },
      { name: 'PGHOST', value: 'akko-postgresql' },
      { name: 'PIN_TOKEN', value: 'abc' },
      { name: 'URL', value: 'http://hunter22.example' },
    ],
  });

  it('masks values of secret variables, and their value elsewhere', () => {
    expect(maskManifest(job).spec.template.spec.containers[0].env).toEqual([
      { name: 'PGPASSWORD', value: '***' },
      { name: 'PGHOST', value: 'akko-postgresql' },
      { name: 'PIN_TOKEN', value: '***' },
      { name: 'URL', value: 'http://***.example' },
    ]);
  });

  it('does not touch the Job that it is given', () => {
    const before = JSON.stringify(job);
    maskManifest(job);
    expect(JSON.stringify(job)).toBe(before);
  });

  it('takes settings in variables with the name of a secret for none', () => {
    const settings = aJob({
      env: [
        { name: 'USE_AUTH', value: 'true' },
        { name: 'KEYS', value: '100000' },
      ],
    });
    expect(secretValuesOf(settings)).toEqual([]);
  });

  it('masks what follows a flag, headers, and the text that kubectl apply keeps', () => {
    const applied = 'kubectl.kubernetes.io/last-applied-configuration';
    const secret = aJob({});
    secret.metadata.annotations = { [applied]: '{"password":"hunter22"}' };
    const [container] = secret.spec.template.spec.containers;
    container.command = ['run', '--password', 'hunter22', '--verbose'];
    container.args = ['--token', '-', '--secret-key', 'hunter33', 'stay'];
    container.livenessProbe = {
      httpGet: {
        port: 80,
        httpHeaders: [
          { name: 'Authorization', value: 'Basic aHVudGVyMjI=' },
          { name: 'Accept', value: 'text/plain' },
        ],
      },
    };
    const masked = maskManifest(secret);
    const [shown] = masked.spec!.template.spec!.containers;
    expect(masked.metadata!.annotations).toEqual({ [applied]: '***' });
    expect(shown.command).toEqual(['run', '--password', '***', '--verbose']);
    expect(shown.args).toEqual(['--token', '-', '--secret-key', '***', 'stay']);
    expect(shown.livenessProbe!.httpGet!.httpHeaders).toEqual([
      { name: 'Authorization', value: '***' },
      { name: 'Accept', value: 'text/plain' },
    ]);
  });

  it('finds the secret values, longest first, without those that are too short', () => {
    expect(secretValuesOf(job)).toEqual(['hunter22']);
  });
});
