import type { Run, ReportChange } from '@akko/backstage-plugin-akko-common';
import { withoutUndefined } from '../json';
import { duration, sentence } from '../words';

/** How a job ended, as an output of a step. A type, so that it counts as JSON. */
export type JobOutcome = {
  job: string;
  outcome: 'succeeded' | 'failed' | 'skipped' | 'unknown';
  /** Run id. */
  run?: string;
  durationSeconds?: number;
  /** Counts of the job's report, where it left one. */
  created?: number;
  updated?: number;
  unchanged?: number;
  skipped?: number;
  /** Why it failed or was not started. */
  error?: string;
};

/** Where a job is, and what is known of its run. */
export interface JobProgress {
  job: string;
  /** State of an operation's step, or of a run. */
  state: string;
  error?: string;
  run?: Run;
}

const ACTIONS: readonly ReportChange['action'][] = [
  'created',
  'updated',
  'unchanged',
  'skipped',
];

/** How a job that has ended did so. */
export function outcomeOf({ error, job, run, state }: JobProgress): JobOutcome {
  const outcome =
    state === 'succeeded' || state === 'failed' || state === 'skipped'
      ? state
      : 'unknown';
  return withoutUndefined({
    job,
    outcome,
    run: run?.id,
    durationSeconds: run?.durationSeconds,
    ...run?.report?.totals,
    error: outcome === 'succeeded' ? undefined : whyOf({ error, run }),
  });
}

/** A line of the task's log, such as `minio-init: succeeded in 12 s, created 1, unchanged 4`; undefined for a state of which there is nothing to tell. */
export function progressLine(progress: JobProgress): string | undefined {
  const { error, job, run, state } = progress;
  const took = (word: string) =>
    run?.durationSeconds === undefined
      ? ''
      : ` ${word} ${duration(run.durationSeconds)}`;
  switch (state) {
    case 'replacing':
      return `${job}: the Job that is there is archived and replaced`;
    case 'running':
      return `${job}: running`;
    case 'succeeded':
      return [`${job}: succeeded${took('in')}`, ...changesOf(run)].join(', ');
    case 'failed':
      return `${job}: failed${took('after')}: ${sentence(
        whyOf({ error, run }) ?? 'it did not say why',
      )}`;
    case 'skipped':
      return `${job}: not started${error ? ` (${error})` : ''}`;
    case 'unknown':
      return `${job}: its end was not seen`;
    default:
      return undefined;
  }
}

function changesOf(run: Run | undefined): string[] {
  const totals = run?.report?.totals;
  return ACTIONS.filter(action => totals?.[action]).map(
    action => `${action} ${totals![action]}`,
  );
}

/** The job's own words are nearest to the cause. */
function whyOf({ error, run }: Pick<JobProgress, 'error' | 'run'>) {
  return run?.report?.error?.message ?? run?.errorLine ?? error ?? run?.message;
}
