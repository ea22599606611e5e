import {
  AkkoApiError,
  type Instance,
  type OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useRef, useState } from 'react';
import { akkoApiRef } from '../../api/akkoApi';
import { useOperationToasts } from '../../hooks/useOperationToasts';
import { instanceRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import { Field } from '../common/Field';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { PlannedSteps } from './PlannedSteps';
import { usePlan } from './usePlan';

/** Which jobs run again, in which order, and what Kubernetes will see of it; then it is asked for. */
export function RerunDialog(props: {
  instance: Instance;
  jobs: NonNullable<OperationRequest['jobs']>;
  onClose: () => void;
}) {
  const { instance, jobs, onClose } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const plan = usePlan(instance.ref, jobs);
  const [reason, setReason] = useState('');
  const { ask, isAsking, error } = useRerun(instance, jobs, onClose);
  const steps = plan.status === 'ready' ? plan.value.steps : [];
  const isLost = error instanceof AkkoApiError && error.status === 409;

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby="akko-rerun-title"
    >
      <DialogTitle id="akko-rerun-title">
        {steps.length
          ? t('rerun.title', { count: steps.length, instance: instance.title })
          : t('rerun.planning')}
      </DialogTitle>
      <DialogContent>
        {plan.status === 'loading' && <Loading />}
        {plan.status === 'failed' && (
          <Problem error={plan.error} onRetry={plan.refresh} />
        )}
        {plan.status === 'ready' && (
          <>
            {plan.value.warnings.map(warning => (
              <Notice key={warning} tone="warn" title={warning} />
            ))}
            <PlannedSteps steps={steps} />
            <Field
              fullWidth
              multiline
              margin="normal"
              id="akko-rerun-reason"
              label={t('rerun.reason')}
              value={reason}
              onChange={event => setReason(event.target.value)}
              inputProps={{ maxLength: 500 }}
            />
          </>
        )}
        {error &&
          (isLost ? (
            <Notice tone="warn" title={t('rerun.active')}>
              {error.message}
            </Notice>
          ) : (
            <Problem error={error} />
          ))}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={steps.length === 0 || isAsking}
          onClick={() => ask(reason)}
        >
          {t('rerun.submit', { count: steps.length })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function useRerun(
  instance: Instance,
  jobs: NonNullable<OperationRequest['jobs']>,
  onDone: () => void,
) {
  const api = useApi(akkoApiRef);
  const tell = useOperationToasts();
  const addressOf = useRouteRef(instanceRouteRef);
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<Error>();
  // The same for every attempt of this dialog: a repeated one after a time-out makes no second operation.
  const idempotencyKey = useRef(crypto.randomUUID());

  const ask = async (reason: string) => {
    setIsAsking(true);
    setError(undefined);
    try {
      const operation = await api.request(
        instance.ref,
        { action: 'rerun', jobs, reason: reason.trim() || undefined },
        { idempotencyKey: idempotencyKey.current },
      );
      tell(operation, addressOf(instance));
      onDone();
    } catch (caught) {
      if (caught instanceof AkkoApiError) {
        idempotencyKey.current = crypto.randomUUID();
      }
      setError(caught as Error);
      setIsAsking(false);
    }
  };
  return { ask, isAsking, error };
}
