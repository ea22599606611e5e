import type {
  Instance,
  OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useState } from 'react';
import { akkoTranslationRef } from '../../translation';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { useLast } from '../common/useLast';
import { AskProblem } from './AskProblem';
import { JobChooser } from './JobChooser';
import { PlannedSteps } from './PlannedSteps';
import { ReasonField } from './ReasonField';
import { useAsk } from './useAsk';
import { usePlan } from './usePlan';

/** Which jobs a re-run is asked for: those of the API, or what the person chooses in the dialog. */
export type RerunChoice = NonNullable<OperationRequest['jobs']> | 'choose';

/** Which jobs run again, in which order, and what Kubernetes will see of it; then it is asked for. */
export function RerunDialog(props: {
  instance: Instance;
  jobs: RerunChoice;
  onClose: () => void;
}) {
  const { instance, onClose } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const [chosen, setChosen] = useState(() =>
    instance.jobs
      .filter(({ state }) => state === 'failed')
      .map(({ name }) => name),
  );
  const isChoosing = props.jobs === 'choose';
  const jobs = props.jobs === 'choose' ? chosen : props.jobs;
  const plan = usePlan(instance.ref, { action: 'rerun', jobs });
  // While another choice is looked at, what was planned last stays in sight, but cannot be confirmed.
  const shown = useLast(plan.status === 'ready' ? plan.value : undefined);
  const steps = plan.status === 'ready' ? plan.value.steps : [];
  const [reason, setReason] = useState('');
  const { ask, isAsking, error } = useAsk(instance, onClose);

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby="akko-rerun-title"
    >
      <DialogTitle id="akko-rerun-title">
        {title(isChoosing, shown?.steps.length ?? 0)}
      </DialogTitle>
      <DialogContent>
        {isChoosing && (
          <JobChooser
            jobs={instance.jobs}
            chosen={chosen}
            onChoose={setChosen}
          />
        )}
        {plan.status === 'loading' && !shown && <Loading />}
        {plan.status === 'failed' && (
          <AskProblem error={plan.error} onRetry={plan.refresh} />
        )}
        {shown && plan.status !== 'failed' && (
          <>
            {shown.warnings.map(warning => (
              <Notice key={warning} tone="warn" title={warning} />
            ))}
            <PlannedSteps steps={shown.steps} />
            <ReasonField value={reason} onChange={setReason} />
          </>
        )}
        {error && <AskProblem error={error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={steps.length === 0 || isAsking}
          onClick={() => ask({ action: 'rerun', jobs, reason })}
        >
          {t('rerun.submit', { count: steps.length })}
        </Button>
      </DialogActions>
    </Dialog>
  );

  function title(isOpen: boolean, count: number): string {
    if (isOpen) {
      return t('rerun.chooseTitle', { instance: instance.title });
    }
    if (count > 0) {
      return t('rerun.title', { count, instance: instance.title });
    }
    return plan.status === 'failed'
      ? t('rerun.notNow', { instance: instance.title })
      : t('rerun.planning');
  }
}
