import { JobError, type ErrorCode } from '../../core/JobError';

/** How a tool ended. */
export interface ToolEnd {
  tool: string;
  doing: string;
  /** What it means where the words do not tell. */
  otherwise?: ErrorCode;
  exitCode: number | null;
  /** The signal that ended it. */
  killedBy: NodeJS.Signals | null;
  /** What it said on its standard error, without secrets. */
  words: string;
}

interface Meaning {
  pattern: RegExp;
  code: ErrorCode;
  nextStep: string;
}

/** By the words of the tools and of the server (PostgreSQL 17, message locale C). */
const MEANINGS: readonly Meaning[] = [
  {
    pattern: /password authentication failed|no pg_hba\.conf entry/,
    code: 'authentication-failed',
    nextStep:
      'Compare the password in the Secret with the one of the running server, then run the job again.',
  },
  {
    pattern: /permission denied|must be (superuser|owner)/,
    code: 'permission-denied',
    nextStep:
      'Let the job use a superuser (postgresql.user in the values), or a role with pg_read_all_data; then run it again.',
  },
  {
    pattern: /lock timeout/,
    code: 'timeout',
    nextStep:
      'Another session holds a lock on a table for too long: see pg_locks and pg_stat_activity for which, then run the job again.',
  },
  {
    pattern: /No space left on device|could not extend file/,
    code: 'service-unavailable',
    nextStep:
      'The disk of the PostgreSQL server is full: enlarge its volume or free space, then run the job again.',
  },
  {
    pattern:
      /could not connect|connection to server .* failed|server closed the connection|terminating connection|database system is (starting|shutting)|Connection refused|SSL connection has been closed|could not translate host name/,
    code: 'service-unavailable',
    nextStep:
      'Look at the log of the PostgreSQL pod; when the server takes connections, run the job again.',
  },
  {
    pattern:
      /extension "[^"]+" is not available|could not open extension control file/,
    code: 'misconfigured',
    nextStep:
      'Use a scratch server of the same image (PostGIS, pgvector, plpython3u), named in scratch in the values; then run the job again.',
  },
  {
    pattern: /server version mismatch|unsupported version/,
    code: 'misconfigured',
    nextStep:
      'Use an image whose PostgreSQL client tools are at least as new as the server, then run the job again.',
  },
];

const LONGEST_WORDS = 600;

/** The failure of a tool, as a {@link JobError}. */
export function toolError(end: ToolEnd): JobError {
  const {
    tool,
    doing,
    otherwise = 'internal',
    exitCode,
    killedBy,
    words,
  } = end;
  const how = killedBy
    ? `was ended by ${killedBy}`
    : `ended with exit code ${exitCode}`;
  const meaning = MEANINGS.find(({ pattern }) => pattern.test(words));
  return new JobError({
    code: killedBy ? 'internal' : meaning?.code ?? otherwise,
    service: 'postgresql',
    message: `${tool}, which was to ${doing}, ${how}${
      words && `: ${excerpt(words)}`
    }.`,
    nextStep: killedBy
      ? 'See whether the pod ran out of memory (its limit in the values), then run the job again.'
      : meaning?.nextStep ??
        "See what the tool says, and the server's log; then run the job again.",
  });
}

/** The first lines tell the reason, later ones repeat the statement. */
function excerpt(words: string): string {
  const line = words.replace(/\s+/g, ' ').replace(/[.\s]+$/, '');
  return line.length > LONGEST_WORDS
    ? `${line.slice(0, LONGEST_WORDS)}…`
    : line;
}
