import {
  stringifyInstanceRef,
  type Run,
  type RunState,
} from '@akko/backstage-plugin-akko-common';
import type { RunRow } from '../database/tables';
import type { StoredAttempt } from './mergeRecords';
import type { RunRecord } from './types';

/** Only what the table is for: observed attempts carry more, such as raw termination messages. */
function attemptColumns(attempt: StoredAttempt): StoredAttempt {
  return {
    number: attempt.number,
    pod: attempt.pod,
    node: attempt.node,
    startedAt: attempt.startedAt,
    finishedAt: attempt.finishedAt,
    exitCode: attempt.exitCode,
    reason: attempt.reason,
    message: attempt.message,
    hasLog: attempt.hasLog,
    containerId: attempt.containerId,
    restart: attempt.restart,
    logNote: attempt.logNote,
  };
}

/** How a record lies in the table. */
export function rowOfRecord(record: RunRecord, updatedAt: string): RunRow {
  return {
    id: record.id,
    cluster: record.cluster,
    uid: record.uid,
    namespace: record.instance.namespace,
    release: record.instance.release,
    name: record.name,
    kind: record.kind,
    job_name: record.jobName,
    state: record.state,
    trigger: JSON.stringify(record.trigger),
    trigger_type: record.trigger.type,
    revision: record.trigger.revision ?? null,
    created_at: record.createdAt,
    started_at: record.startedAt ?? null,
    finished_at: record.finishedAt ?? null,
    reason: record.reason ?? null,
    message: record.message ?? null,
    error_line: record.errorLine ?? null,
    exit_code: record.exitCode ?? null,
    config_checksum: record.configChecksum ?? null,
    image: record.image ?? null,
    attempts: JSON.stringify(record.attempts.map(attemptColumns)),
    report: record.report ? JSON.stringify(record.report) : null,
    events: JSON.stringify(record.events),
    live: record.live,
    updated_at: updatedAt,
  };
}

/** The record in a row. */
export function recordOfRow(row: RunRow): RunRecord {
  return {
    id: row.id,
    cluster: row.cluster,
    uid: row.uid,
    instance: {
      cluster: row.cluster,
      namespace: row.namespace,
      release: row.release,
    },
    name: row.name,
    kind: row.kind as RunRecord['kind'],
    jobName: row.job_name,
    state: row.state as RunState,
    trigger: JSON.parse(row.trigger),
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    reason: row.reason ?? undefined,
    message: row.message ?? undefined,
    errorLine: row.error_line ?? undefined,
    exitCode: row.exit_code ?? undefined,
    configChecksum: row.config_checksum ?? undefined,
    image: row.image ?? undefined,
    attempts: JSON.parse(row.attempts),
    report: row.report ? JSON.parse(row.report) : undefined,
    events: JSON.parse(row.events),
    live: Boolean(row.live),
  };
}

/** Seconds between two ISO times, to the millisecond; undefined where one is missing. */
export function secondsBetween(
  start: string | undefined,
  end: string | undefined,
): number | undefined {
  return start && end
    ? Math.max(0, (Date.parse(end) - Date.parse(start)) / 1000)
    : undefined;
}

function messageOf(attempt: StoredAttempt): string | undefined {
  const note = attempt.hasLog ? undefined : attempt.logNote;
  return [attempt.message, note].filter(Boolean).join(' · ') || undefined;
}

/** The log of a running container can be read from its pod. */
function isRunningOn(record: RunRecord, attempt: StoredAttempt): boolean {
  return (
    record.live &&
    record.state === 'running' &&
    attempt.startedAt !== undefined &&
    attempt.reason === undefined &&
    attempt.finishedAt === undefined &&
    attempt.exitCode === undefined
  );
}

/** The run as the API tells it. */
export function runOfRecord(record: RunRecord): Run {
  return {
    id: record.id,
    uid: record.uid,
    instance: stringifyInstanceRef(record.instance),
    name: record.name,
    jobName: record.jobName,
    kind: record.kind,
    state: record.state,
    trigger: record.trigger,
    createdAt: record.createdAt,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    durationSeconds: secondsBetween(record.startedAt, record.finishedAt),
    reason: record.reason,
    message: record.message,
    // A failed attempt of a run that went well in the end is told by the attempt.
    errorLine: record.state === 'succeeded' ? undefined : record.errorLine,
    exitCode: record.exitCode,
    attempts: record.attempts.map((attempt: StoredAttempt) => ({
      number: attempt.number,
      pod: attempt.pod,
      node: attempt.node,
      startedAt: attempt.startedAt,
      finishedAt: attempt.finishedAt,
      exitCode: attempt.exitCode,
      reason: attempt.reason,
      message: messageOf(attempt),
      hasLog: attempt.hasLog || isRunningOn(record, attempt),
    })),
    report: record.report,
    configChecksum: record.configChecksum,
    image: record.image,
    live: record.live,
  };
}
