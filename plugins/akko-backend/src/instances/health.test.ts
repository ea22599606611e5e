import {
  BACKUP_CONCERNS,
  type Backup,
  type BackupFreshness,
  type InitJob,
  type InitJobState,
  type InstanceHealth,
} from '@akko/backstage-plugin-akko-common';
import { runOfRecord } from '../runs/runRows';
import { aRunRecord } from '../testing/aRunRecord';
import {
  backupCounts,
  headlineOf,
  healthOf,
  jobCounts,
  topFailureOf,
} from './health';

function jobs(...states: InitJobState[]): InitJob[] {
  return states.map((state, index) => ({
    name: `job-${index}`,
    title: `Job ${index}`,
    state,
    enabled: state !== 'disabled',
    dependsOn: [],
  }));
}

function backups(...freshness: BackupFreshness[]): Backup[] {
  return freshness.map((value, index) => ({
    name: `backup-${index}`,
    title: `Backup ${index}`,
    enabled: value !== 'disabled',
    freshness: value,
    concerns: BACKUP_CONCERNS.filter(type => type === value).map(type => ({
      type,
      message: type,
    })),
  }));
}

describe('healthOf', () => {
  const table: [InitJobState[], BackupFreshness[], InstanceHealth][] = [
    [['succeeded', 'expired', 'disabled'], ['fresh'], 'healthy'],
    [['succeeded', 'failed', 'running'], ['late'], 'failed'],
    [['succeeded', 'running'], ['late'], 'progressing'],
    [['succeeded', 'pending'], [], 'progressing'],
    [['succeeded', 'missing', 'unknown'], [], 'degraded'],
    [['succeeded'], ['fresh', 'late'], 'degraded'],
    [['succeeded'], ['failing'], 'degraded'],
    [['succeeded'], ['manual-only'], 'degraded'],
    [['succeeded'], ['drill-failed'], 'degraded'],
    [['succeeded'], ['unverified', 'shrunk', 'due'], 'healthy'],
    [['succeeded'], ['paused', 'never', 'running', 'disabled'], 'healthy'],
    [['succeeded', 'unknown'], [], 'unknown'],
    [['unknown', 'unknown'], [], 'unknown'],
    [['disabled'], [], 'unknown'],
    [[], [], 'unknown'],
  ];

  it.each(table)(
    'jobs %j with backups %j are %s',
    (states, fresh, expected) => {
      expect(healthOf(jobCounts(jobs(...states)), backups(...fresh))).toBe(
        expected,
      );
    },
  );
});

describe('headlineOf', () => {
  const table: [InitJobState[], string][] = [
    [['succeeded', 'expired', 'disabled'], 'All 2 jobs done'],
    [['succeeded'], 'The only job is done'],
    [
      ['succeeded', 'failed', 'pending', 'running'],
      '1 of 4 jobs done, 1 failed, 1 running, 1 waiting',
    ],
    [['missing', 'missing'], 'None of 2 jobs has run'],
    [
      ['expired', 'missing', 'unknown'],
      '1 of 3 jobs done, 1 never ran, 1 not known',
    ],
    [['disabled'], 'No init job was seen so far'],
    [['unknown', 'unknown'], 'The state of 2 jobs is not known'],
  ];

  it.each(table)('of %j is "%s"', (states, expected) => {
    expect(headlineOf(jobs(...states))).toBe(expected);
  });
});

describe('counts', () => {
  it('count every job once', () => {
    expect(jobCounts(jobs('succeeded', 'disabled', 'failed'))).toMatchObject({
      total: 3,
      succeeded: 1,
      disabled: 1,
      failed: 1,
      running: 0,
    });
  });

  it('name the worst backup and leave disabled ones out', () => {
    expect(backupCounts(backups('fresh', 'late', 'disabled'))).toMatchObject({
      total: 2,
      worst: 'late',
    });
    expect(backupCounts(backups('disabled')).worst).toBeUndefined();
  });

  it('tell the oldest of the last good backups, and none when one has none', () => {
    const [one, two] = backups('fresh', 'fresh');
    one.lastGoodAt = '2026-11-02T00:00:00.000Z';
    two.lastGoodAt = '2026-11-01T00:00:00.000Z';
    expect(backupCounts([one, two]).lastGoodAt).toBe(two.lastGoodAt);
    expect(backupCounts([one, ...backups('never')]).lastGoodAt).toBeUndefined();
  });
});

describe('topFailureOf', () => {
  const failed = (changes: Parameters<typeof aRunRecord>[0]) => {
    const [job] = jobs('failed');
    job.lastRun = runOfRecord(aRunRecord({ state: 'failed', ...changes }));
    return topFailureOf([...jobs('succeeded'), job, ...jobs('failed')]);
  };
  const report = {
    schema: 'akko.io/report/v1' as const,
    job: 'a',
    outcome: 'failed' as const,
    error: { code: 'timeout', service: 'polaris', message: 'from the report' },
  };

  it('prefers what the report says, then the log, then Kubernetes', () => {
    expect(failed({ report, errorLine: 'from the log' })).toMatchObject({
      code: 'timeout',
      service: 'polaris',
      message: 'from the report',
    });
    expect(failed({ errorLine: 'from the log', message: 'k' })?.message).toBe(
      'from the log',
    );
    expect(failed({ message: 'deadline', reason: 'r' })?.message).toBe(
      'deadline',
    );
    expect(failed({ reason: 'BackoffLimitExceeded' })?.message).toBe(
      'BackoffLimitExceeded',
    );
  });

  it('is nothing where nothing failed', () => {
    expect(topFailureOf(jobs('succeeded', 'missing'))).toBeUndefined();
  });
});
