import type { akkoPermissions } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import { useState, type ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';

let lastId = 0;

/** Asks for an operation; says why where that cannot be, to those who point at it and to those who hear it. */
export function OperationButton(props: {
  permission: (typeof akkoPermissions)[number];
  isPrimary?: boolean;
  /** Why it cannot be asked for, where that is not for want of a permission. */
  why?: string;
  onClick: () => void;
  children: ReactNode;
}) {
  const { children, isPrimary = false, onClick, permission } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const [id] = useState(() => `akko-why-${++lastId}`);
  const { allowed, loading } = usePermission({ permission });
  const why =
    !loading && !allowed
      ? t('operation.forbidden', { permission: permission.name })
      : props.why;
  return (
    <Tooltip title={why ?? ''}>
      <span>
        <Button
          variant={isPrimary ? 'contained' : 'outlined'}
          color="primary"
          disabled={loading || Boolean(why)}
          aria-describedby={why && id}
          onClick={onClick}
        >
          {children}
        </Button>
        {why && (
          <span id={id} hidden>
            {why}
          </span>
        )}
      </span>
    </Tooltip>
  );
}
