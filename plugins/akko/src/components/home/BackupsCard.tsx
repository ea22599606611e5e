import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { BackupsWidget } from './BackupsWidget';

/** The widget with a card around it, for a home page that brings none. */
export function BackupsCard() {
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <InfoCard title={t('home.title')}>
      <BackupsWidget />
    </InfoCard>
  );
}
