import { VERIFICATION_LEVELS } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../../translation';
import { Choice } from '../../common/Choice';
import { LEVEL_MARKS, ORIGIN_MARKS, RUN_MARKS } from '../../state/marks';
import {
  LEDGER_ORIGINS,
  LEDGER_STATES,
  type LedgerFilter,
} from './useLedgerFilter';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(2),
    flex: '1 1 auto',
    '& > *': { minWidth: 130, flex: '0 1 180px' },
    [theme.breakpoints.down('xs')]: { '& > *': { flex: '1 1 130px' } },
  },
  kept: { margin: 0, whiteSpace: 'nowrap', flex: 'none' },
}));

/** Proven at least to nothing is all. */
const LEVELS = VERIFICATION_LEVELS.filter(level => level !== 'none');

/** Which entries of the ledger are shown. */
export function LedgerFilters(props: {
  filter: LedgerFilter;
  onFilter: (change: LedgerFilter) => void;
}) {
  const { filter, onFilter } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { kept, level, origin, state } = filter;
  return (
    <div className={classes.root} role="search" aria-label={t('ledger.filter')}>
      <Choice
        id="akko-ledger-state"
        label={t('ledger.filter.state')}
        all={t('ledger.filter.allStates')}
        value={state}
        options={LEDGER_STATES.map(value => [
          value,
          t(RUN_MARKS[value].word as 'state.failed'),
        ])}
        onChoose={value => onFilter({ state: value })}
      />
      <Choice
        id="akko-ledger-origin"
        label={t('ledger.filter.origin')}
        all={t('ledger.filter.allOrigins')}
        value={origin}
        options={LEDGER_ORIGINS.map(value => [
          value,
          t(ORIGIN_MARKS[value].word as 'origin.manual'),
        ])}
        onChoose={value => onFilter({ origin: value })}
      />
      <Choice
        id="akko-ledger-level"
        label={t('ledger.filter.level')}
        all={t('ledger.filter.allLevels')}
        value={level}
        options={LEVELS.map(value => [
          value,
          t(LEVEL_MARKS[value].word as 'level.restored'),
        ])}
        onChoose={value => onFilter({ level: value })}
      />
      <FormControlLabel
        className={classes.kept}
        control={
          <Switch
            size="small"
            color="primary"
            checked={kept ?? false}
            onChange={(_, isOn) => onFilter({ kept: isOn || undefined })}
          />
        }
        label={t('ledger.filter.kept')}
      />
    </div>
  );
}
