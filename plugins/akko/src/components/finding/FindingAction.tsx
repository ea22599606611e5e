import type { Finding } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { RerunButton } from '../rerun/RerunButton';
import { jobsToRerun } from './findingWords';

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
  /** Another operation is active. */
  isBusy: boolean;
  /** Without it there is no button, only words. */
  onRerun?: (jobs: string[]) => void;
}) {
  const { finding, isBusy, onRerun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { after, type } = finding.action ?? {};
  const jobs = jobsToRerun(finding).join(', ');
  if (!onRerun || !jobs) {
    return after ? (
      <div className={classes.root}>
        {type === 'rerun'
          ? t('finding.rerunAfter', { jobs, after })
          : t('finding.backupAfter', { after })}
      </div>
    ) : null;
  }
  return (
    <div className={classes.root}>
      {after && <span>{t('finding.after', { after })}</span>}
      <RerunButton
        isBusy={isBusy}
        onClick={() => onRerun(jobsToRerun(finding))}
      >
        {t('rerun.one', { job: jobs })}
      </RerunButton>
    </div>
  );
}
