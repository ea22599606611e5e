import type { OperationError } from '@akko/backstage-plugin-akko-common';
import type { Links } from '../task/Links';
import type { Phase } from '../task/AkkoStep';
import { StepFailed } from '../task/StepFailed';
import { counted, sentence } from '../words';
import type { JobOutcome } from './outcomes';
import { describeCause, rootCauseOf } from './rootCause';

/** What {@link failureOf} makes an error of. */
export interface FailureOptions {
  ref: string;
  /** As `Bootstrap of prod-eu/akko/akko`. */
  doing: string;
  jobs: readonly JobOutcome[];
  links: Links;
  /** What the operation itself says. */
  error?: OperationError;
  /** When it was asked for, RFC 3339. */
  since?: string;
}

/** The error of a step whose jobs did not all succeed: which, the root cause and what to do about it, and where to read on. */
export async function failureOf(
  phase: Phase,
  { doing, error, jobs, links, ref, since }: FailureOptions,
): Promise<StepFailed> {
  const failed = jobs.filter(
    ({ outcome }) => outcome === 'failed' || outcome === 'unknown',
  );
  const cause =
    failed.length > 0
      ? await rootCauseOf(phase, { ref, failed, since })
      : undefined;
  const run =
    failed.find(({ job }) => job === cause?.job)?.run ?? failed[0]?.run;
  return new StepFailed(
    [
      `${doing} failed: ${countOf(jobs, failed, error)}`,
      cause ? describeCause(cause) : failed.map(ownWords).join(' '),
      `See ${run ? links.run(run) : links.activity}`,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

function countOf(
  jobs: readonly JobOutcome[],
  failed: readonly JobOutcome[],
  error: OperationError | undefined,
): string {
  if (failed.length === 0) {
    return sentence(error?.message ?? 'it ended without having done all');
  }
  const skipped = jobs.filter(({ outcome }) => outcome === 'skipped').length;
  return sentence(
    `${failed.length} of ${counted(
      jobs.length,
      'job',
    )} did not succeed (${failed.map(({ job }) => job).join(', ')})${
      skipped > 0 ? `, ${skipped} not started` : ''
    }`,
  );
}

function ownWords({ error, job, outcome }: JobOutcome): string {
  return sentence(
    `${job}: ${
      error ??
      (outcome === 'unknown' ? 'its end was not seen' : 'it did not say why')
    }`,
  );
}
