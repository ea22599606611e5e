import type { BackupEntry } from '@akko/backstage-plugin-akko-common';
import type { Phase } from '../task/AkkoStep';
import { withoutUndefined } from '../json';
import { bytes, duration } from '../words';
import type { JobOutcome } from './outcomes';

/** The ledger follows the end of a run by a moment. */
const LOOKS = 8;
const BETWEEN_LOOKS = 1000;
/** Newer entries than that of the run there cannot be many. */
const NEWEST = 10;

/** What a backup is worth, in words. */
const LEVELS: Record<TakenBackup['level'] & string, string> = {
  none: 'not verified',
  checksum: 'checksums verified',
  readable: 'read back as a whole',
  restored: 'restored and compared',
};

/** A backup as an output of a step. A type, so that it counts as JSON. */
export type TakenBackup = {
  backup: string;
  /** Operation id. */
  operation: string;
  outcome: JobOutcome['outcome'] | 'accepted';
  /** Run id, by which the ledger knows it. */
  run?: string;
  durationSeconds?: number;
  bytes?: number;
  /** Databases or buckets. */
  items?: number;
  location?: string;
  /** How far it is proven that it can be used. */
  level?: BackupEntry['verification']['level'];
};

/** Adds what the ledger knows of a backup that was just taken. */
export async function takenBackup(
  phase: Phase,
  ref: string,
  {
    backup,
    operation,
    job,
  }: { backup: string; operation: string; job: JobOutcome },
): Promise<TakenBackup> {
  const { durationSeconds, outcome, run } = job;
  const entry = run ? await entryOf(phase, ref, backup, run) : undefined;
  return withoutUndefined({
    backup,
    operation,
    outcome,
    run,
    durationSeconds,
    bytes: entry?.bytes,
    items: entry?.items,
    location: entry?.location,
    level: entry?.verification.level,
  });
}

/** `backup-postgres: 1.2 GiB in 3 min 30 s, checksums verified, at s3://…` */
export function describeBackup(taken: TakenBackup): string {
  const { backup, bytes: size, durationSeconds, level, location } = taken;
  const facts = [
    [
      size === undefined ? 'done' : bytes(size),
      durationSeconds === undefined ? '' : `in ${duration(durationSeconds)}`,
    ]
      .filter(Boolean)
      .join(' '),
    level && LEVELS[level],
    location && `at ${location}`,
  ];
  return `${backup}: ${facts.filter(Boolean).join(', ')}`;
}

async function entryOf(
  { api, clock, signal }: Phase,
  ref: string,
  backup: string,
  run: string,
): Promise<BackupEntry | undefined> {
  for (let look = 1; ; look++) {
    const { items } = await api.backupEntries(ref, backup, { limit: NEWEST });
    const entry = items.find(({ id }) => id === run);
    const isComplete =
      entry?.state === 'succeeded' || entry?.state === 'failed';
    if (isComplete || look === LOOKS) {
      return entry;
    }
    await clock.sleep(BETWEEN_LOOKS, signal);
  }
}
