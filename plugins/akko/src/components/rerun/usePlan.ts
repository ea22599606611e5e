import type {
  OperationPlan,
  OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { akkoApiRef } from '../../api/akkoApi';
import { useLive, type Live } from '../../hooks/useLive';

/** What a re-run would do; looked at anew when something of the instance changes. */
export function usePlan(
  instance: string,
  jobs: OperationRequest['jobs'],
): Live<OperationPlan> & { refresh: () => void } {
  const api = useApi(akkoApiRef);
  const key = JSON.stringify(jobs);
  const load = useCallback(
    () => api.plan(instance, { action: 'rerun', jobs: JSON.parse(key) }),
    [api, instance, key],
  );
  return useLive(
    load,
    signal =>
      signal.type === 'instance-changed' && signal.instance === instance,
  );
}
