/** Why a call to a cluster failed, in the terms that callers decide on. */
export type ClusterCallErrorKind =
  /** No connection, time-out, 429, 5xx. */
  | 'unreachable'
  /** The cluster's own 401 or 403. */
  | 'refused'
  | 'not-found'
  /** 409 AlreadyExists on create. */
  | 'already-exists'
  /** Any other 409: precondition or resourceVersion. */
  | 'conflict'
  /** 400, 422 and other refusals of the request itself. */
  | 'invalid';

/**
 * A failed call to a cluster. It has no `status` property on purpose: Backstage's error middleware would answer with it, and a cluster's
 * 403 would look like ours. `http/` maps it to our own errors.
 */
export class ClusterCallError extends Error {
  readonly name = 'ClusterCallError';
  readonly kind: ClusterCallErrorKind;
  readonly cluster: string;
  /** HTTP status of the cluster's answer, if there was one. */
  readonly upstreamStatus?: number;
  /** `reason` of the cluster's Status body. */
  readonly reason?: string;
  readonly retryAfterSeconds?: number;

  constructor(options: {
    kind: ClusterCallErrorKind;
    cluster: string;
    message: string;
    upstreamStatus?: number;
    reason?: string;
    retryAfterSeconds?: number;
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.kind = options.kind;
    this.cluster = options.cluster;
    this.upstreamStatus = options.upstreamStatus;
    this.reason = options.reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
