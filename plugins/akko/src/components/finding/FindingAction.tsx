import type { Finding, Instance } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { ACTION_PERMISSIONS, type BackupAsk } from '../backups/backupAsk';
import { OperationButton } from '../rerun/OperationButton';
import { RerunButton } from '../rerun/RerunButton';
import { backupToAsk, jobsToRerun } from './findingWords';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    marginTop: theme.spacing(1),
  },
}));

/** What the portal does about a finding, and what a person has to do before. Nothing where it offers nothing. */
export function FindingAction(props: {
  finding: Finding;
  /** That it is of. Without it there are no buttons, only words. */
  instance?: Instance;
  /** Without it there is no button for a re-run. */
  onRerun?: (jobs: string[]) => void;
  /** Without it there is no button for a backup. */
  onBackup?: (ask: BackupAsk) => void;
}) {
  const { finding, instance, onBackup, onRerun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { after, type } = finding.action ?? {};
  const jobs = jobsToRerun(finding);
  const ask = backupToAsk(finding);
  const before = after && <span>{t('finding.after', { after })}</span>;
  if (instance && onRerun && jobs.length > 0) {
    return (
      <div className={classes.root}>
        {before}
        <RerunButton instance={instance} onClick={() => onRerun(jobs)}>
          {t('rerun.one', { job: jobs.join(', ') })}
        </RerunButton>
      </div>
    );
  }
  if (instance && onBackup && ask) {
    return (
      <div className={classes.root}>
        {before}
        <OperationButton
          instance={instance}
          permission={ACTION_PERMISSIONS[ask.action]}
          onClick={() => onBackup(ask)}
        >
          {t(`finding.${ask.action}`, { backup: ask.backup })}
        </OperationButton>
      </div>
    );
  }
  return after && type ? (
    <div className={classes.root}>
      {type === 'rerun'
        ? t('finding.rerunAfter', { jobs: jobs.join(', '), after })
        : t(`finding.${type}After`, { after })}
    </div>
  ) : null;
}
