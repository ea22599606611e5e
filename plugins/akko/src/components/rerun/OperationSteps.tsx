import type { Operation } from '@akko/backstage-plugin-akko-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { STEP_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: theme.spacing(0.5, 0),
  },
  step: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    ...theme.typography.body2,
    minHeight: 32,
  },
}));

/** The jobs of an operation, in their order, and how each stands. */
export function OperationSteps(props: {
  operation: Operation;
  onOpenRun: (run: string) => void;
}) {
  const { operation, onOpenRun } = props;
  const classes = useStyles();
  return (
    <ol className={classes.list}>
      {operation.steps.map(({ error, job, run, state }) => (
        <li key={job} className={classes.step}>
          <StateMark mark={STEP_MARKS[state]} />
          {run ? (
            <Button
              size="small"
              color="primary"
              style={{ textTransform: 'none' }}
              onClick={() => onOpenRun(run)}
            >
              {job}
            </Button>
          ) : (
            <span>{job}</span>
          )}
          {error && <span>{error}</span>}
        </li>
      ))}
    </ol>
  );
}
