import type { Cluster } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Notice } from './Notice';
import { exactTime, withLocalTimes } from './time';

/** Says since when and why a cluster is not in contact. */
export function StaleNotice({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const since = cluster.staleSince ?? cluster.lastContactAt;
  return (
    <Notice
      tone="warn"
      title={
        since
          ? t('stale.title', { cluster: cluster.title, time: exactTime(since) })
          : t('stale.neverTitle', { cluster: cluster.title })
      }
    >
      {cluster.error && withLocalTimes(cluster.error.message)}{' '}
      {cluster.lastContactAt
        ? t('stale.asOf', { time: exactTime(cluster.lastContactAt) })
        : t('stale.never')}
    </Notice>
  );
}
