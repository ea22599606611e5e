import { aCronJob } from '../testing/kubernetesObjects';
import { anEntry } from './__testUtils__/anEntry';
import { backupView as view_, type BackupInput } from './backupView';
import { DEFAULT_EXPECTATION } from './expectations';

const NOW = new Date('2026-11-10T12:00:00Z');
const TODAY = '2026-11-10T02:31:00.000Z';

const backupView = (of: BackupInput) => view_(of).backup;

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

describe('backupView', () => {
  it('tells schedule, zone, next run and last success', () => {
    const view = backupView(
      input({
        cronJob: aCronJob({ timeZone: 'Europe/Berlin' }),
        ledger: { lastGood: anEntry(), verified: { checksum: anEntry() } },
      }),
    );
    expect(view).toMatchObject({
      schedule: '30 2 * * *',
      timeZone: 'Europe/Berlin',
      nextRunAt: '2026-11-11T01:30:00.000Z',
      nextRuns: [
        '2026-11-11T01:30:00.000Z',
        '2026-11-12T01:30:00.000Z',
        '2026-11-13T01:30:00.000Z',
        '2026-11-14T01:30:00.000Z',
        '2026-11-15T01:30:00.000Z',
      ],
      lastGoodAt: TODAY,
      lastVerifiedAt: TODAY,
      runnable: true,
    });
  });

  it('says that the sandbox simulates it', () => {
    const { catalogued } = input();
    expect(
      backupView(input({ catalogued: { ...catalogued, simulated: true } })),
    ).toMatchObject({ simulated: true });
  });

  it('has no next run while it is suspended, and tells who paused it', () => {
    const cronJob = aCronJob({ suspend: true });
    cronJob.metadata!.annotations = {
      'akko.io/paused-by': 'user:default/ana',
      'akko.io/paused-at': '2026-11-10T08:00:00Z',
      'akko.io/paused-reason': 'moving the storage, password=hunter2hunter2',
    };
    const view = backupView(input({ cronJob }));
    expect(view).toMatchObject({
      suspended: true,
      freshness: 'never',
      paused: {
        isExact: true,
        since: '2026-11-10T08:00:00.000Z',
        by: 'user:default/ana',
        reason: expect.not.stringContaining('hunter2'),
      },
      nextRuns: [],
    });
    expect(view.nextRunAt).toBeUndefined();
  });

  it('is paused at least since the first run that is missing, where nobody wrote it down', () => {
    const view = backupView(
      input({
        cronJob: {
          ...aCronJob({ suspend: true }),
          status: { lastScheduleTime: new Date('2026-11-05T02:30:00Z') },
        },
      }),
    );
    expect(view.paused).toEqual({
      isExact: false,
      since: '2026-11-06T02:30:00.000Z',
    });
  });

  it('takes the newest success of ledger and Kubernetes', () => {
    const view = backupView(
      input({
        cronJob: aCronJob({ lastSuccessfulTime: TODAY }),
        ledger: {
          lastGood: anEntry({ createdAt: '2026-11-09T02:30:00.000Z' }),
          verified: {},
        },
      }),
    );
    expect(view.lastGoodAt).toBe(TODAY);
  });

  describe('of a drill', () => {
    const drill = { name: 'drill-postgres', title: 'Drill' };

    it('tells the measured time of the last good restore', () => {
      const view = backupView(
        input({
          drill: { ...drill, cronJob: aCronJob({ suspend: true }) },
          ledger: {
            verified: { restored: anEntry() },
            lastGoodDrill: anEntry({
              verification: { level: 'restored', restoreSeconds: 192 },
            }),
          },
        }),
      );
      expect(view.drill).toMatchObject({
        runnable: true,
        restoreSeconds: 192,
      });
      expect(view.drill?.scheduledBy).toBeUndefined();
      expect(view.lastRestoredAt).toBe(TODAY);
    });

    it('tells whose schedule it runs on', () => {
      const by = (suspend: boolean) =>
        backupView(
          input({
            drill: { ...drill, cronJob: aCronJob({ suspend }) },
            expectation: {
              ...DEFAULT_EXPECTATION,
              drill: { cron: '0 6 * * 1' },
            },
          }),
        ).drill;
      expect(by(true)).toMatchObject({
        scheduledBy: 'portal',
        nextRunAt: '2026-11-16T06:00:00.000Z',
      });
      expect(by(false)).toMatchObject({
        scheduledBy: 'chart',
        nextRunAt: '2026-11-11T02:30:00.000Z',
      });
    });
  });
});
