import type { InstanceRef } from '@akko/backstage-plugin-akko-common';
import type { V1ConfigMap } from '@kubernetes/client-node';
import type { ClusterMirror } from '../clusters/types';

const revisions = new WeakMap<V1ConfigMap, { revision?: number }>();

function read(configMap: V1ConfigMap): number | undefined {
  try {
    const revision: unknown = JSON.parse(
      configMap.data?.['catalogue.json'] ?? '{}',
    ).revision;
    return typeof revision === 'number' ? revision : undefined;
  } catch {
    // A malformed catalogue is told where it is shown; here it only has no revision.
    return undefined;
  }
}

/** Helm revision that the instance's job catalogue names, read once per object. */
export function catalogueRevision(
  mirror: ClusterMirror,
  { namespace, release }: InstanceRef,
): number | undefined {
  const configMap = mirror.get('configmaps', namespace, `${release}-init-jobs`);
  if (!configMap) {
    return undefined;
  }
  let known = revisions.get(configMap);
  if (!known) {
    known = { revision: read(configMap) };
    revisions.set(configMap, known);
  }
  return known.revision;
}
