import { akkoInstanceReadPermission } from '@akko/backstage-plugin-akko-common';
import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { akkoTranslationRef } from '../../translation';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { StaleNotice } from '../common/StaleNotice';
import { FleetFilters } from './FleetFilters';
import { FleetHeadline } from './FleetHeadline';
import { Instances } from './Instances';
import { rerunnableOf } from './rerunnable';
import { SameCauses } from './SameCauses';
import { NO_FILTER, useFleetFilter } from './useFleetFilter';
import { useShownFleet } from './useShownFleet';

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
  const { live, entities, causes, view } = useShownFleet(filter);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const isFiltered = Object.values(filter).some(Boolean);
  const clear = (
    <Button size="small" variant="outlined" onClick={() => onChoice(NO_FILTER)}>
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
  if (!view) {
    return <Loading lines={8} />;
  }
  const { able, barred } = rerunnableOf(view.instances);
  return (
    <>
      {live.status === 'ready' && live.error && (
        <Problem error={live.error} onRetry={live.refresh} />
      )}
      {filter.owned && entities.error && (
        <Notice tone="warn" title={t('fleet.ownersUnknown')}>
          {entities.error.message}
        </Notice>
      )}
      <FleetHeadline {...view} filter={filter} onFilter={onChoice} />
      {causes.status === 'failed' ? (
        <>
          <Problem error={causes.error} onRetry={causes.refresh} />
          {filter.cause && clear}
        </>
      ) : (
        <SameCauses
          groups={causes.status === 'ready' ? causes.value : []}
          chosen={filter.cause}
          selectable={able.filter(({ ref }) => !selected.has(ref)).length}
          // As many are shown as it says: other filters would leave some out.
          onShow={cause => onChoice({ ...NO_FILTER, cause })}
          onSelect={() =>
            setSelected(new Set([...able, ...barred].map(({ ref }) => ref)))
          }
        />
      )}
      {view.clusters
        .filter(cluster => cluster.stale)
        .map(cluster => (
          <StaleNotice key={cluster.name} cluster={cluster} />
        ))}
      <FleetFilters {...view} choice={choice} onChoice={onChoice} />
      {view.instances.length > 0 && (
        <Instances
          instances={view.instances}
          order={order}
          selected={selected}
          onSelect={setSelected}
        />
      )}
      {view.instances.length === 0 &&
        (isFiltered ? (
          <Notice
            tone="quiet"
            title={t(filter.cause ? 'fleet.cause.gone' : 'fleet.noMatch')}
            action={clear}
          />
        ) : (
          <Notice tone="quiet" title={t('fleet.empty')}>
            {view.clusters.length > 0
              ? t('fleet.emptyNext')
              : t('fleet.emptyNoCluster', {
                  permission: akkoInstanceReadPermission.name,
                })}
          </Notice>
        ))}
    </>
  );
}
