import { AkkoApiError } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { akkoTranslationRef } from '../../translation';
import { Forbidden } from './Forbidden';
import { Notice } from './Notice';
import { withLocalTimes } from './time';

/** Why something is not shown, and what to do. */
export function Problem(props: {
  error: Error;
  /** What cannot be seen or done, where a permission is missing. */
  forbidden?: string;
  onRetry?: () => void;
}) {
  const { error, forbidden, onRetry } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const api = error instanceof AkkoApiError ? error : undefined;
  if (api?.status === 403) {
    return <Forbidden title={forbidden} permission={api.permission} />;
  }
  return (
    <Notice
      tone="bad"
      title={api?.status === 404 ? t('error.notFound') : t('error.title')}
      action={
        onRetry && (
          <Button size="small" variant="outlined" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    >
      {withLocalTimes(error.message)}
      {!api && ` ${t('error.next')}`}
    </Notice>
  );
}
