import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Badge } from './Badge';

/** On a cluster of the sandbox: whether the runs of a job are made up, or really run. Nothing where that is not said. */
export function SimulatedBadge({ simulated }: { simulated?: boolean }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  if (simulated === undefined) {
    return null;
  }
  return simulated ? (
    <Badge label={t('sandbox.simulated')} hint={t('sandbox.simulatedHint')} />
  ) : (
    <Badge label={t('sandbox.real')} hint={t('sandbox.realHint')} />
  );
}
