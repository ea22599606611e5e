import { aRun } from '../../__testUtils__/fixtures';
import { causeOf } from './causeOf';

const error = {
  code: 'authentication-failed',
  service: 'keycloak',
  message: 'Keycloak refuses the admin password.',
  nextStep: 'Correct the Secret akko-keycloak, then run the job again.',
};
const report = {
  schema: 'akko.io/report/v1' as const,
  job: 'keycloak-clients',
  outcome: 'failed' as const,
};

describe('causeOf', () => {
  it('tells what the report says, and what to do', () => {
    const run = aRun({ report: { ...report, error }, errorLine: undefined });
    expect(causeOf(run)).toEqual({
      what: error.message,
      nextStep: error.nextStep,
      code: error.code,
      service: error.service,
      logged: undefined,
    });
  });

  it.each([
    `ERROR authentication-failed: ${error.message}`,
    `ERROR next step: ${error.nextStep}`,
  ])('leaves out the error line %s, which repeats the report', errorLine => {
    const run = aRun({ report: { ...report, error }, errorLine });
    expect(causeOf(run)?.logged).toBeUndefined();
  });

  it('keeps an error line that says more', () => {
    const errorLine = 'HTTP 401, invalid_grant';
    const run = aRun({ report: { ...report, error }, errorLine });
    expect(causeOf(run)?.logged).toBe(errorLine);
  });

  it.each([
    ['the error line', { errorLine: 'panic', message: 'backoff' }, 'panic'],
    ['the words of Kubernetes', { message: 'backoff limit' }, 'backoff limit'],
    ['the reason', { reason: 'DeadlineExceeded' }, 'DeadlineExceeded'],
  ])('takes %s where there is no report', (_, change, what) => {
    const run = aRun({ report: undefined, errorLine: undefined, ...change });
    expect(causeOf(run)).toMatchObject({ what, nextStep: undefined });
  });

  it('finds no cause in a run that went well', () => {
    expect(causeOf(aRun({ state: 'succeeded' }))).toBeUndefined();
  });
});
