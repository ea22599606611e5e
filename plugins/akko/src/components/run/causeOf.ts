import type { Run } from '@akko/backstage-plugin-akko-common';

/** Why a run did not go well. */
export interface RunCauseWords {
  /** One sentence. */
  what: string;
  /** What to do about it, where the job knows. */
  nextStep?: string;
  /** Error code of the job's report. */
  code?: string;
  service?: string;
  /** The log's or Kubernetes' own words, where they say more. */
  logged?: string;
}

/** The cause of a run that failed or whose end was not seen: what its report says, else its log, else Kubernetes. */
export function causeOf(run: Run): RunCauseWords | undefined {
  if (run.state !== 'failed' && run.state !== 'unknown') {
    return undefined;
  }
  const reported = run.report?.error;
  const what = reported?.message ?? run.errorLine ?? run.message ?? run.reason;
  const logged = reported ? run.errorLine : run.message;
  return what
    ? {
        what,
        nextStep: reported?.nextStep,
        code: reported?.code,
        service: reported?.service,
        logged: isSaid(logged, [what, reported?.nextStep]) ? undefined : logged,
      }
    : undefined;
}

/** The error line of a job with a report repeats a part of it; one is enough. */
function isSaid(
  logged: string | undefined,
  sentences: readonly (string | undefined)[],
): boolean {
  return (
    !logged ||
    sentences.some(said => said && logged.includes(said.replace(/[.…]$/, '')))
  );
}
