import type { OperationRecord } from './OperationStore';
import type { StepPhase, StepRecord } from './steps';

/** Row of `operations`. */
export interface OperationRow {
  id: string;
  instance: string;
  active_instance: string | null;
  action: string;
  backup: string | null;
  state: string;
  requested_by: string;
  via: string;
  reason: string | null;
  requested_at: string;
  finished_at: string | null;
  error: string | null;
  idempotency_key: string | null;
  request_hash: string;
  lease_owner: string | null;
  lease_until: string | null;
}

/** Row of `operation_steps`. */
export interface StepRow {
  operation_id: string;
  job: string;
  position: number;
  wave: number;
  after: string;
  phase: string;
  job_name: string;
  old_uid: string | null;
  uid: string | null;
  run: string | null;
  manifest: string | null;
  observed_since: string | null;
  error: string | null;
}

/**
 * What an operation has for itself until it ends. Init jobs depend on each other, so that an instance has one bootstrap or re-run at a time; a backup
 * that runs for hours stands in nobody's way but its own.
 */
export function laneOf({
  action,
  backup,
  instance,
}: Pick<OperationRecord, 'action' | 'backup' | 'instance'>): string {
  switch (action) {
    case 'backup':
    case 'drill':
      return `${instance} ${action} ${backup}`;
    case 'suspend':
    case 'resume':
      return `${instance} schedule ${backup}`;
    default:
      return instance;
  }
}

/** The row of an operation that has not ended and that nobody carries out yet. */
export function rowOfOperation(operation: OperationRecord): OperationRow {
  return {
    id: operation.id,
    instance: operation.instance,
    active_instance: laneOf(operation),
    action: operation.action,
    backup: operation.backup ?? null,
    state: operation.state,
    requested_by: operation.requestedBy,
    via: operation.via,
    reason: operation.reason ?? null,
    requested_at: operation.requestedAt,
    finished_at: operation.finishedAt ?? null,
    error: operation.error ? JSON.stringify(operation.error) : null,
    idempotency_key: operation.idempotencyKey ?? null,
    request_hash: operation.requestHash,
    lease_owner: null,
    lease_until: null,
  };
}

export function rowOfStep(
  operationId: string,
  step: StepRecord,
  position: number,
): StepRow {
  return {
    operation_id: operationId,
    position,
    wave: step.wave,
    after: JSON.stringify(step.after),
    job: step.job,
    ...changingColumns(step),
  };
}

/** The columns of a step that its progress changes. */
export function changingColumns(step: StepRecord) {
  return {
    phase: step.phase,
    job_name: step.jobName,
    old_uid: step.oldUid ?? null,
    uid: step.uid ?? null,
    run: step.run ?? null,
    manifest: step.manifest ? JSON.stringify(step.manifest) : null,
    observed_since: step.observedSince ?? null,
    error: step.error ?? null,
  };
}

export function operationOfRows(
  row: OperationRow,
  steps: readonly StepRow[],
): OperationRecord {
  return {
    id: row.id,
    instance: row.instance,
    action: row.action as OperationRecord['action'],
    backup: row.backup ?? undefined,
    state: row.state as OperationRecord['state'],
    requestedBy: row.requested_by,
    via: row.via as OperationRecord['via'],
    reason: row.reason ?? undefined,
    requestedAt: row.requested_at,
    finishedAt: row.finished_at ?? undefined,
    error: row.error ? JSON.parse(row.error) : undefined,
    idempotencyKey: row.idempotency_key ?? undefined,
    requestHash: row.request_hash,
    steps: steps.map(stepOfRow),
  };
}

function stepOfRow(row: StepRow): StepRecord {
  return {
    job: row.job,
    wave: row.wave,
    after: JSON.parse(row.after),
    phase: row.phase as StepPhase,
    jobName: row.job_name,
    oldUid: row.old_uid ?? undefined,
    uid: row.uid ?? undefined,
    run: row.run ?? undefined,
    manifest: row.manifest ? JSON.parse(row.manifest) : undefined,
    observedSince: row.observed_since ?? undefined,
    error: row.error ?? undefined,
  };
}
