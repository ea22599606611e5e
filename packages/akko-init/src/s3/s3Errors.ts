import { JobError, type ErrorCode } from '../core/JobError';
import { networkError } from '../core/networkErrors';
import { codeOfStatus } from '../http/HttpClient';

/** The name of the service in errors and reports. */
export const OBJECT_STORAGE = 'object storage';

interface Meaning {
  code: ErrorCode;
  nextStep: string;
}

const WRONG_KEY: Meaning = {
  code: 'authentication-failed',
  nextStep:
    'Compare access key and secret key in the Secret with those of the running object storage, then run the job again.',
};

const NO_RIGHT: Meaning = {
  code: 'permission-denied',
  nextStep:
    'Give the account of this access key the missing right (its IAM policy, or the policy of the bucket), or name another account in the values; then run the job again.',
};

const NOT_THERE: Meaning = {
  code: 'not-found',
  nextStep:
    "Create it (minio-init makes the buckets), or correct its name in the values; 'not found' for everything also means that this address is no S3 endpoint.",
};

const NOT_READY: Meaning = {
  code: 'service-unavailable',
  nextStep:
    'Look at the log of the object storage; when it answers, run the job again.',
};

const FULL: Meaning = {
  code: 'service-unavailable',
  nextStep:
    'There is no space left in the object storage: enlarge its volume or free space, then run the job again.',
};

const WRONG_REGION: Meaning = {
  code: 'misconfigured',
  nextStep:
    'Set objectStorage.region and objectStorage.endpoint in the values to those of the bucket, then run the job again.',
};

const NOT_SUPPORTED: Meaning = {
  code: 'misconfigured',
  nextStep:
    'This object storage cannot do that: take it out of the values, or use another storage; then run the job again.',
};

const OTHER: Meaning = {
  code: 'internal',
  nextStep:
    'Look at the log of the object storage for this request, then run the job again.',
};

/** By error code of S3 (Amazon S3 API reference, error responses), of MinIO and of Versity's gateway. */
const MEANINGS: Record<string, Meaning> = {
  SignatureDoesNotMatch: WRONG_KEY,
  InvalidAccessKeyId: WRONG_KEY,
  InvalidToken: WRONG_KEY,
  ExpiredToken: WRONG_KEY,
  XAdminUserNotFound: WRONG_KEY,
  AccessDenied: NO_RIGHT,
  AllAccessDisabled: NO_RIGHT,
  AccountProblem: NO_RIGHT,
  NoSuchBucket: NOT_THERE,
  NoSuchKey: NOT_THERE,
  NoSuchVersion: NOT_THERE,
  SlowDown: NOT_READY,
  ServiceUnavailable: NOT_READY,
  InternalError: NOT_READY,
  // Somebody else is making the same bucket right now.
  OperationAborted: NOT_READY,
  XMinioServerNotInitialized: NOT_READY,
  XMinioStorageFull: FULL,
  QuotaExceeded: FULL,
  XMinioAdminBucketQuotaExceeded: FULL,
  PermanentRedirect: WRONG_REGION,
  AuthorizationHeaderMalformed: WRONG_REGION,
  IllegalLocationConstraintException: WRONG_REGION,
  InvalidLocationConstraint: WRONG_REGION,
  RequestTimeTooSkewed: {
    code: 'misconfigured',
    nextStep:
      'The clocks of this node and of the object storage differ: correct them (NTP), then run the job again.',
  },
  BucketAlreadyExists: {
    code: 'conflict',
    nextStep:
      'Choose another name for the bucket in the values, or use the account that it belongs to; then run the job again.',
  },
  TooManyBuckets: {
    code: 'conflict',
    nextStep:
      'Raise the limit of buckets of this account, or take buckets out of the values; then run the job again.',
  },
};

const BY_CODE_OF_STATUS: Partial<Record<ErrorCode, Meaning>> = {
  'authentication-failed': WRONG_KEY,
  'permission-denied': NO_RIGHT,
  'not-found': NOT_THERE,
  'service-unavailable': NOT_READY,
};

const UNSUPPORTED_STATUSES: ReadonlySet<number> = new Set([405, 501]);

/** What the client throws for an answer. */
interface S3Failure {
  name?: string;
  message?: string;
  Code?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
}

/** The HTTP status of a failed request, or undefined when no answer came. */
export function statusOf(thrown: unknown): number | undefined {
  return (thrown as S3Failure)?.$metadata?.httpStatusCode;
}

/** S3's own code of a failed request, as `NoSuchBucket`; answers without a body (HEAD) seldom have one. */
export function s3CodeOf(thrown: unknown): string | undefined {
  const { Code, $response } = (thrown ?? {}) as S3Failure;
  return Code ?? $response?.headers?.['x-minio-error-code'];
}

/** Whether the storage does not have what was asked for: `NotImplemented`, `MethodNotAllowed`, and what stores say instead. */
export function isUnsupported(thrown: unknown): boolean {
  return UNSUPPORTED_STATUSES.has(statusOf(thrown) ?? 0);
}

/**
 * A failure of an object storage, or of reaching it, as a {@link JobError}.
 * @param doing - what was tried, as `create the bucket akko-users`
 */
export function s3Error(
  thrown: unknown,
  address: string,
  doing: string,
): JobError {
  if (thrown instanceof JobError) {
    return thrown;
  }
  const status = statusOf(thrown);
  const network =
    status === undefined
      ? networkError(thrown, OBJECT_STORAGE, address)
      : undefined;
  if (network) {
    return network;
  }
  const code = s3CodeOf(thrown);
  const meaning = meaningOf(code, status);
  return new JobError({
    code: meaning.code,
    service: OBJECT_STORAGE,
    message:
      status === undefined
        ? `${OBJECT_STORAGE} at ${address} failed to ${doing}: ${
            (thrown as Error)?.message ?? thrown
          }.`
        : `${OBJECT_STORAGE} at ${address} answered ${status} to: ${doing}${wordsOf(
            code,
            thrown as S3Failure,
          )}.`,
    nextStep: meaning.nextStep,
    cause: thrown,
  });
}

function meaningOf(
  code: string | undefined,
  status: number | undefined,
): Meaning {
  const known = code && MEANINGS[code];
  if (known) {
    return known;
  }
  if (status === undefined || status < 300) {
    return OTHER;
  }
  if (UNSUPPORTED_STATUSES.has(status)) {
    return NOT_SUPPORTED;
  }
  if (status === 507) {
    return FULL;
  }
  if (status < 400) {
    return WRONG_REGION;
  }
  return (
    BY_CODE_OF_STATUS[codeOfStatus(status)] ?? {
      code: codeOfStatus(status),
      nextStep:
        "Check the job's values against what the object storage says, then run the job again.",
    }
  );
}

/** The storage's own words, where it said any; the client makes up some for an answer without a body, and for one that is no XML. */
function wordsOf(code: string | undefined, { Code, message }: S3Failure) {
  if (!code) {
    return '';
  }
  const said = Code && message?.split('\n')[0].replace(/\.$/, '');
  return ` (${said ? `${code}: ${said}` : code})`;
}
