import { toolError } from './toolErrors';

/** What PostgreSQL 17's tools and server were seen to say. */
const WORDS = [
  {
    code: 'authentication-failed',
    words:
      'pg_dump: error: connection to server at "10.96.83.75", port 5432 failed: FATAL:  password authentication failed for user "postgres"',
  },
  {
    code: 'service-unavailable',
    words:
      'pg_dump: error: connection to server at "127.0.0.1", port 1 failed: Connection refused',
  },
  {
    code: 'service-unavailable',
    words:
      'pg_dump: error: Dumping the contents of table "t" failed: PQgetCopyData() failed.\npg_dump: detail: Error message from server: server closed the connection unexpectedly',
  },
  {
    code: 'permission-denied',
    words:
      'pg_dump: error: query failed: ERROR:  permission denied for table secrets',
  },
  {
    code: 'timeout',
    words:
      'pg_dump: error: query failed: ERROR:  canceling statement due to lock timeout',
  },
  {
    code: 'misconfigured',
    words:
      'pg_restore: error: could not execute query: ERROR:  extension "postgis" is not available',
  },
  {
    code: 'misconfigured',
    words: 'pg_dump: error: aborting because of server version mismatch',
  },
  {
    code: 'service-unavailable',
    words:
      'pg_restore: error: COPY failed for table "t": ERROR:  could not extend file "base/1/2": No space left on device',
  },
  {
    code: 'conflict',
    words:
      'pg_restore: error: could not execute query: ERROR:  relation "t" already exists',
  },
];

describe('toolError', () => {
  it.each(WORDS)('is $code for: $words', ({ code, words }) => {
    const error = toolError({
      tool: 'pg_dump',
      doing: 'work',
      otherwise: 'conflict',
      exitCode: 1,
      killedBy: null,
      words,
    });
    expect(error).toMatchObject({ code, nextStep: expect.any(String) });
    expect(error.message).not.toContain('\n');
  });

  it('keeps long words short', () => {
    const { message } = toolError({
      tool: 'pg_restore',
      doing: 'work',
      exitCode: 1,
      killedBy: null,
      words: 'x'.repeat(10_000),
    });
    expect(message.length).toBeLessThan(800);
  });
});
