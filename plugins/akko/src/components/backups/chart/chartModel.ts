import type {
  BackupChart,
  BackupPoint,
} from '@akko/backstage-plugin-akko-common';
import { DateTime } from 'luxon';
import type { Translate } from '../../../translation';
import { bytes } from '../../common/bytes';
import { duration } from '../../common/time';

/** A run as the drawing takes it; each thing that is drawn has a field, absent where the run has none of it. */
export interface DrawnPoint {
  /** Milliseconds. */
  at: number;
  point: BackupPoint;
  size?: number;
  seconds?: number;
  /** Heights of the marks, as shares of the drawing. */
  failed?: number;
  drill?: number;
  drillFailed?: number;
}

/** Marks stand at the edges, where they are in nobody's way. */
const LOW = 0.06;
const HIGH = 0.94;

/** Sizes and durations are of good backups: a failed one would be a dip that was never there. */
export function drawnPoints(points: readonly BackupPoint[]): DrawnPoint[] {
  return points
    .map((point): DrawnPoint => {
      const { bytes: size, durationSeconds, kind, state } = point;
      const drawn = { at: Date.parse(point.at), point };
      if (kind === 'drill') {
        return state === 'failed'
          ? { ...drawn, drillFailed: HIGH }
          : { ...drawn, drill: HIGH };
      }
      return state === 'succeeded'
        ? { ...drawn, size, seconds: durationSeconds }
        : { ...drawn, failed: state === 'failed' ? LOW : undefined };
    })
    .sort((a, b) => a.at - b.at);
}

/** `31 backups, 2 failed, 3 restore drills, size from 5.8 GiB to 6.1 GiB, duration from …`: what the drawing shows, for those who do not see it. */
export function chartSummary(chart: BackupChart, t: Translate): string {
  const backups = chart.points.filter(({ kind }) => kind === 'backup');
  const drills = chart.points.filter(({ kind }) => kind === 'drill');
  const failed = backups.filter(({ state }) => state === 'failed').length;
  const good = backups.filter(({ state }) => state === 'succeeded');
  const sizes = rangeOf(
    good.map(point => point.bytes),
    bytes,
  );
  const durations = rangeOf(
    good.map(({ durationSeconds }) => durationSeconds),
    duration,
  );
  return [
    t('chart.summary.backups', { count: backups.length }),
    failed > 0 && t('chart.summary.failed', { number: String(failed) }),
    drills.length > 0 && t('chart.summary.drills', { count: drills.length }),
    sizes &&
      (sizes.from === sizes.to
        ? t('chart.summary.oneSize', { size: sizes.from })
        : t('chart.summary.size', sizes)),
    durations &&
      (durations.from === durations.to
        ? t('chart.summary.oneDuration', { duration: durations.from })
        : t('chart.summary.duration', durations)),
  ]
    .filter(Boolean)
    .join(', ');
}

function rangeOf(
  values: (number | undefined)[],
  say: (value: number) => string,
): { from: string; to: string } | undefined {
  const known = values.filter((value): value is number => value !== undefined);
  return known.length > 0
    ? { from: say(Math.min(...known)), to: say(Math.max(...known)) }
    : undefined;
}

/** `23 Nov`; the axis of a year and that of a month both have room for it. @param at - milliseconds */
export function dayOfAxis(at: number): string {
  return DateTime.fromMillis(at).toLocaleString({
    day: 'numeric',
    month: 'short',
  });
}
