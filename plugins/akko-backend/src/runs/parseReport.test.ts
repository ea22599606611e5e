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

  it('reads the error of a failure and what a backup says', () => {
    const report = {
      schema: 'akko.io/report/v1',
      job: 'backup-postgres',
      outcome: 'failed',
      error: { code: 'timeout', message: 'no answer' },
      backup: { id: 'b1', kept: 7 },
    };
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
    ['a list', '[1]'],
  ])('takes %s for no report', (_, message) => {
    expect(parseReport(message)).toBeUndefined();
  });
});
