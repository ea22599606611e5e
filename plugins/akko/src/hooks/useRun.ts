import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { akkoApiRef } from '../api/akkoApi';
import { useLive } from './useLive';

/** One run, live. */
export function useRun(id: string) {
  const api = useApi(akkoApiRef);
  const load = useCallback(() => api.run(id), [api, id]);
  return useLive(
    load,
    signal => signal.type === 'run-changed' && signal.run === id,
  );
}
