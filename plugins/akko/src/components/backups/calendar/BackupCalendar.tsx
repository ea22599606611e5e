import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useBackupCalendar } from '../../../hooks/useBackup';
import { akkoTranslationRef } from '../../../translation';
import { Loading } from '../../common/Loading';
import { Notice } from '../../common/Notice';
import { Problem } from '../../common/Problem';
import { DAY_MARKS } from '../../state/marks';
import { StateMark } from '../../state/StateMark';
import { toneColors } from '../../state/useToneColors';
import { CalendarGrid } from './CalendarGrid';

const useStyles = makeStyles(theme => ({
  legend: {
    ...theme.typography.body2,
    listStyle: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
  },
  quiet: { ...theme.typography.body2, color: toneColors(theme).quiet },
}));

/** Whether there was a good backup on each day of the last six months. */
export function BackupCalendar(props: {
  instance: string;
  backup: string;
  onOpenRun: (run: string) => void;
}) {
  const { backup, instance, onOpenRun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const live = useBackupCalendar(instance, backup);
  if (live.status === 'loading') {
    return <Loading lines={5} />;
  }
  if (live.status === 'failed') {
    return <Problem error={live.error} onRetry={live.refresh} />;
  }
  const { days, timeZone } = live.value;
  if (days.length === 0) {
    return <Notice tone="quiet" title={t('calendar.empty')} />;
  }
  return (
    <>
      {live.error && <Problem error={live.error} onRetry={live.refresh} />}
      <CalendarGrid days={days} onOpenRun={onOpenRun} />
      <ul className={classes.legend} aria-label={t('calendar.legend')}>
        {Object.values(DAY_MARKS).map(mark => (
          <li key={mark.word}>
            <StateMark mark={{ ...mark, spins: false }} />
          </li>
        ))}
        <li className={classes.quiet}>
          {t('calendar.zone', { zone: timeZone })}
        </li>
      </ul>
    </>
  );
}
