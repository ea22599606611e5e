import type { PageOptions } from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { akkoApiRef } from '../api/akkoApi';
import { useLive } from './useLive';
import { usePages } from './usePages';

/** One instance, live. @param ref - `cluster/namespace/release` */
export function useInstance(ref: string) {
  const api = useApi(akkoApiRef);
  const load = useCallback(() => api.instance(ref), [api, ref]);
  const [cluster] = ref.split('/');
  return useLive(load, signal =>
    signal.type === 'cluster-changed'
      ? signal.cluster === cluster
      : signal.instance === ref,
  );
}

/** What was asked for on an instance, newest first, live. */
export function useOperations(ref: string) {
  const api = useApi(akkoApiRef);
  const load = useCallback(
    (page: PageOptions) => api.operations(ref, page),
    [api, ref],
  );
  return usePages(
    load,
    signal => signal.type === 'operation-changed' && signal.instance === ref,
  );
}

/** Installs and upgrades of an instance by Helm, newest first, live. */
export function useUpgrades(ref: string) {
  const api = useApi(akkoApiRef);
  const load = useCallback(
    (page: PageOptions) => api.upgrades(ref, page),
    [api, ref],
  );
  return usePages(
    load,
    signal => signal.type === 'run-changed' && signal.instance === ref,
  );
}
