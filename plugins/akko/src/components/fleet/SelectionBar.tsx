import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { LeftOut } from './LeftOut';

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

/** How many instances are chosen, what can be done with them, and how many it cannot be done with. */
export function SelectionBar(props: {
  /** Those whose jobs the viewer may re-run. */
  selected: InstanceSummary[];
  /** How many more were to be chosen. */
  leftOut: number;
  onRerun: () => void;
  onClear: () => void;
}) {
  const { leftOut, selected, onRerun, onClear } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const failed = selected.reduce((sum, { jobs }) => sum + jobs.failed, 0);
  return (
    <div className={classes.root}>
      <Typography component="div" role="status">
        {t('fleet.selected', { count: selected.length })}
        <LeftOut count={leftOut} />
      </Typography>
      <Button variant="contained" color="primary" onClick={onRerun}>
        {t('rerun.failed', { count: failed })}
      </Button>
      <Button size="small" onClick={onClear}>
        {t('fleet.clearSelection')}
      </Button>
    </div>
  );
}
