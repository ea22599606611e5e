import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { useFleet, type FleetView } from '../../hooks/useFleet';
import { akkoTranslationRef } from '../../translation';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { StaleNotice } from '../common/StaleNotice';
import { useLast } from '../common/useLast';
import { FleetFilters } from './FleetFilters';
import { FleetHeadline } from './FleetHeadline';
import { FleetTable } from './FleetTable';
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
  const [filter, onFilter] = useFleetFilter();
  const live = useFleet(filter);
  // While another filter is asked for, what was found last stays in sight.
  const view = useLast(live.status === 'ready' ? live.value : undefined);
  if (live.status === 'failed') {
    return <Problem error={live.error} onRetry={live.refresh} />;
  }
  if (!view) {
    return <Loading lines={8} />;
  }
  return (
    <>
      {live.status === 'ready' && live.error && (
        <Problem error={live.error} onRetry={live.refresh} />
      )}
      <FleetHeadline {...view} filter={filter} onFilter={onFilter} />
      {view.clusters
        .filter(cluster => cluster.stale)
        .map(cluster => (
          <StaleNotice key={cluster.name} cluster={cluster} />
        ))}
      <FleetFilters {...view} filter={filter} onFilter={onFilter} />
      <Instances
        view={view}
        isFiltered={Object.values(filter).some(Boolean)}
        onClear={() =>
          onFilter({ q: undefined, cluster: undefined, health: undefined })
        }
      />
    </>
  );
}

function Instances(props: {
  view: FleetView;
  isFiltered: boolean;
  onClear: () => void;
}) {
  const { view, isFiltered, onClear } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  if (view.instances.length > 0) {
    return <FleetTable instances={view.instances} />;
  }
  return isFiltered ? (
    <Notice
      tone="quiet"
      title={t('fleet.noMatch')}
      action={
        <Button size="small" variant="outlined" onClick={onClear}>
          {t('fleet.clearFilters')}
        </Button>
      }
    />
  ) : (
    <Notice tone="quiet" title={t('fleet.empty')}>
      {t('fleet.emptyNext')}
    </Notice>
  );
}
