import type {
  InitJob,
  Instance,
  Report,
} from '@akko/backstage-plugin-akko-common';
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

/** Whether some jobs of an instance in the sandbox really run, so that each has to say what it does. */
export function isPartlyReal({
  jobs,
  backups,
}: Pick<Instance, 'jobs' | 'backups'>): boolean {
  return [...jobs, ...backups].some(({ simulated }) => simulated === false);
}

/** In the sandbox: whether a job is simulated or really runs. */
export function simulatedWord(
  { simulated }: Pick<InitJob, 'simulated'>,
  t: Translate,
): string | undefined {
  return simulated === undefined
    ? undefined
    : t(simulated ? 'sandbox.simulated' : 'sandbox.real');
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

/** What the next upgrade by Helm will do with it; undefined where that is not known, or nothing. */
export function nextWords(
  { changedSinceLastRun, nextUpgrade }: InitJob,
  t: Translate,
): string | undefined {
  if (nextUpgrade === undefined || nextUpgrade === 'off') {
    return undefined;
  }
  const next = t(`next.${nextUpgrade}`);
  return changedSinceLastRun && nextUpgrade === 'runs'
    ? t('next.changed', { next })
    : next;
}

/** What the last run changed, from its report; what did not happen is not counted. */
export function changeWords(job: InitJob, t: Translate): string | undefined {
  const report = job.lastRun?.report;
  if (!report?.totals) {
    return undefined;
  }
  const counts = countWords(report, t);
  if (counts.length > 0) {
    return counts.map(({ words }) => words).join(', ');
  }
  // That a job which failed changed nothing is no work done.
  return report.outcome === 'failed' ? undefined : t('report.nothing');
}

const ACTIONS = ['created', 'updated', 'unchanged', 'skipped'] as const;

/** How many objects a job `created 1`, `updated 2`, …, or would have; what did not happen is left out. */
export function countWords(
  { plan, totals }: Report,
  t: Translate,
): { action: (typeof ACTIONS)[number]; words: string }[] {
  return ACTIONS.filter(action => totals && totals[action] > 0).map(action => {
    const number = String(totals![action]);
    const isPlanned = plan && (action === 'created' || action === 'updated');
    return {
      action,
      words: isPlanned
        ? t(`report.planned.${action}`, { number })
        : t(`report.${action}`, { number }),
    };
  });
}
