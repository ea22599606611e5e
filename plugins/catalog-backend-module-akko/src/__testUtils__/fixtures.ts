import {
  parseInstanceRef,
  type Cluster,
} from '@akko/backstage-plugin-akko-common';
import type { AkkoProviderConfig } from '../config';
import type { ListedInstance } from '../fleet';

/** A cluster in contact. */
export function aCluster(
  name: string,
  changes: Partial<Cluster> = {},
): Cluster {
  return {
    name,
    title: name,
    sandbox: false,
    reachable: true,
    stale: false,
    ...changes,
  };
}

/** A cluster that does not answer. */
export const OUT_OF_SIGHT = { reachable: false, stale: true };

/** An instance as the API lists it, with a title that nobody gave. */
export function anInstance(
  ref: string,
  changes: Partial<ListedInstance> = {},
): ListedInstance {
  const parsed = parseInstanceRef(ref)!;
  return { ...parsed, title: parsed.release, stale: false, ...changes };
}

/** What is read where nothing is configured. */
export function aConfig(
  changes: Partial<AkkoProviderConfig> = {},
): AkkoProviderConfig {
  return {
    schedule: { frequency: { minutes: 1 }, timeout: { minutes: 1 } },
    namespace: 'default',
    trustLabels: false,
    skipAnnotated: false,
    kubernetesAnnotations: false,
    instances: [],
    trustedLocations: ['akko:', 'file:'],
    ...changes,
  };
}
