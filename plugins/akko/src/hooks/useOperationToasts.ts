import {
  AkkoApiError,
  type Operation,
} from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { akkoApiRef, type AkkoApi } from '../api/akkoApi';
import { akkoTranslationRef, type Translate } from '../translation';

const TOAST_TIME = 8_000;
const RETRY_AFTER = 5_000;

/**
 * Tells the person how an operation ends, wherever in the portal they are by then.
 * @returns call it with an operation that was just asked for
 */
export function useOperationToasts(): (
  operation: Operation,
  href: string,
) => void {
  const api = useApi(akkoApiRef);
  const toasts = useApi(toastApiRef);
  const { t } = useTranslationRef(akkoTranslationRef);

  return useCallback(
    (operation: Operation, href: string) => {
      const words = (outcome: Outcome) => titleOf(operation, outcome, t);
      const links = [{ label: t('rerun.toast.link'), href }];
      toasts.post({
        title: words('started'),
        status: 'info',
        timeout: TOAST_TIME,
        links,
      });
      // Not bound to a component: the person may have gone to another page.
      endOf(api, operation.id)
        .then(ended =>
          toasts.post(
            ended.state === 'succeeded'
              ? {
                  title: words('succeeded'),
                  status: 'success',
                  timeout: TOAST_TIME,
                  links,
                }
              : {
                  title: words('failed'),
                  description: ended.error?.message,
                  status: 'danger',
                  links,
                },
          ),
        )
        .catch(error =>
          toasts.post({ title: error.message, status: 'warning', links }),
        );
    },
    [api, toasts, t],
  );
}

type Outcome = 'started' | 'succeeded' | 'failed';

function titleOf(
  { action, backup = '', instance }: Operation,
  outcome: Outcome,
  t: Translate,
): string {
  return action === 'bootstrap' || action === 'rerun'
    ? t(`rerun.toast.${outcome}`, { instance })
    : t(`toast.${action}.${outcome}`, { backup, instance });
}

async function endOf(api: AkkoApi, id: string): Promise<Operation> {
  for (;;) {
    try {
      const operation = await api.operation(id, { waitSeconds: 60 });
      if (operation.finishedAt) {
        return operation;
      }
    } catch (error) {
      // A restart of the backend or a lost connection is no end; that it is forbidden or gone is one.
      if (error instanceof AkkoApiError && error.status < 500) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, RETRY_AFTER));
    }
  }
}
