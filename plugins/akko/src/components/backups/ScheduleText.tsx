import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from '../state/useToneColors';
import { scheduleWords } from './scheduleWords';

const useStyles = makeStyles(theme => ({
  quiet: { color: toneColors(theme).quiet },
}));

/** A schedule as Kubernetes has it, as people say it, and the zone of its clock. */
export function ScheduleText(props: { schedule: string; timeZone?: string }) {
  const classes = useStyles();
  const { schedule, timeZone } = props;
  const words = [scheduleWords(schedule), timeZone].filter(Boolean);
  return (
    <>
      <code>{schedule}</code>
      {words.length > 0 && (
        <span className={classes.quiet}> · {words.join(' · ')}</span>
      )}
    </>
  );
}
