import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { RerunButton } from '../rerun/RerunButton';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(2),
    padding: theme.spacing(1, 2),
    marginBottom: theme.spacing(1),
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    boxShadow: `inset 0 0 0 2px ${theme.palette.primary.main}`,
  },
}));

/** How many instances are chosen, and what can be done with them. */
export function SelectionBar(props: {
  selected: InstanceSummary[];
  onRerun: () => void;
  onClear: () => void;
}) {
  const { selected, onRerun, onClear } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const failed = selected.reduce((sum, { jobs }) => sum + jobs.failed, 0);
  return (
    <div className={classes.root}>
      <Typography component="span" role="status">
        {t('fleet.selected', { count: selected.length })}
      </Typography>
      <RerunButton isPrimary onClick={onRerun}>
        {t('rerun.failed', { count: failed })}
      </RerunButton>
      <Button size="small" onClick={onClear}>
        {t('fleet.clearSelection')}
      </Button>
    </div>
  );
}
