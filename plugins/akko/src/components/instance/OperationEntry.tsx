import type { Operation } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { personOf } from '../common/trigger';
import { OperationSteps } from '../rerun/OperationSteps';
import { OPERATION_MARKS } from '../state/marks';
import { operationTitle } from './operationTitle';
import { TimelineEntry } from './Timeline';

/** What somebody asked for, why, and how each of its jobs went. */
export function OperationEntry(props: {
  operation: Operation;
  onOpenRun: (run: string) => void;
}) {
  const { operation, onOpenRun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const { error, reason, requestedAt, requestedBy, state } = operation;
  return (
    <TimelineEntry
      mark={OPERATION_MARKS[state]}
      title={operationTitle(operation, t)}
      detail={
        <>
          {t('activity.by', { by: personOf(requestedBy) })}{' '}
          {reason && t('run.because', { reason })} <Time iso={requestedAt} />
        </>
      }
    >
      <OperationSteps operation={operation} onOpenRun={onOpenRun} />
      {error?.message}
    </TimelineEntry>
  );
}
