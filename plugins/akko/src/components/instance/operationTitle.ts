import type { Operation } from '@akko/backstage-plugin-akko-common';
import type { Translate } from '../../translation';

/** What an operation is, in a few words. */
export function operationTitle(
  {
    action,
    backup = '',
    steps,
  }: Pick<Operation, 'action' | 'backup' | 'steps'>,
  t: Translate,
): string {
  switch (action) {
    case 'bootstrap':
      return t('activity.bootstrap');
    case 'rerun':
      return t('activity.rerun', {
        jobs: steps.map(({ job }) => job).join(', '),
      });
    default:
      return t(`activity.${action}`, { backup });
  }
}
