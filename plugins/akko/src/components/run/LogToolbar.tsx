import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Field } from '../common/Field';
import { OPERATION_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  wrap: { marginRight: 0, marginLeft: 0 },
}));

/** What can be done with a log. */
export function LogToolbar(props: {
  search: string;
  onSearch: (text: string) => void;
  matches: number;
  chosen: number;
  onChoose: (index: number) => void;
  isWrapped: boolean;
  onWrap: (isWrapped: boolean) => void;
  onError?: () => void;
  onDownload: () => void;
  isFollowing: boolean;
}) {
  const { chosen, matches, onChoose, onError, search } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <div className={classes.root}>
      <Field
        type="search"
        id="akko-log-search"
        label={t('run.log.search')}
        value={search}
        onChange={event => props.onSearch(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && matches > 0) {
            onChoose(chosen + (event.shiftKey ? -1 : 1));
          }
        }}
      />
      {search && (
        <span role="status">
          {t('run.log.matches', {
            at: String(matches ? chosen + 1 : 0),
            total: String(matches),
          })}
        </span>
      )}
      <FormControlLabel
        className={classes.wrap}
        control={
          <Switch
            size="small"
            color="primary"
            checked={props.isWrapped}
            onChange={event => props.onWrap(event.target.checked)}
          />
        }
        label={t('run.log.wrap')}
      />
      {onError && (
        <Button size="small" variant="outlined" onClick={onError}>
          {t('run.log.toError')}
        </Button>
      )}
      <Button size="small" variant="outlined" onClick={props.onDownload}>
        {t('run.log.download')}
      </Button>
      {props.isFollowing && (
        <StateMark mark={OPERATION_MARKS.running} word={t('run.log.live')} />
      )}
    </div>
  );
}
