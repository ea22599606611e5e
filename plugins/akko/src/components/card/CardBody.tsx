import {
  akkoLogReadPermission,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Notice } from '../common/Notice';
import { isExplained } from '../finding/findingWords';
import { may } from '../permissions/may';
import { NextStep } from '../run/NextStep';
import { BackupLine } from './BackupLine';
import { CardFinding } from './CardFinding';
import { RunningJob } from './RunningJob';
import { Time } from '../common/Time';
import { HEALTH_MARKS } from '../state/marks';
import { Segments } from '../state/Segments';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  line: {
    ...theme.typography.body1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(1.5),
  },
  small: { color: toneColors(theme).quiet, fontSize: '0.875rem' },
}));

/** What is wrong, state, segments, what failed without a known cause, backups. */
export function CardBody({ instance }: { instance: Instance }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { findings, topFailure } = instance;
  const isUnexplained = topFailure && !isExplained(topFailure.job, findings);
  const failed = instance.jobs.find(({ name }) => name === topFailure?.job);
  const running = instance.jobs.find(({ state }) => state === 'running');
  return (
    <>
      <CardFinding instance={instance} />
      <div className={classes.line}>
        <StateMark mark={HEALTH_MARKS[instance.health]} />
        <Typography component="span">{instance.headline}</Typography>
        <span className={classes.small}>
          {instance.revision !== undefined &&
            `${t('instance.revision', {
              revision: String(instance.revision),
            })} · `}
          {instance.lastRunAt && <Time iso={instance.lastRunAt} />}
        </span>
      </div>
      <div className={classes.line}>
        <Segments segments={instance.segments} />
      </div>
      {running?.lastRun && (
        <RunningJob
          title={running.title}
          run={
            may(instance, akkoLogReadPermission)
              ? running.lastRun.id
              : undefined
          }
        />
      )}
      {isUnexplained && (
        <Notice
          tone="bad"
          title={
            <>
              {t('instance.problem', { job: topFailure.job })}{' '}
              {topFailure.at && <Time iso={topFailure.at} />}
            </>
          }
        >
          {topFailure.message}
          <NextStep>{failed?.lastRun?.report?.error?.nextStep}</NextStep>
        </Notice>
      )}
      <BackupLine instance={instance} />
    </>
  );
}
