import type { ErrorResponse } from '@akko/backstage-plugin-akko-common';

/** Stable codes of the API's errors (docs: API, errors). */
export type AkkoErrorCode =
  | 'invalid-request'
  | 'not-authenticated'
  | 'not-allowed'
  | 'unknown-cluster'
  | 'unknown-instance'
  | 'unknown-job'
  | 'unknown-backup'
  | 'unknown-run'
  | 'unknown-operation'
  | 'unknown-route'
  | 'already-running'
  | 'job-not-ours'
  | 'nothing-to-do'
  | 'not-runnable'
  | 'idempotency-mismatch'
  | 'too-many-requests'
  | 'cluster-unreachable'
  | 'cluster-refused';

/** HTTP status of each code. */
const STATUS: Record<AkkoErrorCode, number> = {
  'invalid-request': 400,
  'not-authenticated': 401,
  'not-allowed': 403,
  'unknown-cluster': 404,
  'unknown-instance': 404,
  'unknown-job': 404,
  'unknown-backup': 404,
  'unknown-run': 404,
  'unknown-operation': 404,
  'unknown-route': 404,
  'already-running': 409,
  'job-not-ours': 409,
  'nothing-to-do': 422,
  'not-runnable': 422,
  'idempotency-mismatch': 422,
  'too-many-requests': 429,
  'cluster-unreachable': 503,
  'cluster-refused': 503,
};

type ErrorFields = Omit<ErrorResponse['error'], 'name' | 'message' | 'code'>;

/** An error with a code that callers can rely on. `http/` writes it in Backstage's error body. */
export class AkkoError extends Error {
  readonly name = 'AkkoError';
  readonly code: AkkoErrorCode;
  readonly fields: ErrorFields;

  /** Seconds after which it is worth another try. */
  readonly retryAfter?: number;

  constructor(
    code: AkkoErrorCode,
    message: string,
    fields: ErrorFields = {},
    { retryAfter }: { retryAfter?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }

  /** Status that the HTTP API answers with. */
  get httpStatus(): number {
    return STATUS[this.code];
  }
}
