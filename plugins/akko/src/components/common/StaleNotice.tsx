import type { Cluster } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Notice } from './Notice';
import { exactTime } from './time';

/** Says since when and why a cluster is not in contact. */
export function StaleNotice({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const since = cluster.staleSince ?? cluster.lastContactAt;
  return (
    <Notice
      tone="warn"
      title={t('stale.title', {
        cluster: cluster.title,
        time: since ? exactTime(since) : t('time.never'),
      })}
    >
      {cluster.error?.message}{' '}
      {cluster.lastContactAt
        ? t('stale.asOf', { time: exactTime(cluster.lastContactAt) })
        : t('stale.never')}
    </Notice>
  );
}
