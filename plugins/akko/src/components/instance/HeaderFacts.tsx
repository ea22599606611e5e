import type { Instance } from '@akko/backstage-plugin-akko-common';
import { HeaderLabel } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';

const useStyles = makeStyles({
  live: { display: 'inline-flex', alignItems: 'center', gap: 6 },
  dot: {
    width: 8,
    height: 8,
    borderRadius: '50%',
    border: '1px solid currentColor',
  },
  isLive: { backgroundColor: 'currentColor' },
  link: { color: 'inherit', textDecoration: 'underline' },
});

/** In the page's header: the catalog entity, what Helm installed, the cluster, and whether all of it is live. */
export function HeaderFacts(props: { instance: Instance; isLive: boolean }) {
  const { instance, isLive } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { chartVersion, clusterState, entityRef, revision, stale } = instance;
  const helm = [
    chartVersion,
    revision !== undefined &&
      t('instance.revision', { revision: String(revision) }),
  ].filter(Boolean);
  return (
    <>
      {entityRef && (
        <HeaderLabel
          label={t('instance.entity')}
          contentTypograpyRootComponent="span"
          value={
            <EntityRefLink
              className={classes.link}
              entityRef={entityRef}
              hideIcon
            />
          }
        />
      )}
      {helm.length > 0 && (
        <HeaderLabel label={t('instance.chart')} value={helm.join(', ')} />
      )}
      <HeaderLabel
        label={clusterState.title}
        contentTypograpyRootComponent="span"
        value={
          <span className={classes.live}>
            <span
              className={`${classes.dot} ${
                isLive && !stale ? classes.isLive : ''
              }`}
            />
            {liveWords()}
          </span>
        }
      />
    </>
  );

  function liveWords(): string {
    if (stale) {
      return t('instance.stale');
    }
    return t(isLive ? 'instance.live' : 'instance.polling');
  }
}
