import type {
  InstanceRef,
  Operation,
  OperationPlan,
  OperationRequest,
  OperationVia,
} from '@akko/backstage-plugin-akko-common';

/** Who asks, as told by the door through which it came. */
export interface OperationCaller {
  /** User entity ref, or the service's subject. */
  principal: string;
  via: OperationVia;
  idempotencyKey?: string;
}

export interface OperationPage {
  items: Operation[];
  nextCursor?: string;
}

/** The durable state machine behind every mutation. */
export interface OperationService {
  /**
   * Stores the request and lets a worker carry it out; the same for REST, actions and scaffolder.
   * @throws AkkoError `unknown-instance`, `unknown-job`, `already-running`, `nothing-to-do`, `not-runnable`, `job-not-ours`,
   * `idempotency-mismatch`, `cluster-unreachable`
   */
  request(
    ref: InstanceRef,
    request: OperationRequest,
    caller: OperationCaller,
  ): Promise<Operation>;
  /** What {@link OperationService.request} would do, with the exact manifests; nothing is written. */
  plan(
    ref: InstanceRef,
    request: OperationRequest,
    caller: OperationCaller,
  ): Promise<OperationPlan>;
  get(id: string): Promise<Operation | undefined>;
  /** Answers when the operation has ended, or when the time is over. */
  wait(
    id: string,
    seconds: number,
    signal: AbortSignal,
  ): Promise<Operation | undefined>;
  list(
    ref: InstanceRef,
    page: { limit: number; cursor?: string },
  ): Promise<OperationPage>;
  active(ref: InstanceRef): Promise<Operation[]>;
}
