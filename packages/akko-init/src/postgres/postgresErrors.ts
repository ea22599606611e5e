import { JobError, type ErrorCode } from '../core/JobError';
import { networkError } from '../core/networkErrors';

const SERVICE = 'postgresql';

interface Meaning {
  code: ErrorCode;
  nextStep: string;
}

const NOT_READY: Meaning = {
  code: 'service-unavailable',
  nextStep:
    'Look at the log of the PostgreSQL pod; when the server takes connections, run the job again.',
};

/** By SQLSTATE, or by its class of two characters. Source: PostgreSQL documentation, appendix A. */
const MEANINGS: Record<string, Meaning> = {
  '28P01': {
    code: 'authentication-failed',
    nextStep:
      'The password in the Secret differs from that of the running server: the data volume keeps the first one. Set it in the server (ALTER USER … WITH PASSWORD …) or correct the Secret, then run the job again.',
  },
  '28000': {
    code: 'authentication-failed',
    nextStep:
      'Let pg_hba.conf admit this user from the pod network, or correct user and sslMode in the values; then run the job again.',
  },
  '42501': {
    code: 'permission-denied',
    nextStep:
      'Run the job as a superuser (values postgresql.user), or grant the missing right; then run it again.',
  },
  '3D000': {
    code: 'not-found',
    nextStep:
      'Run the job that creates this database first (postgres-init, postgres-data-init), or correct its name in the values.',
  },
  '0A000': {
    code: 'misconfigured',
    nextStep:
      'The extension is not in the image of this server: use the AKKO PostgreSQL image (PostGIS, pgvector, plpython3u), or take the extension out of the values.',
  },
  '58P01': {
    code: 'misconfigured',
    nextStep:
      'The extension is not in the image of this server: use the AKKO PostgreSQL image (PostGIS, pgvector, plpython3u), or take the extension out of the values.',
  },
  '53100': {
    code: 'service-unavailable',
    nextStep:
      'The disk of the server is full: enlarge its volume or free space, then run the job again.',
  },
  '55P03': {
    code: 'timeout',
    nextStep:
      'Another session holds the lock: see pg_locks and pg_stat_activity for which, then run the job again.',
  },
  '57014': {
    code: 'timeout',
    nextStep: 'See what the server was busy with, then run the job again.',
  },
  '42601': {
    code: 'misconfigured',
    nextStep: 'Correct the SQL in the values, then run the job again.',
  },
  '42939': {
    code: 'misconfigured',
    nextStep:
      'PostgreSQL keeps this name for itself: choose another in the values, then run the job again.',
  },
  '55006': {
    code: 'service-unavailable',
    nextStep:
      'Another session is connected to template1, from which new databases are copied: end it (see pg_stat_activity), then run the job again.',
  },
  '57P03': NOT_READY,
  '53': NOT_READY,
  '57': NOT_READY,
  '08': NOT_READY,
};

const OTHER: Meaning = {
  code: 'internal',
  nextStep:
    "Look at the statement in the log and at the server's log, then run the job again.",
};

/**
 * A failure of PostgreSQL, or of reaching it, as a {@link JobError}.
 * @param doing - what was tried, as `create the database mlflow`
 */
export function postgresError(
  thrown: unknown,
  address: string,
  doing: string,
): JobError {
  if (thrown instanceof JobError) {
    return thrown;
  }
  const { code, message } = thrown as { code?: string; message?: string };
  // Not EPIPE, which has five letters too.
  const isSqlState =
    typeof code === 'string' && /^[0-9FHPX][0-9A-Z]{4}$/.test(code);
  const network = isSqlState
    ? undefined
    : networkError(thrown, SERVICE, address);
  if (network) {
    return network;
  }
  const isCut = /connection terminated|timeout expired|not queryable/i.test(
    message ?? '',
  );
  const meaning = isCut
    ? NOT_READY
    : MEANINGS[code ?? ''] ?? MEANINGS[code?.slice(0, 2) ?? ''] ?? OTHER;
  return new JobError({
    code: meaning.code,
    service: SERVICE,
    message: isCut
      ? `postgresql at ${address} did not ${doing}: the connection was cut or not answered (${message}).`
      : `postgresql at ${address} refused to ${doing}: ${message}${
          isSqlState ? ` (SQLSTATE ${code})` : ''
        }.`,
    nextStep: meaning.nextStep,
    cause: thrown,
  });
}

/** Whether a statement failed because what it creates is there: somebody else was quicker. */
export function isAlreadyThere(thrown: unknown): boolean {
  // duplicate database, object, schema, table, function, and the unique index of a catalog.
  return ['42P04', '42710', '42P06', '42P07', '42723', '23505'].includes(
    sqlStateOf(thrown) ?? '',
  );
}

/** The SQLSTATE of a failure of PostgreSQL, also of one that {@link postgresError} made. */
export function sqlStateOf(thrown: unknown): string | undefined {
  const { code } = ((thrown as JobError)?.cause ?? thrown ?? {}) as {
    code?: string;
  };
  return code;
}
