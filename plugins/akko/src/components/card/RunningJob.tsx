import { makeStyles } from '@material-ui/core/styles';
import { useRunLog } from '../../hooks/useRunLog';
import { MONOSPACE } from '../common/monospace';
import { linesOf } from '../run/logLines';
import { JOB_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

const useStyles = makeStyles(theme => ({
  root: { ...theme.typography.body2, marginBottom: theme.spacing(1.5) },
  line: {
    fontFamily: MONOSPACE,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
}));

/** The job that runs now, and the last line that it wrote. */
export function RunningJob({ title, run }: { title: string; run: string }) {
  const classes = useStyles();
  const { text } = useRunLog(run, undefined, true);
  return (
    <div className={classes.root}>
      <StateMark mark={JOB_MARKS.running} word={title} />
      <div className={classes.line}>{linesOf(text).at(-1)}</div>
    </div>
  );
}
