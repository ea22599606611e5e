/** Error codes of a report (architecture: the report). */
export const ERROR_CODES = [
  'authentication-failed',
  'permission-denied',
  'service-unavailable',
  'not-found',
  'conflict',
  'misconfigured',
  'timeout',
  'internal',
] as const;

/** What kind of failure it is; decides the exit code, and whether Kubernetes tries again. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * Exit codes, after sysexits.h. The chart's pod failure policy fails a Job at once for those that another attempt cannot mend.
 */
export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  'authentication-failed': 67, // EX_NOUSER
  'permission-denied': 77, // EX_NOPERM
  'service-unavailable': 69, // EX_UNAVAILABLE
  'not-found': 66, // EX_NOINPUT
  conflict: 65, // EX_DATAERR
  misconfigured: 78, // EX_CONFIG
  timeout: 75, // EX_TEMPFAIL
  internal: 70, // EX_SOFTWARE
};

/** Codes for which another attempt may end better. */
export const RETRYABLE_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'service-unavailable',
  'timeout',
  'internal',
]);

/** A failure as a person and a program need it. */
export interface JobErrorOptions {
  code: ErrorCode;
  /** The service it is about, as `postgresql`, `keycloak`, `object storage`. */
  service?: string;
  /** One sentence that names service, address and reason. */
  message: string;
  /** What to do about it. */
  nextStep?: string;
  cause?: unknown;
}

/** The failure of a job: a code, a sentence and the next step; never a secret. */
export class JobError extends Error {
  readonly code: ErrorCode;
  readonly service?: string;
  readonly nextStep?: string;

  constructor(options: JobErrorOptions) {
    super(options.message, { cause: options.cause });
    this.name = 'JobError';
    this.code = options.code;
    this.service = options.service;
    this.nextStep = options.nextStep;
  }
}

/** Whatever was thrown, as a {@link JobError}. */
export function toJobError(thrown: unknown): JobError {
  if (thrown instanceof JobError) {
    return thrown;
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new JobError({
    code: 'internal',
    message: `Unexpected: ${reason || 'an error without a message'}`,
    nextStep:
      'Run the job again; if it stays, report it with the log (AKKO_INIT_LOG_LEVEL=debug shows where it happened).',
    cause: thrown,
  });
}
