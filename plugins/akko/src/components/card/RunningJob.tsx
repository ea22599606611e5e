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

/** The job that runs now, and the last line that it wrote. @param props - `run`: undefined where its log may not be read */
export function RunningJob(props: { title: string; run: string | undefined }) {
  const { run, title } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <StateMark mark={JOB_MARKS.running} word={title} />
      {run && <LastLine run={run} />}
    </div>
  );
}

function LastLine({ run }: { run: string }) {
  const classes = useStyles();
  const { text } = useRunLog(run, undefined, true);
  return <div className={classes.line}>{linesOf(text).at(-1)}</div>;
}
