import type { Backup } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { withLocalTimes } from '../common/time';

/** What speaks most against a backup; where nothing does, how old what it protects with is. */
export function BackupAge({ backup }: { backup: Backup }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { concerns, lastGoodAt, lastRestoredAt, lastVerifiedAt } = backup;
  const [worst] = concerns;
  if (worst) {
    return <>{withLocalTimes(worst.message)}</>;
  }
  if (lastVerifiedAt) {
    return (
      <>
        {t('card.verified')} <Time iso={lastVerifiedAt} />
        {lastRestoredAt && (
          <>
            , {t('card.restored')} <Time iso={lastRestoredAt} />
          </>
        )}
      </>
    );
  }
  return lastGoodAt ? (
    <>
      {t('card.lastGood')} <Time iso={lastGoodAt} />
    </>
  ) : (
    <>{t('card.noGood')}</>
  );
}
