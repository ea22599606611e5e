import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { akkoApiRef } from '../../../api/akkoApi';
import { akkoTranslationRef } from '../../../translation';
import { download } from '../../common/download';
import type { LedgerFilter } from './useLedgerFilter';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** Everything of the ledger that the filter lets through, as a file. */
export function ExportButtons(props: {
  instance: string;
  backup: string;
  filter: LedgerFilter;
  onError: (error: Error | undefined) => void;
}) {
  const { backup, filter, instance, onError } = props;
  const classes = useStyles();
  const api = useApi(akkoApiRef);
  const { t } = useTranslationRef(akkoTranslationRef);
  const [isBusy, setIsBusy] = useState(false);

  const save = async (format: 'csv' | 'json') => {
    setIsBusy(true);
    onError(undefined);
    try {
      download(
        `${instance.replaceAll('/', '_')}_${backup}.${format}`,
        await api.exportBackupEntries(instance, backup, format, filter),
      );
    } catch (error) {
      onError(error as Error);
    }
    setIsBusy(false);
  };

  return (
    <div className={classes.root}>
      {(['csv', 'json'] as const).map(format => (
        <Button
          key={format}
          size="small"
          variant="outlined"
          disabled={isBusy}
          onClick={() => save(format)}
        >
          {t(`ledger.export.${format}`)}
        </Button>
      ))}
    </div>
  );
}
