import { AkkoApiError } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { withLocalTimes } from '../common/time';

/** Why an operation was refused. @param props - `busyTitle`: that it cannot be now, above the API's own words */
export function AskProblem(props: {
  error: Error;
  busyTitle?: string;
  onRetry?: () => void;
}) {
  const { busyTitle, error, onRetry } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  return error instanceof AkkoApiError && error.status === 409 ? (
    <Notice tone="warn" title={busyTitle ?? t('rerun.active')}>
      {withLocalTimes(error.message)}
    </Notice>
  ) : (
    <Problem
      error={error}
      forbidden={t('error.forbiddenToDo')}
      onRetry={onRetry}
    />
  );
}
