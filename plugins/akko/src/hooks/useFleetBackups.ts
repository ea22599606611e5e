import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { akkoApiRef } from '../api/akkoApi';
import { useLive } from './useLive';

/** The backups of the fleet that are protected least, and how many there are of each freshness, live. @param limit - how many */
export function useFleetBackups(limit: number) {
  const api = useApi(akkoApiRef);
  const load = useCallback(() => api.fleetBackups({ limit }), [api, limit]);
  return useLive(load, () => true);
}
