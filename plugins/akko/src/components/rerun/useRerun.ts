import type {
  InstanceSummary,
  Operation,
  OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { useCallback } from 'react';
import { useRequest } from './useRequest';

/** What of an instance must be known to run its jobs again. */
export type RerunTarget = Pick<
  InstanceSummary,
  'ref' | 'cluster' | 'namespace' | 'release' | 'title'
>;

/** Asks for a re-run; see {@link useRequest}. */
export function useRerun(): (
  target: RerunTarget,
  jobs: NonNullable<OperationRequest['jobs']>,
  reason: string,
) => Promise<Operation> {
  const request = useRequest();
  return useCallback(
    ({ ref }, jobs, reason) => request(ref, { action: 'rerun', jobs, reason }),
    [request],
  );
}
