import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { command, kubectl, quote } from './commands';

/** What a shell makes of it: one argument per line, ended by NUL. */
function asShellSees(line: string): string[] {
  return execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], {
    encoding: 'utf8',
  })
    .split('\0')
    .slice(0, -1);
}

describe('a command to copy', () => {
  it.each([
    ['akko', 'akko'],
    ['--namespace=akko', '--namespace=akko'],
    ['a b', "'a b'"],
    ["it's", `'it'\\''s'`],
    ['$(reboot)', "'$(reboot)'"],
    ['a;b', "'a;b'"],
    ['', "''"],
  ])('quotes %j as %s', (argument, expected) => {
    expect(quote(argument)).toBe(expected);
  });

  it('keeps each argument one argument, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 40, unit: 'binary-ascii' }), {
          minLength: 1,
          maxLength: 4,
        }),
        parts => {
          const seen = asShellSees(command(...parts));
          expect(seen).toHaveLength(parts.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes line breaks and control characters out of a name', () => {
    expect(quote('a\nreboot\u001b[2J\u202e')).toBe("'a reboot'");
  });

  it('never lets a name begin an argument, so that none is an option', () => {
    expect(kubectl('logs', '--kubeconfig=/x', 'job/-f')).toBe(
      'kubectl logs --namespace=--kubeconfig=/x job/-f',
    );
  });
});
