import type {
  OperationPlan,
  OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { akkoApiRef } from '../../api/akkoApi';
import { useLive, type Live } from '../../hooks/useLive';

/** What a re-run of an instance would do, or why there can be none. */
export type PlanOrError = { plan: OperationPlan } | { error: Error };

/** What an operation would do; looked at anew when something of the instance changes. @param request - with an empty list of jobs it is an empty plan */
export function usePlan(
  instance: string,
  request: OperationRequest,
): Live<OperationPlan> & { refresh: () => void } {
  const api = useApi(akkoApiRef);
  const key = JSON.stringify(request);
  const load = useCallback(async (): Promise<OperationPlan> => {
    const wanted: OperationRequest = JSON.parse(key);
    return wanted.jobs?.length === 0
      ? { instance, action: wanted.action, steps: [], warnings: [] }
      : api.plan(instance, wanted);
  }, [api, instance, key]);
  return useLive(
    load,
    signal =>
      signal.type === 'instance-changed' && signal.instance === instance,
  );
}

/** What a re-run of the failed jobs of each of these instances would do. @param instances - keep it stable */
export function usePlans(
  instances: readonly string[],
): Live<Map<string, PlanOrError>> & { refresh: () => void } {
  const api = useApi(akkoApiRef);
  const load = useCallback(
    async () =>
      new Map(
        await Promise.all(
          instances.map(async (ref): Promise<[string, PlanOrError]> => {
            try {
              const request = { action: 'rerun', jobs: 'failed' } as const;
              return [ref, { plan: await api.plan(ref, request) }];
            } catch (error) {
              return [ref, { error: error as Error }];
            }
          }),
        ),
      ),
    [api, instances],
  );
  return useLive(
    load,
    signal =>
      signal.type === 'instance-changed' && instances.includes(signal.instance),
  );
}
