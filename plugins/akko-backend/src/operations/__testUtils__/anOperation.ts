import { randomUUID } from 'node:crypto';
import type { OperationRecord } from '../OperationStore';
import type { StepRecord } from '../steps';

/** A step of minio-init that waits for nobody; tests change what they are about. */
export function aStep(changes: Partial<StepRecord> = {}): StepRecord {
  const job = changes.job ?? 'minio-init';
  return {
    job,
    wave: 0,
    after: [],
    phase: 'waiting',
    jobName: `akko-${job}`,
    ...changes,
  };
}

/** A re-run of `prod/akko/akko` that nobody carries out yet; tests change what they are about. */
export function anOperation(
  changes: Partial<OperationRecord> = {},
): OperationRecord {
  return {
    id: randomUUID(),
    instance: 'prod/akko/akko',
    action: 'rerun',
    state: 'queued',
    requestedBy: 'user:default/ana',
    via: 'portal',
    requestedAt: '2026-11-01T10:00:00.000Z',
    requestHash: 'hash',
    steps: [aStep()],
    ...changes,
  };
}
