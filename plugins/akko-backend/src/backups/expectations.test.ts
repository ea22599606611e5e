import { ConfigReader } from '@backstage/config';
import { readAkkoConfig } from '../config';
import { DEFAULT_EXPECTATION, expectationOf } from './expectations';

const REF = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const HOUR = 3_600_000;

function read(backups: object) {
  return readAkkoConfig(
    new ConfigReader({
      akko: {
        clusters: [{ name: 'prod', url: 'https://prod:6443', token: 't' }],
        backups: backups as any,
      },
    }),
  ).backups;
}

describe('what is expected of a backup', () => {
  it('is the default where nothing is configured', () => {
    expect(expectationOf(read({}), REF, 'backup-minio')).toEqual(
      DEFAULT_EXPECTATION,
    );
  });

  it('is what the last override that fits says, key by key', () => {
    const config = read({
      recoveryPoint: { hours: 26 },
      drill: { cron: '0 6 * * 1', timeZone: 'Europe/Paris' },
      overrides: [
        { cluster: 'prod', recoveryPoint: 'PT4H', grace: '30m' },
        {
          cluster: 'prod',
          backup: 'backup-minio',
          recoveryPoint: { hours: 2 },
        },
        { namespace: 'other', recoveryPoint: { hours: 1 } },
        { backup: 'backup-minio', drill: false },
      ],
    });
    expect(expectationOf(config, REF, 'backup-minio')).toEqual({
      ...DEFAULT_EXPECTATION,
      recoveryPoint: 2 * HOUR,
      grace: HOUR / 2,
    });
    expect(expectationOf(config, REF, 'backup-postgres')).toMatchObject({
      recoveryPoint: 4 * HOUR,
      drill: { cron: '0 6 * * 1', timeZone: 'Europe/Paris' },
    });
    expect(
      expectationOf(config, { ...REF, cluster: 'lab' }, 'backup-postgres'),
    ).toMatchObject({ recoveryPoint: 26 * HOUR });
  });
});
