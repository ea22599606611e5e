import { parseReport } from './parseReport';

const REPORT = {
  schema: 'akko.io/report/v1',
  job: 'minio-init',
  outcome: 'succeeded',
  changes: [{ kind: 'bucket', name: 'akko-users', action: 'created' }],
  totals: { created: 1, updated: 0, unchanged: 4, skipped: 0 },
};

describe('parseReport', () => {
  it('reads a report', () => {
    expect(parseReport(` ${JSON.stringify(REPORT)}\n`)).toEqual(REPORT);
  });

  it.each([
    [
      'the error of a failure',
      {
        outcome: 'failed',
        error: {
          code: 'timeout',
          service: 'keycloak',
          message: 'no answer',
          nextStep: 'Look at the log of Keycloak.',
        },
      },
    ],
    ['an error without a next step', { error: { code: 'x', message: 'y' } }],
    ['that it is only a plan', { plan: true }],
    [
      'what a backup says',
      {
        backup: {
          id: '2026-11-23T02-00-00Z',
          location: '/backups/postgres/2026-11-23T02-00-00Z',
          bytes: 1_048_576,
          sha256: 'abc',
          items: [
            { name: 'infra/keycloak', bytes: 9, sha256: 'def', rows: 12 },
            { name: 'akko-users', count: 3 },
          ],
          itemCount: 12,
          kept: 7,
          pruned: 1,
          verified: true,
          level: 'restored',
          toolVersion: 'pg_dump 17.6',
          serverVersion: '17.6',
          restoreSeconds: 4.2,
        },
      },
    ],
    ['the least that a backup says', { backup: { id: 'b', location: '/b' } }],
    [
      'more about a backup than it knows',
      { backup: { id: 'b', location: '/b', more: 1 } },
    ],
  ])('reads %s', (_, part) => {
    const report = { ...REPORT, ...part };
    expect(parseReport(JSON.stringify(report))).toEqual(report);
  });

  it.each([
    ['nothing', undefined],
    ['a log line', 'ERROR: refused'],
    ['a report that was cut', JSON.stringify(REPORT).slice(0, 60)],
    [
      'another schema',
      JSON.stringify({ ...REPORT, schema: 'akko.io/report/v2' }),
    ],
    ['an unknown outcome', JSON.stringify({ ...REPORT, outcome: 'maybe' })],
    [
      'changes of the wrong shape',
      JSON.stringify({ ...REPORT, changes: 'many' }),
    ],
    [
      'a backup that does not say where it is',
      JSON.stringify({ ...REPORT, backup: { id: 'b' } }),
    ],
    [
      'a backup of an unknown level',
      JSON.stringify({
        ...REPORT,
        backup: { id: 'b', location: '/b', level: 'sure' },
      }),
    ],
    [
      'a next step that is no text',
      JSON.stringify({
        ...REPORT,
        error: { code: 'x', message: 'y', nextStep: 1 },
      }),
    ],
    ['a list', '[1]'],
  ])('takes %s for no report', (_, message) => {
    expect(parseReport(message)).toBeUndefined();
  });
});
