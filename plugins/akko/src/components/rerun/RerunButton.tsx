import { akkoJobRunPermission } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';

/** Asks for a re-run; says why where that cannot be. */
export function RerunButton(props: {
  isPrimary?: boolean;
  /** Another operation is active. */
  isBusy?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  const { children, isBusy = false, isPrimary = false, onClick } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const { allowed, loading } = usePermission({
    permission: akkoJobRunPermission,
  });
  const isForbidden = !loading && !allowed;
  const why =
    (isForbidden && t('rerun.forbidden')) || (isBusy && t('rerun.active'));
  return (
    <Tooltip title={why || ''}>
      <span>
        <Button
          variant={isPrimary ? 'contained' : 'outlined'}
          color="primary"
          disabled={loading || Boolean(why)}
          onClick={onClick}
        >
          {children}
        </Button>
      </span>
    </Tooltip>
  );
}
