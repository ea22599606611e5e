import {
  AkkoApiError,
  type InstanceSummary,
  type Operation,
  type OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useRef } from 'react';
import { v4 as randomId } from 'uuid';
import { akkoApiRef } from '../../api/akkoApi';

/** What of an instance must be known to run its jobs again. */
export type RerunTarget = Pick<
  InstanceSummary,
  'ref' | 'cluster' | 'namespace' | 'release' | 'title'
>;

/**
 * Asks for a re-run. A request whose answer was lost may be asked for again: it has the same idempotency key, so that it makes no second
 * operation. One that was refused gets a new key.
 */
export function useRerun(): (
  target: RerunTarget,
  jobs: NonNullable<OperationRequest['jobs']>,
  reason: string,
) => Promise<Operation> {
  const api = useApi(akkoApiRef);
  const keys = useRef(new Map<string, string>());
  return useCallback(
    async ({ ref }, jobs, reason) => {
      // Not crypto.randomUUID: browsers have it on HTTPS and localhost only.
      const idempotencyKey = keys.current.get(ref) ?? randomId();
      keys.current.set(ref, idempotencyKey);
      try {
        const operation = await api.request(
          ref,
          { action: 'rerun', jobs, reason: reason.trim() || undefined },
          { idempotencyKey },
        );
        keys.current.delete(ref);
        return operation;
      } catch (error) {
        if (error instanceof AkkoApiError) {
          keys.current.delete(ref);
        }
        throw error;
      }
    },
    [api],
  );
}
