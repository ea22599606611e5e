import { preconditionFailed } from './errors';
import { timestamp } from './objects';
import type { ResourceDefinition } from './resources';
import type { DeleteOptions, KubernetesObject } from './types';

/**
 * The object as a deletion request leaves it. Without finalizers and grace period left, it can go at once.
 * @throws StatusError Conflict where a precondition fails
 */
export function markForDeletion(
  definition: ResourceDefinition,
  current: KubernetesObject,
  options: DeleteOptions,
  now: number,
): KubernetesObject {
  checkPreconditions(definition, current, options);
  const finalizers = finalizersFor(current, options);
  const grace = gracePeriod(definition, current, options);
  const isHeld =
    finalizers.length > 0 ||
    definition.resource === 'pods' ||
    definition.resource === 'namespaces';
  const metadata = { ...current.metadata };
  if (finalizers.length > 0) {
    metadata.finalizers = finalizers;
  }
  if (!isHeld) {
    return { ...current, metadata };
  }
  if (
    metadata.deletionTimestamp === undefined ||
    grace < (metadata.deletionGracePeriodSeconds ?? 0)
  ) {
    if (metadata.deletionTimestamp === undefined && definition.hasGeneration) {
      metadata.generation = (metadata.generation ?? 1) + 1;
    }
    metadata.deletionTimestamp = timestamp(now + grace * 1000);
    if (definition.resource !== 'namespaces') {
      metadata.deletionGracePeriodSeconds = grace;
    }
  }
  return definition.resource === 'namespaces'
    ? { ...current, metadata, status: { phase: 'Terminating' } }
    : { ...current, metadata };
}

function checkPreconditions(
  definition: ResourceDefinition,
  { metadata }: KubernetesObject,
  { preconditions }: DeleteOptions,
): void {
  if (preconditions?.uid && preconditions.uid !== metadata.uid) {
    throw preconditionFailed(
      definition,
      metadata.name,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (
    preconditions?.resourceVersion &&
    preconditions.resourceVersion !== metadata.resourceVersion
  ) {
    throw preconditionFailed(
      definition,
      metadata.name,
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }
}

function finalizersFor(
  { metadata }: KubernetesObject,
  { propagationPolicy }: DeleteOptions,
): string[] {
  const own = (metadata.finalizers ?? []).filter(
    finalizer =>
      !propagationPolicy ||
      (finalizer !== 'orphan' && finalizer !== 'foregroundDeletion'),
  );
  switch (propagationPolicy) {
    case 'Orphan':
      return [...own, 'orphan'];
    case 'Foreground':
      return [...own, 'foregroundDeletion'];
    default:
      return own;
  }
}

/** Only pods that run somewhere have time to end; seconds. */
function gracePeriod(
  definition: ResourceDefinition,
  object: KubernetesObject,
  { gracePeriodSeconds }: DeleteOptions,
): number {
  if (definition.resource !== 'pods') {
    return 0;
  }
  const spec = (object.spec ?? {}) as {
    nodeName?: string;
    terminationGracePeriodSeconds?: number;
  };
  const phase = (object.status as { phase?: string } | undefined)?.phase;
  if (!spec.nodeName || phase === 'Succeeded' || phase === 'Failed') {
    return 0;
  }
  return gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30;
}
