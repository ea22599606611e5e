import type { Upgrade } from '@akko/backstage-plugin-akko-common';
import type { TranslationFunction } from '@backstage/core-plugin-api/alpha';
import type { akkoTranslationRef } from '../../translation';

type Translate = TranslationFunction<(typeof akkoTranslationRef)['T']>;

/** In the order in which they are told. */
const STATES = [
  'succeeded',
  'failed',
  'running',
  'pending',
  'unknown',
] as const;

/** What Helm did, in a few words. */
export function upgradeTitle({ revision }: Upgrade, t: Translate): string {
  if (revision === undefined) {
    return t('activity.helm');
  }
  return revision === 1
    ? t('activity.install')
    : t('activity.upgrade', { revision: String(revision) });
}

/** How the jobs of an upgrade went, in one sentence: `9 jobs: 7 done, 2 failed`. */
export function upgradeSentence({ runs }: Upgrade, t: Translate): string {
  const counts = STATES.map(state => ({
    state,
    count: runs.filter(run => run.state === state).length,
  })).filter(({ count }) => count > 0);
  if (counts.every(({ state }) => state === 'succeeded')) {
    return t('activity.allDone', { count: runs.length });
  }
  const states = counts.map(({ state, count }) =>
    t(`activity.count.${state}`, { number: String(count) }),
  );
  return t('activity.jobs', { count: runs.length, states: states.join(', ') });
}
