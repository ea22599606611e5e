import type { InitJob, Report } from '@akko/backstage-plugin-akko-common';
import type { TranslationFunction } from '@backstage/core-plugin-api/alpha';
import type { akkoTranslationRef } from '../../translation';
import { duration } from '../common/time';
import { JOB_MARKS } from '../state/marks';

type Translate = TranslationFunction<(typeof akkoTranslationRef)['T']>;

/** The state of a job in words; a waiting one says for whom. */
export function stateWord(job: InitJob, t: Translate): string {
  return job.state === 'pending' && job.waitingFor?.length
    ? t('state.waitingFor', { jobs: job.waitingFor.join(', ') })
    : t(JOB_MARKS[job.state].word as 'state.failed');
}

/** How long the last run took, beside what is usual. */
export function durationWords(job: InitJob, t: Translate): string | undefined {
  const seconds = job.lastRun?.durationSeconds;
  if (seconds === undefined) {
    return undefined;
  }
  const usual = job.usualDurationSeconds;
  return usual === undefined
    ? duration(seconds)
    : t('duration.usual', {
        duration: duration(seconds),
        usual: duration(usual),
      });
}

/** The last and the usual duration as shares (0 to 1) of the longer one; undefined where there is nothing to compare. */
export function durationShare(
  job: Pick<InitJob, 'lastRun' | 'usualDurationSeconds'>,
): { last: number; usual: number } | undefined {
  const last = job.lastRun?.durationSeconds;
  const usual = job.usualDurationSeconds;
  const longer = Math.max(last ?? 0, usual ?? 0);
  return last === undefined || usual === undefined || longer <= 0
    ? undefined
    : { last: last / longer, usual: usual / longer };
}

/** What the last run changed, from its report; what did not happen is not counted. */
export function changeWords(job: InitJob, t: Translate): string | undefined {
  const report = job.lastRun?.report;
  const totals = report?.totals;
  // That a job which failed changed nothing is no work done.
  return report?.outcome === 'failed' && totals && sumOf(totals) === 0
    ? undefined
    : totalsWords(totals, t);
}

function sumOf(totals: NonNullable<Report['totals']>): number {
  return Object.values(totals).reduce((sum, count) => sum + count, 0);
}

/** `created 1, unchanged 4`. */
export function totalsWords(
  totals: Report['totals'],
  t: Translate,
): string | undefined {
  if (!totals) {
    return undefined;
  }
  const words = (['created', 'updated', 'unchanged', 'skipped'] as const)
    .filter(action => totals[action] > 0)
    .map(action => t(`report.${action}`, { number: String(totals[action]) }));
  return words.join(', ') || t('report.nothing');
}
