import type { BackupTarget } from '@akko/backstage-plugin-akko-common';
import type { Translate } from '../../translation';
import { span } from '../common/time';
import { LEVEL_MARKS } from '../state/marks';

/** What is expected of a backup, in one line. */
export function targetWords(
  {
    pausedWithinSeconds,
    recoveryPointSeconds,
    verifiedLevel,
    verifiedWithinSeconds,
  }: BackupTarget,
  t: Translate,
): string {
  return [
    recoveryPointSeconds !== undefined &&
      t('backup.target.recoveryPoint', { age: span(recoveryPointSeconds) }),
    // That nothing has to be proven is no target.
    verifiedLevel !== 'none' &&
      t('backup.target.verified', {
        age: span(verifiedWithinSeconds),
        level: t(LEVEL_MARKS[verifiedLevel].word as 'level.restored'),
      }),
    pausedWithinSeconds !== undefined &&
      t('backup.target.paused', { age: span(pausedWithinSeconds) }),
  ]
    .filter(Boolean)
    .join('; ');
}
