import type { Instance } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { SandboxChip } from '../common/SandboxChip';
import { RerunButton } from '../rerun/RerunButton';
import { RerunMenu } from '../rerun/RerunMenu';
import { HEALTH_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(2),
  },
  grow: { flex: 1 },
  health: { ...theme.typography.h6 },
}));

/** The state in one sentence, and the one thing to do about it. */
export function InstanceHeadline(props: {
  instance: Instance;
  onRerun: (jobs: 'failed' | 'all' | 'choose') => void;
}) {
  const { instance, onRerun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { failed } = instance.jobCounts;
  return (
    <div className={classes.root}>
      <span className={classes.health}>
        <StateMark mark={HEALTH_MARKS[instance.health]} />
      </span>
      <Typography variant="h6" component="h2">
        {instance.headline}
      </Typography>
      {instance.sandbox && <SandboxChip />}
      <span className={classes.grow} />
      <RerunButton
        instance={instance}
        isPrimary={failed > 0}
        onClick={() => onRerun(failed > 0 ? 'failed' : 'all')}
      >
        {failed > 0 ? t('rerun.failed', { count: failed }) : t('rerun.all')}
      </RerunButton>
      <RerunMenu instance={instance} onRerun={onRerun} />
    </div>
  );
}
