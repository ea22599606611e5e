import type {
  BackupConcernType,
  BackupFreshness,
} from '@akko/backstage-plugin-akko-common';
import { DEFAULT_EXPECTATION } from './expectations';
import { judgeFreshness } from './freshness';
import type { FreshnessInput } from './freshnessInput';
import { anEntry } from './__testUtils__/anEntry';
import { readSchedule } from './scheduleTimes';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (time: string) => Date.parse(time);
/** Due at 02:30 every night; it is noon. */
const NOW = at('2026-11-10T12:00:00Z');
const TODAY = anEntry({
  id: 'today',
  createdAt: '2026-11-10T02:30:00.000Z',
  verification: { level: 'readable' },
});
const YESTERDAY = anEntry({
  id: 'yesterday',
  createdAt: '2026-11-09T02:30:00.000Z',
  verification: { level: 'readable' },
});
const BY_HAND = anEntry({
  id: 'by-hand',
  origin: 'manual',
  createdAt: '2026-11-10T09:00:00.000Z',
  verification: { level: 'readable' },
});
const FAILED_TODAY = anEntry({
  ...TODAY,
  id: 'failed',
  state: 'failed',
  message: 'No space left on device',
});

/** What a ledger that ends with these entries knows, newest first. */
function ledger(...entries: ReturnType<typeof anEntry>[]) {
  const good = entries.filter(({ state }) => state === 'succeeded');
  const scheduled = ({ origin }: (typeof entries)[number]) =>
    origin === 'scheduled';
  return {
    lastEnded: entries[0],
    lastScheduled: entries.find(scheduled),
    lastGood: good[0],
    lastScheduledGood: good.find(scheduled),
    verified: {
      checksum: good.find(({ verification }) => verification.level !== 'none'),
      restored: good.find(
        ({ verification }) => verification.level === 'restored',
      ),
    },
  };
}

function input(changes: Partial<FreshnessInput> = {}): FreshnessInput {
  return {
    enabled: true,
    isKnown: true,
    schedule: readSchedule('30 2 * * *', undefined),
    createdAt: at('2026-01-01T00:00:00Z'),
    facts: ledger(TODAY),
    expectation: DEFAULT_EXPECTATION,
    now: NOW,
    ...changes,
  };
}

const expecting = (changes: Partial<typeof DEFAULT_EXPECTATION>) => ({
  ...DEFAULT_EXPECTATION,
  ...changes,
});

