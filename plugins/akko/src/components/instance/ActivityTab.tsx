import type { Operation } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useOperations } from '../../hooks/useInstance';
import { akkoTranslationRef } from '../../translation';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { Time } from '../common/Time';
import { personOf } from '../common/trigger';
import { OperationSteps } from '../rerun/OperationSteps';
import { OPERATION_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: {
    padding: theme.spacing(2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  line: {
    ...theme.typography.body1,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    alignItems: 'center',
  },
  small: { color: toneColors(theme).quiet },
}));

/** What people and programs asked for on an instance. */
export function ActivityTab(props: {
  instance: string;
  onOpenRun: (run: string) => void;
}) {
  const { instance, onOpenRun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const operations = useOperations(instance);
  if (operations.status === 'loading') {
    return <Loading />;
  }
  if (operations.status === 'failed') {
    return <Problem error={operations.error} onRetry={operations.refresh} />;
  }
  const { items } = operations.value;
  if (items.length === 0) {
    return <Notice tone="quiet" title={t('instance.noActivity')} />;
  }
  return (
    <ol className={classes.list}>
      {items.map(operation => (
        <li key={operation.id} className={classes.entry}>
          <Entry operation={operation} onOpenRun={onOpenRun} />
        </li>
      ))}
    </ol>
  );
}

function Entry(props: {
  operation: Operation;
  onOpenRun: (run: string) => void;
}) {
  const { operation, onOpenRun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { action, reason, requestedAt, requestedBy, state, steps } = operation;
  const jobs = steps.map(({ job }) => job).join(', ');
  return (
    <>
      <div className={classes.line}>
        <StateMark mark={OPERATION_MARKS[state]} />
        <Typography component="span">
          {action === 'bootstrap'
            ? t('activity.bootstrap')
            : t('activity.rerun', { jobs })}
        </Typography>
        <span className={classes.small}>
          {t('activity.by', { by: personOf(requestedBy) })}{' '}
          {reason && t('run.because', { reason })} <Time iso={requestedAt} />
        </span>
      </div>
      <OperationSteps operation={operation} onOpenRun={onOpenRun} />
      {operation.error && (
        <Typography variant="body2">{operation.error.message}</Typography>
      )}
    </>
  );
}
