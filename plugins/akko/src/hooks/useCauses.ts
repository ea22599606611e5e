import type { FindingGroup } from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { akkoApiRef } from '../api/akkoApi';
import { useLive } from './useLive';

/** What is wrong in the fleet, each cause once with the instances that have it, live. */
export function useCauses() {
  const api = useApi(akkoApiRef);
  const load = useCallback(async (): Promise<FindingGroup[]> => {
    // The groups are of the whole fleet; the findings themselves are not needed here.
    const { groups = [] } = await api.findings({ group: 'cause', limit: 1 });
    return groups;
  }, [api]);
  return useLive(load, () => true);
}
