import type { Operation } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Notice } from '../common/Notice';
import { personOf } from '../common/trigger';
import { OperationSteps } from './OperationSteps';

/** What is being done right now. */
export function ActiveOperation(props: {
  operation: Operation;
  onOpenRun: (run: string) => void;
}) {
  const { operation, onOpenRun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const { action, backup = '' } = operation;
  const by = personOf(operation.requestedBy);
  return (
    <Notice
      tone="busy"
      title={
        action === 'bootstrap' || action === 'rerun'
          ? t('rerun.inProgress', { by })
          : t(`active.${action}`, { backup, by })
      }
    >
      {operation.reason && t('run.because', { reason: operation.reason })}
      <OperationSteps operation={operation} onOpenRun={onOpenRun} />
    </Notice>
  );
}
