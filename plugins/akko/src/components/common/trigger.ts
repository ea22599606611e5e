import type { Trigger } from '@akko/backstage-plugin-akko-common';
import type { akkoTranslationRef } from '../../translation';
import type { TranslationFunction } from '@backstage/core-plugin-api/alpha';

type Translate = TranslationFunction<(typeof akkoTranslationRef)['T']>;

/** `user:default/ana` → `ana`; services keep their name. */
export function personOf(principal: string | undefined): string {
  return principal?.replace(/^user:[^/]+\//, '') ?? '';
}

/** Who or what made a run, in a few words. */
export function triggerSentence(
  { type, by, reason, revision }: Trigger,
  t: Translate,
): string {
  const sentence = sentenceOf(type, by, revision, t);
  return reason ? `${sentence}: ${t('run.because', { reason })}` : sentence;
}

function sentenceOf(
  type: Trigger['type'],
  by: string | undefined,
  revision: number | undefined,
  t: Translate,
): string {
  switch (type) {
    case 'helm':
      return revision === undefined
        ? t('run.trigger.helmUnknown')
        : t('run.trigger.helm', { revision: String(revision) });
    case 'portal':
      return t('run.trigger.portal', { by: personOf(by) });
    case 'api':
      return t('run.trigger.api', { by: personOf(by) });
    case 'scaffolder':
      return t('run.trigger.scaffolder', { by: personOf(by) });
    case 'action':
      return t('run.trigger.action', { by: personOf(by) });
    case 'schedule':
      return t('run.trigger.schedule');
    case 'kubectl':
      return t('run.trigger.kubectl');
    default:
      return t('run.trigger.unknown');
  }
}
