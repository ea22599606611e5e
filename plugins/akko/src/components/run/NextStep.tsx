import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';

/** What to do about a failure. */
export function NextStep({ children }: { children?: string }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  return children ? (
    <div>
      <strong>{t('run.nextStep')}</strong> {children}
    </div>
  ) : null;
}
