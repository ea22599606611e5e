import {
  stringifyInstanceRef,
  VERIFICATION_LEVELS,
  type BackupPoint,
  type Report,
  type Trigger,
  type VerificationLevel,
} from '@akko/backstage-plugin-akko-common';
import type { BackupEntryRow, RunRow } from '../../database/tables';
import type { LedgerEntry } from './types';

/** A row of the ledger with what only the run says. */
export type JoinedRow = BackupEntryRow &
  Pick<RunRow, 'trigger' | 'reason' | 'message' | 'report' | 'error_line'> & {
    has_log: boolean | number;
  };

type ReportError = NonNullable<Report['error']>;

/** The name of a stored level. */
export function levelName(level: number): VerificationLevel {
  return VERIFICATION_LEVELS[level] ?? 'none';
}

/** PostgreSQL answers bigint as text. */
export function numberOf(
  value: number | string | null | undefined,
): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

function ratioOf(row: BackupEntryRow): number | undefined {
  const [bytes, before] = [numberOf(row.bytes), numberOf(row.previous_bytes)];
  return bytes === undefined || !before ? undefined : bytes / before;
}

function errorOf(report: string | null): ReportError | undefined {
  return report ? JSON.parse(report).error : undefined;
}

/** The entry in a row. @param retention - its place among those that are kept */
export function entryOfRow(
  row: JoinedRow,
  retention: LedgerEntry['retention'],
): LedgerEntry {
  const trigger: Trigger = JSON.parse(row.trigger);
  const error = errorOf(row.report);
  return {
    id: row.run_id,
    instance: stringifyInstanceRef(row),
    backup: row.name,
    origin: row.origin as LedgerEntry['origin'],
    by: trigger.by,
    operation: trigger.operation,
    scheduledFor: trigger.scheduledFor,
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    durationSeconds: row.duration_seconds ?? undefined,
    state: row.state as LedgerEntry['state'],
    reason: row.reason ?? undefined,
    message:
      row.state === 'succeeded'
        ? undefined
        : error?.message ?? row.error_line ?? row.message ?? undefined,
    errorCode: error?.code,
    bytes: numberOf(row.bytes),
    bytesSource: (row.bytes_source ?? undefined) as LedgerEntry['bytesSource'],
    ratio: row.state === 'succeeded' ? ratioOf(row) : undefined,
    items: row.items ?? undefined,
    location: row.location ?? undefined,
    locationSource: (row.location_source ??
      undefined) as LedgerEntry['locationSource'],
    backupId: row.backup_id ?? undefined,
    sha256: row.sha256 ?? undefined,
    toolVersion: row.tool_version ?? undefined,
    serverVersion: row.server_version ?? undefined,
    retention: row.pruned_at ? { prunedAt: row.pruned_at } : retention,
    verification: {
      level: levelName(row.level),
      at: row.verified_at ?? undefined,
      by: row.verified_by ?? undefined,
      restoreSeconds: row.restore_seconds ?? undefined,
      failedAt: row.drill_failed_at ?? undefined,
      failedBy: row.drill_failed_by ?? undefined,
    },
    hasLog: Boolean(row.has_log),
  };
}

/** The point of a chart in a row. */
export function pointOfRow(row: BackupEntryRow): BackupPoint {
  return {
    run: row.run_id,
    kind: row.kind as BackupPoint['kind'],
    at: row.created_at,
    state: row.state as BackupPoint['state'],
    origin: row.origin as BackupPoint['origin'],
    bytes: numberOf(row.bytes),
    durationSeconds: row.duration_seconds ?? undefined,
    level: levelName(row.level),
  };
}
