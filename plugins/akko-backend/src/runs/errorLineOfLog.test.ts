import { errorLineOfLog } from './errorLineOfLog';

describe('errorLineOfLog', () => {
  const table: [string, string[], string | undefined][] = [
    [
      'the last error of a job that retries',
      [
        'connecting',
        'ERROR: refused (1/3)',
        'ERROR: refused (3/3)',
        'giving up',
      ],
      'ERROR: refused (3/3)',
    ],
    [
      'the exception of a Python traceback',
      [
        'Traceback (most recent call last):',
        '  File "main.py", line 3, in <module>',
        'psycopg2.OperationalError: could not connect to server',
      ],
      'psycopg2.OperationalError: could not connect to server',
    ],
    [
      'an error before what the shell says of it',
      [
        'psql: error: FATAL: role "akko" does not exist',
        'command terminated with exit code 2',
      ],
      'psql: error: FATAL: role "akko" does not exist',
    ],
    [
      'an error rather than its stack',
      [
        'Error: boom',
        '    at main (index.js:1:2)',
        '    at error (index.js:4:2)',
      ],
      'Error: boom',
    ],
    [
      'a failure where nothing says error',
      ['curl: (7) Failed to connect to akko-polaris', 'bye'],
      'curl: (7) Failed to connect to akko-polaris',
    ],
    ['a status of HTTP', ['GET /v1/config', 'HTTP 500', 'done'], 'HTTP 500'],
    [
      'not a summary without errors, nor what is ignored',
      ['permission denied', 'finished with 0 errors', 'error ignored'],
      'permission denied',
    ],
    [
      'what happened rather than what to do about it',
      [
        'ERROR authentication-failed: Keycloak refuses the password.',
        'ERROR next step: Correct the Secret, then run the job again.',
      ],
      'ERROR authentication-failed: Keycloak refuses the password.',
    ],
    ['the last line where none tells', ['one', 'two', '', '  '], 'two'],
    ['nothing for an empty log', ['', ' '], undefined],
  ];

  it.each(table)('chooses %s', (_, lines, expected) => {
    expect(errorLineOfLog(lines.join('\n'))).toBe(expected);
  });

  it('takes colours off', () => {
    expect(errorLineOfLog('\u001b[31mERROR\u001b[0m: no\r\n')).toBe(
      'ERROR: no',
    );
  });

  it('cuts a line that is too long for a cell', () => {
    expect(errorLineOfLog(`Error: ${'x'.repeat(9000)}`)).toHaveLength(500);
  });
});
