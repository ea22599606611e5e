import {
  VERIFICATION_LEVELS,
  type BackupOrigin,
  type ReportBackup,
  type TriggerType,
} from '@akko/backstage-plugin-akko-common';
import type { BackupEntryRow } from '../../database/tables';
import type { RunRecord } from '../../runs/types';

/** Level of a job that only says whether it verified something: what it wrote is what it meant to write. */
const VERIFIED = VERIFICATION_LEVELS.indexOf('checksum');

/** What of an entry its own run decides; the rest depends on other runs, or on its log. */
export type OwnColumns = Omit<
  BackupEntryRow,
  | 'previous_bytes'
  | 'pruned_at'
  | 'level'
  | 'verified_at'
  | 'verified_by'
  | 'drill_failed_at'
  | 'drill_failed_by'
>;

/** Who or what began a run: a drill or backup of Helm's is nobody's schedule. */
export function originOf(trigger: TriggerType): BackupOrigin {
  switch (trigger) {
    case 'schedule':
      return 'scheduled';
    case 'helm':
    case 'unknown':
      return 'unknown';
    default:
      return 'manual';
  }
}

function levelOf(backup: ReportBackup | undefined): number {
  if (backup?.level) {
    return VERIFICATION_LEVELS.indexOf(backup.level);
  }
  return backup?.verified ? VERIFIED : 0;
}

function secondsBetween(from?: string, to?: string): number | null {
  return from && to ? (Date.parse(to) - Date.parse(from)) / 1000 : null;
}

/** The row of the ledger that a run makes; undefined for init jobs. */
export function entryOfRecord(record: RunRecord): OwnColumns | undefined {
  if (record.kind === 'init') {
    return undefined;
  }
  const { instance, report, trigger } = record;
  const backup = report?.backup;
  const isGood = record.state === 'succeeded';
  return {
    run_id: record.id,
    cluster: instance.cluster,
    namespace: instance.namespace,
    release: instance.release,
    name: record.name,
    kind: record.kind,
    state: record.state,
    origin: originOf(trigger.type),
    created_at: record.createdAt,
    started_at: record.startedAt ?? null,
    finished_at: record.finishedAt ?? null,
    duration_seconds: secondsBetween(record.startedAt, record.finishedAt),
    bytes: backup?.bytes ?? null,
    bytes_source: backup?.bytes === undefined ? null : 'report',
    location: backup?.location ?? null,
    location_source: backup?.location === undefined ? null : 'report',
    backup_id: backup?.id ?? null,
    sha256: backup?.sha256 ?? null,
    tool_version: backup?.toolVersion ?? null,
    server_version: backup?.serverVersion ?? null,
    items: backup?.itemCount ?? backup?.items?.length ?? null,
    kept: isGood ? backup?.kept ?? null : null,
    reported_level: isGood ? levelOf(backup) : 0,
    restore_seconds: backup?.restoreSeconds ?? null,
  };
}

/** Name of the drill that proves a backup, and back: the chart pairs them by name. */
export function drillOf(backup: string): string {
  return backup.replace(/^backup-/, 'drill-');
}

/** See {@link drillOf}. */
export function backupOfDrill(drill: string): string {
  return drill.replace(/^drill-/, 'backup-');
}