describe('freshness of a backup', () => {
  const table: [
    situation: string,
    changes: Partial<FreshnessInput>,
    freshness: BackupFreshness,
    also?: BackupConcernType[],
  ][] = [
    ['a success since it was due', {}, 'fresh'],
    [
      'off in the chart, and not on the cluster',
      { enabled: false },
      'disabled',
    ],
    ['no success since it was due', { facts: ledger(YESTERDAY) }, 'late'],
    [
      'due a moment ago, still on its way',
      { facts: ledger(YESTERDAY), now: at('2026-11-10T02:40:00Z') },
      'due',
    ],
    [
      'the grace of the run before is long over while the next one is on its way',
      {
        facts: ledger(anEntry({ createdAt: '2026-11-10T08:00:00.000Z' })),
        schedule: readSchedule('0 * * * *', undefined),
        now: at('2026-11-10T12:05:00Z'),
      },
      'late',
    ],
    [
      'as late as the usual duration allows',
      {
        facts: ledger(YESTERDAY),
        usualDurationSeconds: 3 * 3600,
        now: at('2026-11-10T06:00:00Z'),
      },
      'due',
    ],
    [
      'later than the configured grace',
      {
        facts: ledger(YESTERDAY),
        expectation: expecting({ grace: 5 * MINUTE }),
        now: at('2026-11-10T02:36:00Z'),
      },
      'late',
    ],
    [
      'a CronJob that is younger than its last due time',
      { facts: ledger(YESTERDAY), createdAt: at('2026-11-10T09:00:00Z') },
      'fresh',
    ],
    [
      'a success that only Kubernetes remembers',
      {
        facts: ledger(YESTERDAY),
        lastScheduleTime: at('2026-11-10T02:30:00Z'),
        lastSuccessfulTime: at('2026-11-10T02:31:00Z'),
      },
      'fresh',
    ],
    [
      'the last run failed, although there is a success before',
      { facts: ledger(FAILED_TODAY, YESTERDAY) },
      'failing',
    ],
    [
      'running, although the run before failed',
      { facts: ledger(FAILED_TODAY, YESTERDAY), runningSince: NOW - MINUTE },
      'failing',
    ],
    [
      'the run that was due is still going on',
      {
        facts: ledger(YESTERDAY),
        runningSince: at('2026-11-10T02:30:05Z'),
      },
      'running',
    ],
    [
      'the schedule works no more, and somebody took one by hand',
      { facts: ledger(BY_HAND, YESTERDAY) },
      'manual-only',
    ],
    [
      'the scheduled run failed, and somebody took one by hand',
      { facts: ledger(BY_HAND, FAILED_TODAY, YESTERDAY) },
      'manual-only',
    ],
    [
      'by hand, and known to Kubernetes as a success too',
      {
        facts: ledger(BY_HAND, YESTERDAY),
        lastScheduleTime: at('2026-11-09T02:30:00Z'),
        lastSuccessfulTime: at('2026-11-10T09:00:30Z'),
      },
      'manual-only',
    ],
    [
      'by hand beside a schedule that is kept',
      { facts: ledger(BY_HAND, TODAY) },
      'fresh',
    ],
    [
      'by hand, before the first run was due',
      {
        facts: ledger(BY_HAND),
        createdAt: at('2026-11-10T08:00:00Z'),
      },
      'fresh',
    ],
    [
      'paused a while ago',
      {
        paused: { isExact: true, since: '2026-11-10T08:00:00.000Z' },
        facts: ledger(YESTERDAY),
      },
      'paused',
    ],
    [
      'paused for longer than two intervals',
      {
        paused: { isExact: true, since: '2026-11-08T08:00:00.000Z' },
        facts: ledger(YESTERDAY),
      },
      'paused-too-long',
    ],
    [
      'paused for longer than the configuration allows',
      {
        paused: { isExact: false, since: '2026-11-10T02:30:00.000Z' },
        expectation: expecting({ pausedWithin: 4 * HOUR }),
      },
      'paused-too-long',
    ],
    ['no success ever, due for weeks', { facts: ledger() }, 'late'],
    [
      'no success ever, not due yet',
      { facts: ledger(), createdAt: at('2026-11-10T09:00:00Z') },
      'never',
    ],
    [
      'a cluster without contact since the start, without history',
      { facts: ledger(), isKnown: false, schedule: undefined },
      'unknown',
    ],
    [
      'a schedule that Kubernetes cannot read',
      { schedule: readSchedule('sometimes', undefined) },
      'schedule-invalid',
    ],
    [
      'a day that never comes',
      { schedule: readSchedule('0 0 30 2 *', undefined) },
      'schedule-invalid',
    ],
    [
      'older than its target, although the schedule is kept',
      { expectation: expecting({ recoveryPoint: 4 * HOUR }) },
      'over-target',
    ],
    [
      'failing and older than its target',
      {
        facts: ledger(FAILED_TODAY, YESTERDAY),
        expectation: expecting({ recoveryPoint: 26 * HOUR }),
      },
      'failing',
      ['over-target'],
    ],
    [
      'a third of the size of the one before',
      { facts: ledger({ ...TODAY, bytes: 2 ** 30, ratio: 0.33 }) },
      'shrunk',
    ],
    [
      'three times the size of the one before',
      { facts: ledger({ ...TODAY, bytes: 2 ** 30, ratio: 3 }) },
      'grown',
    ],
    [
      'a little one that has become littler',
      { facts: ledger({ ...TODAY, bytes: 1000, ratio: 0.1 }) },
      'fresh',
    ],
    [
      'growth that the configuration allows',
      {
        facts: ledger({ ...TODAY, bytes: 2 ** 30, ratio: 3 }),
        expectation: expecting({ grownAbove: 4 }),
      },
      'fresh',
    ],
    [
      'never verified',
      { facts: ledger({ ...TODAY, verification: { level: 'none' } }) },
      'unverified',
    ],
    [
      'never verified, but only set up yesterday',
      {
        facts: ledger({ ...TODAY, verification: { level: 'none' } }),
        createdAt: NOW - DAY,
      },
      'fresh',
    ],
    [
      'not restored for longer than expected',
      {
        facts: ledger(TODAY, {
          ...anEntry({ createdAt: '2026-09-01T02:30:00.000Z' }),
          verification: { level: 'restored' },
        }),
        expectation: expecting({
          verifiedLevel: 'restored',
          verifiedWithin: 30 * DAY,
        }),
      },
      'unverified',
    ],
    [
      'the last drill failed',
      {
        facts: {
          ...ledger(TODAY),
          lastDrill: anEntry({ backup: 'drill-postgres', state: 'failed' }),
        },
      },
      'drill-failed',
    ],
    [
      'every minute, paused by nobody, with @every and its own phase',
      {
        schedule: readSchedule('@every 1h', undefined),
        anchor: new Date(NOW - 30 * MINUTE),
        facts: ledger(
          anEntry({ createdAt: new Date(NOW - 30 * MINUTE).toISOString() }),
        ),
      },
      'fresh',
    ],
  ];

  it.each(table)('%s', (_, changes, freshness, also = []) => {
    const judged = judgeFreshness(input(changes));
    expect(judged.freshness).toBe(freshness);
    expect(judged.concerns.map(({ type }) => type)).toEqual(
      expect.arrayContaining(also),
    );
  });

  it('tells every concern in a sentence, worst first', () => {
    const { concerns } = judgeFreshness(
      input({
        facts: ledger(FAILED_TODAY, {
          ...YESTERDAY,
          verification: { level: 'none' },
        }),
        expectation: expecting({ recoveryPoint: 26 * HOUR }),
      }),
    );
    expect(concerns).toEqual([
      {
        type: 'failing',
        message: 'The last run failed: No space left on device',
        since: FAILED_TODAY.finishedAt,
      },
      {
        type: 'over-target',
        message: 'The last good backup is 33 hours old; it may be 26 hours.',
        since: '2026-11-10T04:30:00.000Z',
      },
      {
        type: 'unverified',
        message: 'No backup was verified by checksums so far.',
        since: '2026-01-08T00:00:00.000Z',
      },
    ]);
  });
});

describe('how long a judgement holds', () => {
  const until = (changes: Partial<FreshnessInput> = {}) =>
    new Date(judgeFreshness(input(changes)).validUntil).toISOString();

  it('is until the next due time', () => {
    expect(until()).toBe('2026-11-11T02:30:00.000Z');
  });

  it('is until the end of the grace during the grace', () => {
    expect(until({ now: at('2026-11-11T02:31:00Z') })).toBe(
      '2026-11-11T03:30:00.000Z',
    );
  });

  it('is until the target is missed', () => {
    expect(
      until({ expectation: expecting({ recoveryPoint: 12 * HOUR }) }),
    ).toBe('2026-11-10T14:30:00.000Z');
  });

  it('is until the pause is too long', () => {
    expect(
      until({
        paused: { isExact: true, since: '2026-11-10T11:00:00.000Z' },
        expectation: expecting({ pausedWithin: 2 * HOUR }),
      }),
    ).toBe('2026-11-10T13:00:00.000Z');
  });
});
