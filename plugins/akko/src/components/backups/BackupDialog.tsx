import type { Instance } from '@akko/backstage-plugin-akko-common';
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
import { withLocalTimes } from '../common/time';
import { AskProblem } from '../rerun/AskProblem';
import { PlannedSteps } from '../rerun/PlannedSteps';
import { ReasonField } from '../rerun/ReasonField';
import { useAsk } from '../rerun/useAsk';
import { usePlan } from '../rerun/usePlan';
import type { BackupAsk } from './backupAsk';

/** What will happen when a backup is taken, paused, resumed or proven, and what speaks against it; then it is asked for. */
export function BackupDialog(props: {
  instance: Instance;
  ask: BackupAsk;
  onClose: () => void;
}) {
  const { instance, onClose } = props;
  const { action, backup } = props.ask;
  const { t } = useTranslationRef(akkoTranslationRef);
  const plan = usePlan(instance.ref, { action, backup });
  const [reason, setReason] = useState('');
  const { ask, error, isAsking } = useAsk(
    instance,
    onClose,
    `?${new URLSearchParams({ tab: 'backups', backup })}`,
  );
  const title =
    instance.backups.find(({ name }) => name === backup)?.title ?? backup;
  // A schedule that stands still for no known reason is what others have to find out about.
  const isReasonRequired = action === 'suspend';
  const isReady =
    plan.status === 'ready' && (!isReasonRequired || reason.trim() !== '');

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby="akko-backup-dialog-title"
    >
      <DialogTitle id="akko-backup-dialog-title">
        {t(`backup.dialog.${action}.title`, {
          backup: title,
          instance: instance.title,
        })}
      </DialogTitle>
      <DialogContent>
        {plan.status === 'loading' && <Loading />}
        {plan.status === 'failed' && (
          <AskProblem
            error={plan.error}
            busyTitle={t('backup.dialog.active')}
            onRetry={plan.refresh}
          />
        )}
        {plan.status === 'ready' && (
          <>
            {plan.value.warnings.map(warning => (
              <Notice
                key={warning}
                tone="warn"
                title={withLocalTimes(warning)}
              />
            ))}
            {plan.value.notes?.map(note => (
              <Notice key={note} tone="quiet" title={withLocalTimes(note)} />
            ))}
            <PlannedSteps
              steps={plan.value.steps}
              words={({ jobName }) =>
                t(`backup.dialog.${action}.step`, { job: jobName })
              }
            />
            <ReasonField
              value={reason}
              isRequired={isReasonRequired}
              onChange={setReason}
            />
          </>
        )}
        {error && (
          <AskProblem error={error} busyTitle={t('backup.dialog.active')} />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={!isReady || isAsking}
          onClick={() => ask({ action, backup, reason })}
        >
          {t(`backup.dialog.${action}.submit`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
