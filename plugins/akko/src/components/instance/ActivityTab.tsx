import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { useOperations, useUpgrades } from '../../hooks/useInstance';
import type { Live } from '../../hooks/useLive';
import type { LoadedList } from '../../hooks/usePages';
import { akkoTranslationRef } from '../../translation';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { mergeActivity } from './mergeActivity';
import { OperationEntry } from './OperationEntry';
import { Timeline } from './Timeline';
import { UpgradeEntry } from './UpgradeEntry';

/** What people, programs and Helm did on an instance. */
export function ActivityTab(props: {
  instance: string;
  onOpenRun: (run: string) => void;
}) {
  const { instance, onOpenRun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const operations = useOperations(instance);
  const upgrades = useUpgrades(instance);
  if (operations.status === 'loading' || upgrades.status === 'loading') {
    return <Loading />;
  }
  const error = operations.error ?? upgrades.error;
  const { endsFirst, entries } = mergeActivity({
    operations: loadedOf(operations),
    upgrades: loadedOf(upgrades),
  });
  const next = endsFirst && { operations, upgrades }[endsFirst];
  return (
    <>
      {error && (
        <Problem
          error={error}
          onRetry={() => {
            operations.refresh();
            upgrades.refresh();
          }}
        />
      )}
      {!error && entries.length === 0 && (
        <Notice tone="quiet" title={t('instance.noActivity')} />
      )}
      {entries.length > 0 && (
        <Timeline label={t('instance.tab.activity')}>
          {entries.map(entry =>
            entry.kind === 'operation' ? (
              <OperationEntry
                key={entry.operation.id}
                operation={entry.operation}
                onOpenRun={onOpenRun}
              />
            ) : (
              <UpgradeEntry
                key={entry.upgrade.id}
                upgrade={entry.upgrade}
                onOpenRun={onOpenRun}
              />
            ),
          )}
        </Timeline>
      )}
      {next && (
        <Button
          size="small"
          variant="outlined"
          aria-busy={next.isLoadingEarlier}
          onClick={next.showEarlier}
        >
          {next.isLoadingEarlier ? t('loading') : t('activity.earlier')}
        </Button>
      )}
    </>
  );
}

/** One list that cannot be loaded does not hide the other. */
function loadedOf<Item>(live: Live<LoadedList<Item>>): LoadedList<Item> {
  return live.status === 'ready' ? live.value : { items: [] };
}
