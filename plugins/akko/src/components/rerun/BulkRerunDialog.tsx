import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { useMemo, useState } from 'react';
import { useOperationToasts } from '../../hooks/useOperationToasts';
import { instanceRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { withLocalTimes } from '../common/time';
import { Problem } from '../common/Problem';
import { LeftOut } from '../fleet/LeftOut';
import { OPERATION_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { ReasonField } from './ReasonField';
import { usePlans, type PlanOrError } from './usePlan';
import { useRerun } from './useRerun';

/** Re-runs the failed jobs of several instances, after one confirmation that says what happens to each. */
export function BulkRerunDialog(props: {
  instances: InstanceSummary[];
  /** How many more were chosen, of which the viewer may re-run nothing. */
  leftOut: number;
  onClose: () => void;
}) {
  const { leftOut, onClose } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  // Of the moment when it was opened: the table below goes on changing.
  const [instances] = useState(props.instances);
  const refs = useMemo(() => instances.map(({ ref }) => ref), [instances]);
  const plans = usePlans(refs);
  const [reason, setReason] = useState('');
  const { ask, isAsking, isDone, results } = useAskAll(onClose);
  const ready = plans.status === 'ready' ? plans.value : undefined;
  const stepsOf = (ref: string) => {
    const found = ready?.get(ref);
    return found && 'plan' in found ? found.plan.steps : [];
  };
  const able = instances.filter(({ ref }) => stepsOf(ref).length > 0);
  const jobs = able.reduce((sum, { ref }) => sum + stepsOf(ref).length, 0);

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby="akko-bulk-title"
    >
      <DialogTitle id="akko-bulk-title">
        {ready
          ? t('bulk.title', {
              jobs: t('bulk.jobs', { count: jobs }),
              instances: t('fleet.count', { count: able.length }),
            })
          : t('rerun.planning')}
      </DialogTitle>
      <DialogContent>
        {plans.status === 'loading' && <Loading lines={instances.length + 2} />}
        {ready && (
          <>
            <Typography variant="body2">{t('bulk.what')}</Typography>
            <ul style={{ paddingLeft: 20 }}>
              {instances.map(instance => (
                <li key={instance.ref}>
                  <PlannedInstance
                    instance={instance}
                    plan={ready.get(instance.ref)}
                    result={results.get(instance.ref)}
                  />
                </li>
              ))}
            </ul>
            <LeftOut count={leftOut} />
            {!isDone && <ReasonField value={reason} onChange={setReason} />}
          </>
        )}
        {plans.status === 'failed' && (
          <Problem error={plans.error} onRetry={plans.refresh} />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t(isDone ? 'close' : 'cancel')}</Button>
        {!isDone && (
          <Button
            variant="contained"
            color="primary"
            disabled={jobs === 0 || isAsking}
            onClick={() => ask(able, reason)}
          >
            {t('rerun.submit', { count: jobs })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function PlannedInstance(props: {
  instance: InstanceSummary;
  plan: PlanOrError | undefined;
  result: AskResult | undefined;
}) {
  const { instance, plan, result } = props;
  return (
    <>
      <Typography component="div">
        <strong>{instance.title}</strong>,{' '}
        {instance.clusterTitle ?? instance.cluster}
      </Typography>
      <PlanOrResult plan={plan} result={result} />
    </>
  );
}

function PlanOrResult(props: {
  plan: PlanOrError | undefined;
  result: AskResult | undefined;
}) {
  const { plan, result } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  if (result === 'asked') {
    return <StateMark mark={OPERATION_MARKS.running} word={t('bulk.asked')} />;
  }
  const refused = result ?? (plan && 'error' in plan ? plan.error : undefined);
  if (refused) {
    return (
      <Notice tone="warn" title={t('bulk.skipped')}>
        {withLocalTimes(refused.message)}
      </Notice>
    );
  }
  return plan && 'plan' in plan ? (
    <>
      <Typography variant="body2" component="div">
        {plan.plan.steps.map(({ job }) => job).join(', ')}
      </Typography>
      {plan.plan.warnings.map(warning => (
        <Notice key={warning} tone="warn" title={warning} />
      ))}
    </>
  ) : null;
}

/** Asked for, or why not. */
type AskResult = 'asked' | Error;

function useAskAll(onDone: () => void) {
  const rerun = useRerun();
  const tell = useOperationToasts();
  const addressOf = useRouteRef(instanceRouteRef);
  const [isAsking, setIsAsking] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const [results, setResults] = useState(new Map<string, AskResult>());

  const ask = async (instances: InstanceSummary[], reason: string) => {
    setIsAsking(true);
    let isAnyRefused = false;
    for (const instance of instances) {
      let result: AskResult = 'asked';
      try {
        tell(await rerun(instance, 'failed', reason), addressOf(instance));
      } catch (error) {
        result = error as Error;
        isAnyRefused = true;
      }
      const told = result;
      setResults(known => new Map(known).set(instance.ref, told));
    }
    setIsAsking(false);
    setIsDone(true);
    if (!isAnyRefused) {
      onDone();
    }
  };
  return { ask, isAsking, isDone, results };
}
