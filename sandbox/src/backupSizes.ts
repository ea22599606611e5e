import { createHash } from 'node:crypto';
import type { InstancePlan } from './fleet';
import { planOf } from './jobs';

const day = 24 * 60 * 60_000;

/** Of the whole, each night. */
const growth = 0.0012;
const noise = 0.006;
const noiseOfTime = 0.12;

/** Of the backups of an instance of the usual size. */
const usualBytes: Record<string, number> = {
  'backup-postgres': 6 * 2 ** 30,
  'backup-minio': 38 * 2 ** 30,
};

/**
 * How much a backup is, and how long it takes: the same for the same night, so that a demo looks the same after a new start.
 * @param at - when it was due, in milliseconds since the epoch
 * @param now - what the usual size is of
 */
export function sizeAt(
  { cluster, namespace }: InstancePlan,
  backup: string,
  at: number,
  now: number,
): { bytes: number; seconds: number } {
  const date = new Date(at).toISOString();
  const scale = 0.4 + 1.2 * chance(cluster, namespace);
  const nights = (now - at) / day;
  const factor =
    scale *
    (1 - growth) ** nights *
    (1 + noise * (chance(namespace, backup, date) - 0.5));
  const bytes = Math.round(usualBytes[backup] * factor);
  return { bytes, seconds: secondsFor(backup, bytes, date) };
}

/** How long it takes to back up or restore as much. @param job - a backup or a drill */
export function secondsFor(
  job: string,
  bytes: number,
  ...words: string[]
): number {
  const usual = usualBytes[job.replace('drill-', 'backup-')];
  return Math.round(
    planOf(job).seconds *
      (bytes / usual) *
      (1 + noiseOfTime * (chance(job, ...words) - 0.5)),
  );
}

/** From 0 to 1, the same for the same words. */
function chance(...words: string[]): number {
  const hex = createHash('sha256').update(words.join('/')).digest('hex');
  return Number.parseInt(hex.slice(0, 8), 16) / 2 ** 32;
}
