import {
  akkoLogReadPermission,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import { runRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import type { BackupAsk } from '../backups/backupAsk';
import { Notice } from '../common/Notice';
import type { InstanceView } from '../instance/useInstanceView';
import { may } from '../permissions/may';
import { RerunButton } from '../rerun/RerunButton';
import { jobsOf } from './jobsOf';
import { RunDetails } from './RunDetails';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(880px, 100vw)',
    padding: theme.spacing(2, 3),
    boxSizing: 'border-box',
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(1),
  },
  grow: { flex: 1 },
}));

/** A run beside the instance. With a job in the address it is the newest run of that job, and follows when there is a newer one. */
export function RunDrawer(props: {
  instance: Instance;
  view: InstanceView;
  onOpenRun: (run: string) => void;
  onClose: () => void;
  onRerun: (jobs: string[]) => void;
  onBackup: (ask: BackupAsk) => void;
}) {
  const { instance, view, onBackup, onClose, onOpenRun, onRerun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const addressOf = useRouteRef(runRouteRef);
  const all = jobsOf(instance);
  const job =
    all.find(({ name }) => name === view.job) ??
    all.find(({ lastRun }) => lastRun !== undefined && lastRun.id === view.run);
  const run = view.run ?? job?.lastRun?.id;
  const isRunnable = instance.jobs.some(
    ({ name, enabled }) => name === job?.name && enabled,
  );
  const isOpen = Boolean(view.run ?? view.job);

  return (
    <Drawer
      anchor="right"
      open={isOpen}
      onClose={onClose}
      classes={{ paper: classes.paper }}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': 'akko-run-title',
      }}
    >
      <div className={classes.head}>
        <Typography variant="h5" component="h2" id="akko-run-title">
          {job?.title ?? view.job ?? view.run}
        </Typography>
        {run && (
          <Link to={addressOf({ ...refParams(instance), run })}>
            {t('run.page')}
          </Link>
        )}
        <span className={classes.grow} />
        {job && isRunnable && (
          <RerunButton instance={instance} onClick={() => onRerun([job.name])}>
            {t('rerun.one', { job: job.name })}
          </RerunButton>
        )}
        <IconButton aria-label={t('close')} onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </div>
      {isOpen && run && (
        <RunDetails
          run={run}
          section={view.section}
          simulated={job?.simulated}
          instance={instance}
          mayReadLog={may(instance, akkoLogReadPermission)}
          isRerunOffered={isRunnable}
          onOpenRun={onOpenRun}
          onRerun={onRerun}
          onBackup={onBackup}
        />
      )}
      {isOpen && !run && <Notice tone="quiet" title={t('run.none')} />}
    </Drawer>
  );
}

function refParams({ cluster, namespace, release }: Instance) {
  return { cluster, namespace, release };
}
