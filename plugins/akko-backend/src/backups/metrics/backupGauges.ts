import type { MeasuredBackup } from './types';

/** A number per backup. */
export interface BackupGauge {
  /** With the unit at its end, as Prometheus has it: of its exporters some add it and some do not, and none adds it twice. */
  name: string;
  /** Of UCUM. None for flags: exporters would make ratios of them. */
  unit?: 's' | 'By';
  description: string;
  /** @returns undefined where there is nothing to tell, which is another thing than 0 */
  valueOf(measured: MeasuredBackup): number | undefined;
}

/** Seconds since a time. Never negative: the clocks of a cluster and of the portal differ. */
function ageOf(time: string | undefined, now: number): number | undefined {
  return time === undefined
    ? undefined
    : Math.max(0, (now - Date.parse(time)) / 1000);
}

/** What is measured of each backup, apart from what has labels of its own. */
export const BACKUP_GAUGES: readonly BackupGauge[] = [
  {
    name: 'akko.backup.last_good.age_seconds',
    unit: 's',
    description: 'Time since the newest run that succeeded ended',
    valueOf: ({ backup, now }) => ageOf(backup.lastGoodAt, now),
  },
  {
    name: 'akko.backup.last_verified.age_seconds',
    unit: 's',
    description:
      'Time since the newest run ended whose backup is proven as far as is expected of it',
    valueOf: ({ backup, now }) => ageOf(backup.lastVerifiedAt, now),
  },
  {
    name: 'akko.backup.last_restored.age_seconds',
    unit: 's',
    description:
      'Time since the newest run ended whose backup a drill has restored',
    valueOf: ({ backup, now }) => ageOf(backup.lastRestoredAt, now),
  },
  {
    name: 'akko.backup.last_good.size_bytes',
    unit: 'By',
    description: 'Size of the newest good backup',
    valueOf: ({ backup }) => backup.lastGood?.bytes,
  },
  {
    name: 'akko.backup.last_good.duration_seconds',
    unit: 's',
    description: 'How long the newest good backup took',
    valueOf: ({ backup }) => backup.lastGood?.durationSeconds,
  },
  {
    name: 'akko.backup.restore.duration_seconds',
    unit: 's',
    description: 'How long the restore of the last good drill took',
    valueOf: ({ backup }) => backup.drill?.restoreSeconds,
  },
  {
    name: 'akko.backup.recovery_point.target_seconds',
    unit: 's',
    description: 'Oldest that the last good backup may be',
    valueOf: ({ backup }) => backup.target?.recoveryPointSeconds,
  },
  {
    name: 'akko.backup.next_run.timestamp_seconds',
    unit: 's',
    description: 'When the schedule begins the next run, since 1970',
    valueOf: ({ backup }) =>
      backup.nextRunAt === undefined
        ? undefined
        : Date.parse(backup.nextRunAt) / 1000,
  },
  {
    name: 'akko.backup.paused',
    description: '1 while nothing runs on schedule',
    valueOf: ({ backup }) => (backup.paused ? 1 : 0),
  },
];
