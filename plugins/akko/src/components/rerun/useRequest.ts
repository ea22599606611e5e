import {
  AkkoApiError,
  type Operation,
  type OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useRef } from 'react';
import { v4 as randomId } from 'uuid';
import { akkoApiRef } from '../../api/akkoApi';

/**
 * Asks for an operation. A request whose answer was lost may be asked for again: it has the same idempotency key, so that it makes no second
 * operation. One that was refused gets a new key.
 */
export function useRequest(): (
  instance: string,
  request: OperationRequest,
) => Promise<Operation> {
  const api = useApi(akkoApiRef);
  const keys = useRef(new Map<string, string>());
  return useCallback(
    async (instance, request) => {
      const what = [instance, request.action, request.backup].join(' ');
      // Not crypto.randomUUID: browsers have it on HTTPS and localhost only.
      const idempotencyKey = keys.current.get(what) ?? randomId();
      keys.current.set(what, idempotencyKey);
      try {
        const operation = await api.request(
          instance,
          { ...request, reason: request.reason?.trim() || undefined },
          { idempotencyKey },
        );
        keys.current.delete(what);
        return operation;
      } catch (error) {
        if (error instanceof AkkoApiError) {
          keys.current.delete(what);
        }
        throw error;
      }
    },
    [api],
  );
}
