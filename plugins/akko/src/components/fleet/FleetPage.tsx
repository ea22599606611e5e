import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { useMemo } from 'react';
import { useFleet, type FleetView } from '../../hooks/useFleet';
import { useInstanceEntities } from '../../hooks/useInstanceEntities';
import { akkoTranslationRef } from '../../translation';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { StaleNotice } from '../common/StaleNotice';
import { useLast } from '../common/useLast';
import { FleetFilters } from './FleetFilters';
import { FleetHeadline } from './FleetHeadline';
import { ownedOnly } from './fleetRows';
import { Instances } from './Instances';
import { useFleetFilter } from './useFleetFilter';

/** All instances of all clusters, those that need attention first. */
export function FleetPage() {
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <Page themeId="tool">
      <Header title={t('title')} subtitle={t('subtitle')} />
      <Content>
        <Fleet />
      </Content>
    </Page>
  );
}

function Fleet() {
  const { t } = useTranslationRef(akkoTranslationRef);
  const [choice, onChoice] = useFleetFilter();
  const { order, ...filter } = choice;
  const live = useFleet(filter);
  const entities = useInstanceEntities();
  // While another filter is asked for, what was found last stays in sight.
  const found = useLast(live.status === 'ready' ? live.value : undefined);
  const { owned, health } = filter;
  const view = useMemo(
    (): FleetView | undefined =>
      owned && found ? ownedOnly(found, entities.isOwned, health) : found,
    [owned, health, found, entities],
  );
  const isFiltered = Object.values(filter).some(Boolean);
  const clear = (
    <Button
      size="small"
      variant="outlined"
      onClick={() =>
        onChoice({
          q: undefined,
          cluster: undefined,
          health: undefined,
          freshness: undefined,
          owned: undefined,
        })
      }
    >
      {t('fleet.clearFilters')}
    </Button>
  );
  if (live.status === 'failed') {
    return (
      <>
        <Problem error={live.error} onRetry={live.refresh} />
        {isFiltered && clear}
      </>
    );
  }
  if (!view || (owned && entities.isLoading)) {
    return <Loading lines={8} />;
  }
  return (
    <>
      {live.status === 'ready' && live.error && (
        <Problem error={live.error} onRetry={live.refresh} />
      )}
      {owned && entities.error && (
        <Notice tone="warn" title={t('fleet.ownersUnknown')}>
          {entities.error.message}
        </Notice>
      )}
      <FleetHeadline {...view} filter={filter} onFilter={onChoice} />
      {view.clusters
        .filter(cluster => cluster.stale)
        .map(cluster => (
          <StaleNotice key={cluster.name} cluster={cluster} />
        ))}
      <FleetFilters {...view} choice={choice} onChoice={onChoice} />
      {view.instances.length > 0 && (
        <Instances instances={view.instances} order={order} />
      )}
      {view.instances.length === 0 &&
        (isFiltered ? (
          <Notice tone="quiet" title={t('fleet.noMatch')} action={clear} />
        ) : (
          <Notice tone="quiet" title={t('fleet.empty')}>
            {t('fleet.emptyNext')}
          </Notice>
        ))}
    </>
  );
}
