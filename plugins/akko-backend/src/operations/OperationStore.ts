import type {
  Operation,
  OperationError,
} from '@akko/backstage-plugin-akko-common';
import type { StepRecord } from './steps';

/** An operation as stored. Times are ISO 8601 in UTC. */
export interface OperationRecord
  extends Omit<Operation, 'steps' | 'finishedAt' | 'error'> {
  finishedAt?: string;
  error?: OperationError;
  idempotencyKey?: string;
  /** SHA-256 of instance and request, to tell a repeated request from another one with the same key. */
  requestHash: string;
  steps: StepRecord[];
}

/** Somebody else carries the operation out by now. */
export class LeaseLostError extends Error {
  readonly name = 'LeaseLostError';
}

/** Why an operation was not stored. */
export type InsertOutcome =
  | { type: 'inserted' }
  | { type: 'repeated'; operation: OperationRecord }
  | { type: 'active'; operation: OperationRecord };

/** Operations in the database. What is written under a lease is refused, with {@link LeaseLostError}, once the lease is another's. */
export interface OperationStore {
  /** Stores an operation, unless its key was used or another one that it may not run beside is active on the instance. */
  insert(operation: OperationRecord): Promise<InsertOutcome>;
  findByKey(
    requestedBy: string,
    idempotencyKey: string,
  ): Promise<OperationRecord | undefined>;
  get(id: string): Promise<OperationRecord | undefined>;
  active(instance: string): Promise<OperationRecord[]>;
  /** Newest first. @throws InputError for a cursor that is none of ours */
  list(
    instance: string,
    page: { limit: number; cursor?: string },
  ): Promise<{ items: OperationRecord[]; nextCursor?: string }>;
  /** Takes the lease of operations that nobody carries out. @returns their ids */
  claim(owner: string, now: Date, until: Date): Promise<string[]>;
  /** @throws LeaseLostError */
  renew(id: string, owner: string, until: Date): Promise<void>;
  /** Gives the lease back, so that another replica goes on at once. */
  release(owner: string): Promise<void>;
  /** @throws LeaseLostError */
  saveStep(id: string, owner: string, step: StepRecord): Promise<void>;
  /** Marks an operation as running. @throws LeaseLostError */
  start(id: string, owner: string): Promise<void>;
  /** Ends an operation. @throws LeaseLostError */
  finish(
    id: string,
    owner: string,
    end: { state: 'succeeded' | 'failed'; error?: OperationError; at: Date },
  ): Promise<void>;
  /** Deletes operations that ended before. @returns how many */
  prune(before: Date): Promise<number>;
}
