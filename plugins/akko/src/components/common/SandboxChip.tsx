import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Badge } from './Badge';

/** Says that the cluster is simulated. */
export function SandboxChip() {
  const { t } = useTranslationRef(akkoTranslationRef);
  return <Badge label={t('sandbox')} hint={t('sandbox.hint')} />;
}
