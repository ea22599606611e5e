import { createHash } from 'node:crypto';
import { REPORT_SCHEMA } from '@akko/backstage-plugin-akko-common';
import { damagedBackup } from './failures';
import { backupOf, planOf, type JobPlan } from './jobs';
import { failing, totalsOf, type Performance } from './performances';

/** A backup that there is. */
export interface TakenBackup {
  id: string;
  bytes: number;
}

/** What made a backup, and of which server. */
const versions: Record<string, object> = {
  'backup-postgres': { toolVersion: 'pg_dump 17.6', serverVersion: '17.6' },
  'drill-postgres': { toolVersion: 'pg_restore 17.6', serverVersion: '17.6' },
};

/** How many are kept; the chart's own number. */
export const retention = 7;

/** Of the restore in the time of a drill; the rest are checksums and the comparison. */
const shareOfRestore = 0.8;

/**
 * The name of a backup, as the program makes it: its time to the millisecond, and some chance, which is the same for the same words here.
 * @param start - milliseconds since the epoch
 */
export function backupId(start: number, ...words: string[]): string {
  const hex = sha256Of([...words, start].join('/'));
  const millisecond = Number.parseInt(hex.slice(6, 10), 16) % 1000;
  const at = new Date(Math.floor(start / 1000) * 1000 + millisecond);
  return `${at.toISOString().replace(/[-:.]/g, '')}-${hex.slice(0, 6)}`;
}

/** Where a backup of a job is. */
export function locationOf(job: string, id: string): string {
  return `/backups/${job.replace(/^(backup|drill)-/, '')}/${id}`;
}

/**
 * A backup that went well.
 * @param there - good backups that were there before
 */
export function backup(
  plan: JobPlan,
  { id, bytes }: TakenBackup,
  { there, seconds }: { there: number; seconds: number },
): Performance {
  const sha256 = sha256Of(id);
  const items = itemsOf(plan.name);
  const kept = Math.min(retention, there + 1);
  const pruned = there + 1 - kept;
  return {
    lines: [
      ...plan.greeting,
      ...items.map(item => `${item}: written`),
      `${id}: ${bytes} bytes, sha256 ${sha256}`,
      'archive read back: complete',
      `kept ${kept}, pruned ${pruned}`,
    ],
    exitCode: 0,
    seconds,
    report: {
      ...succeeded(plan),
      backup: {
        id,
        location: locationOf(plan.name, id),
        bytes,
        sha256,
        items: items.map(name => ({
          name,
          bytes: Math.round(bytes / items.length),
        })),
        itemCount: items.length,
        kept,
        pruned,
        verified: true,
        level: 'readable',
        ...versions[plan.name],
      },
    },
  };
}

/** A backup of a script: it ends well, and its log is all there is. */
export function scriptBackup(
  at: number,
  bytes: number,
  seconds: number,
): Performance {
  const stamp = new Date(at).toISOString().slice(0, 16).replace(/[-:]/g, '');
  return {
    lines: [
      'Dumping all databases of akko-postgresql ...',
      `pg_dumpall | gzip > /var/backups/akko-${stamp}.sql.gz`,
      `Backup size: ${(bytes / 2 ** 30).toFixed(1)} GiB`,
      `Backup written to /var/backups/akko-${stamp}.sql.gz`,
      'Removing backups older than 7 days ...',
      'Done.',
    ],
    exitCode: 0,
    seconds,
  };
}

/** A drill that restored a backup and found everything equal. */
export function drill(
  plan: JobPlan,
  { id, bytes }: TakenBackup,
  seconds: number,
): Performance {
  const location = locationOf(plan.name, id);
  const items = itemsOf(backupOf(plan.name));
  const changes = items.map(name => ({
    kind: 'test restore',
    name,
    action: 'created' as const,
    note: `of ${id}`,
  }));
  const restoreSeconds = Math.round(seconds * shareOfRestore * 10) / 10;
  return {
    lines: [
      ...plan.greeting,
      `proving the backup ${location}`,
      'checksums: all files are as the manifest says',
      ...items.map(name => `created   test restore ${name} (of ${id})`),
      `restored in ${restoreSeconds} s, compared: everything is equal`,
      `${plan.name} is done: ${items.length} created, 0 updated, 0 unchanged, 0 skipped`,
    ],
    exitCode: 0,
    seconds,
    report: {
      ...succeeded(plan),
      changes,
      totals: totalsOf(changes),
      backup: {
        id,
        location,
        bytes,
        sha256: sha256Of(id),
        items: items.map(name => ({ name })),
        itemCount: items.length,
        verified: true,
        level: 'restored',
        restoreSeconds,
        ...versions[plan.name],
      },
    },
  };
}

/** A drill that found a difference: its report names the backup, and says nothing good of it. */
export function failedDrill(plan: JobPlan, { id }: TakenBackup): Performance {
  const location = locationOf(plan.name, id);
  const performance = failing(plan, damagedBackup(location));
  return {
    ...performance,
    report: { ...performance.report, backup: { id, location } },
  };
}

function succeeded(plan: JobPlan) {
  return {
    schema: REPORT_SCHEMA,
    job: plan.name,
    outcome: 'succeeded',
    changes: [],
    totals: totalsOf([]),
  };
}

function itemsOf(backupName: string): string[] {
  return backupName === 'backup-minio'
    ? planOf('minio-init').objects.bucket
    : planOf('postgres-init').objects.database;
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
