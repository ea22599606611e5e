import type { InitJob } from '@akko/backstage-plugin-akko-common';
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

/** What the last run changed, from its report. */
export function changeWords(job: InitJob, t: Translate): string | undefined {
  const totals = job.lastRun?.report?.totals;
  return (
    totals &&
    t('instance.changes', {
      created: String(totals.created),
      updated: String(totals.updated),
      unchanged: String(totals.unchanged),
    })
  );
}
