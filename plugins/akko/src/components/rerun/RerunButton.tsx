import { akkoJobRunPermission } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';
import { OperationButton } from './OperationButton';

/** Asks for a re-run; says why where that cannot be. */
export function RerunButton(props: {
  isPrimary?: boolean;
  /** Another operation is active. */
  isBusy?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  const { children, isBusy = false, isPrimary, onClick } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <OperationButton
      permission={akkoJobRunPermission}
      isPrimary={isPrimary}
      why={isBusy ? t('rerun.active') : undefined}
      onClick={onClick}
    >
      {children}
    </OperationButton>
  );
}
