import type { RunDetail } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Badge } from '../common/Badge';
import { SimulatedBadge } from '../common/SimulatedBadge';
import { Time } from '../common/Time';
import { duration } from '../common/time';
import { triggerSentence } from '../common/trigger';
import { RUN_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { AttemptTimeline } from './AttemptTimeline';
import { RunFindings } from './RunFindings';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  facts: {
    ...theme.typography.body1,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    marginBottom: theme.spacing(2),
    alignItems: 'center',
  },
  small: { ...theme.typography.body2, color: toneColors(theme).quiet },
}));

/** State, trigger and cause of a run, and its attempts. */
export function RunSummary(
  props: Parameters<typeof RunFindings>[0] & {
    /** See the API's job. */
    simulated?: boolean;
  },
) {
  const { simulated, ...findings } = props;
  const { run } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <>
      <div className={classes.facts}>
        <StateMark mark={RUN_MARKS[run.state]} />
        {run.report?.plan && (
          <Badge label={t('run.plan')} hint={t('run.planHint')} />
        )}
        <SimulatedBadge simulated={simulated} />
        <span>{triggerSentence(run.trigger, t)}</span>
        <span className={classes.small}>
          {t('run.started')} <Time iso={run.startedAt ?? run.createdAt} />
        </span>
        {run.durationSeconds !== undefined && (
          <span className={classes.small}>
            {t('run.took')} {duration(run.durationSeconds)}
          </span>
        )}
      </div>
      <RunFindings {...findings} />
      {!run.live && <p className={classes.small}>{t('run.gone')}</p>}
      <LastGood run={run} />
      <AttemptTimeline run={run} />
    </>
  );
}

/** What is different from the last run that went well, for one that did not. */
function LastGood({ run }: { run: RunDetail }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { lastGood } = run;
  if (run.state !== 'failed' || !lastGood || lastGood.id === run.id) {
    return null;
  }
  const differences = [
    lastGood.configChecksum !== run.configChecksum && t('run.lastGood.config'),
    lastGood.image !== run.image &&
      t('run.lastGood.image', { image: lastGood.image ?? '' }),
  ].filter(Boolean);
  return (
    <p className={classes.small}>
      {t('run.lastGood')}{' '}
      {lastGood.finishedAt && <Time iso={lastGood.finishedAt} />}.{' '}
      {differences.length ? differences.join(' ') : t('run.lastGood.same')}
    </p>
  );
}
