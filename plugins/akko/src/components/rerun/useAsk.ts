import type {
  InstanceSummary,
  OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useState } from 'react';
import { useOperationToasts } from '../../hooks/useOperationToasts';
import { instanceRouteRef } from '../../routes';
import { useRequest } from './useRequest';

/** Asks for an operation once it is confirmed, and tells how it ends. @param onDone - it was accepted */
export function useAsk(
  instance: Pick<InstanceSummary, 'ref' | 'cluster' | 'namespace' | 'release'>,
  onDone: () => void,
  query = '',
) {
  const request = useRequest();
  const tell = useOperationToasts();
  const addressOf = useRouteRef(instanceRouteRef);
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<Error>();

  const ask = async (wanted: OperationRequest) => {
    setIsAsking(true);
    setError(undefined);
    try {
      tell(
        await request(instance.ref, wanted),
        `${addressOf({
          cluster: instance.cluster,
          namespace: instance.namespace,
          release: instance.release,
        })}${query}`,
      );
      onDone();
    } catch (caught) {
      setError(caught as Error);
      setIsAsking(false);
    }
  };
  return { ask, isAsking, error };
}
