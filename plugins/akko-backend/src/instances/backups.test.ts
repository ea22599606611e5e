import type { BackupFreshness } from '@akko/backstage-plugin-akko-common';
import { runOfRecord } from '../runs/runRows';
import { aRunRecord } from '../testing/aRunRecord';
import { aCronJob } from '../testing/kubernetesObjects';
import {
  backupView,
  freshUntil,
  scheduleTimes,
  type BackupInput,
} from './backups';

const NOW = new Date('2026-11-10T12:00:00Z');
const TODAY = '2026-11-10T02:31:00.000Z';
const YESTERDAY = '2026-11-09T02:31:00.000Z';

function aRun(changes: Parameters<typeof aRunRecord>[0]) {
  return runOfRecord(
    aRunRecord({ name: 'backup-postgres', kind: 'backup', ...changes }),
  );
}

function history(
  lastSuccessAt: string | undefined,
  lastRun: Parameters<typeof aRunRecord>[0] = {},
): BackupInput['facts'] {
  return {
    instance: { cluster: 'prod', namespace: 'akko', release: 'akko' },
    name: 'backup-postgres',
    kind: 'backup',
    lastRun: aRun({ createdAt: lastSuccessAt, ...lastRun }),
    lastSuccessAt,
  };
}

function input(changes: Partial<BackupInput> = {}): BackupInput {
  return {
    catalogued: {
      name: 'backup-postgres',
      title: 'PostgreSQL backup',
      enabled: true,
      schedule: '30 2 * * *',
    },
    cronJob: aCronJob(),
    synced: true,
    now: NOW,
    ...changes,
  };
}

describe('freshness of a backup', () => {
  const off = { name: 'b', title: 'B', enabled: false };
  const table: [string, Partial<BackupInput>, BackupFreshness][] = [
    ['a success since it was due', { facts: history(TODAY) }, 'fresh'],
    ['no success since it was due', { facts: history(YESTERDAY) }, 'late'],
    [
      'due a moment ago, still on its way',
      { facts: history(YESTERDAY), now: new Date('2026-11-10T02:40:00Z') },
      'fresh',
    ],
    [
      'a success that only Kubernetes remembers',
      { cronJob: aCronJob({ lastSuccessfulTime: TODAY }) },
      'fresh',
    ],
    [
      'the last run failed, although there is a success before',
      { facts: history(TODAY, { state: 'failed' }) },
      'failing',
    ],
    [
      'failed in a newer Job that is gone, beside an older one that is done',
      {
        live: aRun({ uid: 'old', createdAt: YESTERDAY }),
        facts: history(YESTERDAY, {
          uid: 'new',
          state: 'failed',
          createdAt: TODAY,
        }),
      },
      'failing',
    ],
    [
      'running, although the run before failed',
      { live: aRun({ state: 'running' }), facts: history(YESTERDAY) },
      'running',
    ],
    [
      'suspended',
      { cronJob: aCronJob({ suspend: true }), facts: history(YESTERDAY) },
      'paused',
    ],
    ['no success ever, due for weeks', { facts: undefined }, 'late'],
    [
      'no success ever, not due yet',
      { cronJob: aCronJob({ createdAt: '2026-11-10T09:00:00Z' }) },
      'never',
    ],
    [
      'off and not on the cluster',
      { catalogued: off, cronJob: undefined },
      'disabled',
    ],
    [
      'on the cluster although the catalogue says off',
      { catalogued: off, facts: history(TODAY) },
      'fresh',
    ],
    [
      'a cluster without contact since the start, without history',
      { synced: false, cronJob: undefined },
      'unknown',
    ],
    [
      'a schedule that cannot be read',
      { cronJob: aCronJob({ schedule: 'sometimes' }) },
      'unknown',
    ],
  ];

  it.each(table)('%s', (_, changes, expected) => {
    expect(backupView(input(changes)).freshness).toBe(expected);
  });
});

describe('backupView', () => {
  it('tells schedule, zone, next run and last success', () => {
    const view = backupView(
      input({
        cronJob: aCronJob({ timeZone: 'Europe/Berlin' }),
        facts: history(TODAY),
      }),
    );
    expect(view).toMatchObject({
      schedule: '30 2 * * *',
      timeZone: 'Europe/Berlin',
      nextRunAt: '2026-11-11T01:30:00.000Z',
      lastGoodAt: TODAY,
      lastRun: { kind: 'backup' },
    });
  });

  it('says that the sandbox simulates it', () => {
    const { catalogued } = input();
    expect(
      backupView(input({ catalogued: { ...catalogued, simulated: true } })),
    ).toMatchObject({ simulated: true });
  });

  it('has no next run while it is suspended', () => {
    const view = backupView(input({ cronJob: aCronJob({ suspend: true }) }));
    expect(view).toMatchObject({ suspended: true, freshness: 'paused' });
    expect(view.nextRunAt).toBeUndefined();
  });

  it('takes the newest success of history and Kubernetes', () => {
    const view = backupView(
      input({
        cronJob: aCronJob({ lastSuccessfulTime: TODAY }),
        facts: history(YESTERDAY),
      }),
    );
    expect(view.lastGoodAt).toBe(TODAY);
  });
});

describe('scheduleTimes', () => {
  it('gives short intervals little grace and long ones an hour', () => {
    const minutes = (schedule: string) =>
      scheduleTimes(schedule, undefined, NOW)!.graceMilliseconds / 60_000;
    expect(minutes('*/10 * * * *')).toBe(15);
    expect(minutes('0 */2 * * *')).toBe(30);
    expect(minutes('30 2 * * *')).toBe(60);
  });

  it('knows that clocks change', () => {
    const times = (now: string) =>
      scheduleTimes('30 2 * * *', 'Europe/Berlin', new Date(now))!.next;
    expect(times('2026-10-24T12:00:00Z').toISOString()).toMatch(
      /^2026-10-25T0[01]:30/,
    );
    expect(times('2026-10-25T12:00:00Z').toISOString()).toBe(
      '2026-10-26T01:30:00.000Z',
    );
  });

  it('answers nothing for an unknown zone', () => {
    expect(scheduleTimes('30 2 * * *', 'Mars/Base', NOW)).toBeUndefined();
  });
});

describe('freshUntil', () => {
  const view = backupView(input({ facts: history(TODAY) }));

  it('is the next due time', () => {
    expect(new Date(freshUntil(view, NOW)).toISOString()).toBe(
      '2026-11-11T02:30:00.000Z',
    );
  });

  it('is the end of the grace during the grace', () => {
    const now = new Date('2026-11-11T02:31:00Z');
    expect(new Date(freshUntil(view, now)).toISOString()).toBe(
      '2026-11-11T03:30:00.000Z',
    );
  });
});
