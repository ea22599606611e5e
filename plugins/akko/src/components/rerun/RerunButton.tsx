import {
  akkoJobRunPermission,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';
import { OperationButton } from './OperationButton';

/** Asks for a re-run; says why where that cannot be. */
export function RerunButton(props: {
  instance: Pick<Instance, 'activeOperations' | 'permissions'>;
  isPrimary?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  const { children, instance, isPrimary, onClick } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <OperationButton
      instance={instance}
      permission={akkoJobRunPermission}
      isPrimary={isPrimary}
      why={instance.activeOperations.length > 0 ? t('rerun.active') : undefined}
      onClick={onClick}
    >
      {children}
    </OperationButton>
  );
}
