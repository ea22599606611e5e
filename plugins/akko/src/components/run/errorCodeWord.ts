import type { TranslationFunction } from '@backstage/core-plugin-api/alpha';
import type { akkoTranslationRef } from '../../translation';

type Translate = TranslationFunction<(typeof akkoTranslationRef)['T']>;

const CODES = [
  'authentication-failed',
  'permission-denied',
  'service-unavailable',
  'not-found',
  'conflict',
  'misconfigured',
  'timeout',
  'internal',
] as const;

/** An error code of a report in words; a code that newer jobs may have is just a failure. */
export function errorCodeWord(code: string, t: Translate): string {
  const known = CODES.find(each => each === code);
  return known ? t(`errorCode.${known}`) : t('errorCode.other');
}
