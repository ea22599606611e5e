import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { useLedger } from '../../../hooks/useBackup';
import { akkoTranslationRef } from '../../../translation';
import { Loading } from '../../common/Loading';
import { Notice } from '../../common/Notice';
import { Problem } from '../../common/Problem';
import { useLast } from '../../common/useLast';
import { ExportButtons } from './ExportButtons';
import { uniqueRows } from './ledgerRows';
import { LedgerFilters } from './LedgerFilters';
import { LedgerTable } from './LedgerTable';
import { NO_LEDGER_FILTER, useLedgerFilter } from './useLedgerFilter';

const useStyles = makeStyles(theme => ({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5, 2),
    marginBottom: theme.spacing(1.5),
  },
  more: { marginTop: theme.spacing(1.5) },
}));

/** Every run of a backup that is known, newest first, and what became of what it made. */
export function Ledger(props: {
  instance: string;
  backup: string;
  onOpenRun: (run: string) => void;
  /** Opens a run that proved a backup, or could not. */
  onOpenDrill: (run: string) => void;
}) {
  const { backup, instance, onOpenDrill, onOpenRun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const [filter, onFilter] = useLedgerFilter();
  const live = useLedger(instance, backup, filter);
  const [exportError, setExportError] = useState<Error>();
  // While another filter is asked for, what was found last stays in sight.
  const found = useLast(live.status === 'ready' ? live.value : undefined);
  const rows = uniqueRows(found?.items ?? []);
  const error =
    exportError ?? (live.status === 'loading' ? undefined : live.error);
  const isFiltered = Object.values(filter).some(Boolean);
  return (
    <div aria-busy={live.status === 'loading'}>
      <div className={classes.tools}>
        <LedgerFilters filter={filter} onFilter={onFilter} />
        <ExportButtons
          instance={instance}
          backup={backup}
          filter={filter}
          onError={setExportError}
        />
      </div>
      {error && <Problem error={error} onRetry={live.refresh} />}
      {!found && live.status === 'loading' && <Loading lines={6} />}
      {rows.length > 0 && (
        <LedgerTable
          rows={rows}
          onOpenRun={onOpenRun}
          onOpenDrill={onOpenDrill}
        />
      )}
      {live.status === 'ready' && rows.length === 0 && (
        <Nothing
          isFiltered={isFiltered}
          onClear={() => onFilter(NO_LEDGER_FILTER)}
        />
      )}
      {found?.nextCursor && (
        <Button
          size="small"
          variant="outlined"
          className={classes.more}
          aria-busy={live.isLoadingEarlier}
          onClick={live.showEarlier}
        >
          {live.isLoadingEarlier ? t('loading') : t('ledger.more')}
        </Button>
      )}
    </div>
  );
}

function Nothing(props: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  return props.isFiltered ? (
    <Notice
      tone="quiet"
      title={t('ledger.noMatch')}
      action={
        <Button size="small" variant="outlined" onClick={props.onClear}>
          {t('ledger.clearFilters')}
        </Button>
      }
    />
  ) : (
    <Notice tone="quiet" title={t('ledger.empty')}>
      {t('ledger.emptyNext')}
    </Notice>
  );
}
