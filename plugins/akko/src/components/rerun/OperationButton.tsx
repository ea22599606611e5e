import type { AkkoPermission } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';
import { WhyNot } from '../common/WhyNot';
import { whyForbidden, type Permitted } from '../permissions/may';

/** Asks for an operation on an instance; says why where that cannot be. */
export function OperationButton(props: {
  instance: Permitted;
  permission: AkkoPermission;
  isPrimary?: boolean;
  /** Why it cannot be asked for, where that is not for want of a permission. */
  why?: string;
  onClick: () => void;
  children: ReactNode;
}) {
  const { children, instance, isPrimary = false, onClick, permission } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const why = whyForbidden(instance, permission, t) ?? props.why;
  return (
    <WhyNot why={why}>
      {barred => (
        <Button
          {...barred}
          variant={isPrimary ? 'contained' : 'outlined'}
          color="primary"
          onClick={why ? undefined : onClick}
        >
          {children}
        </Button>
      )}
    </WhyNot>
  );
}
