import { isDeepStrictEqual } from 'node:util';
import { conflict } from './errors';
import { apiVersionOf, type ResourceDefinition } from './resources';
import { strategyOf } from './strategies';
import type { KubernetesObject } from './types';

/**
 * What an update stores: the caller's object, but identity, deletion marks and generation stay the store's own.
 * @throws StatusError Conflict where the caller names another resourceVersion or uid
 */
export function assembleUpdate(
  definition: ResourceDefinition,
  current: KubernetesObject,
  changed: KubernetesObject,
  options: { status?: boolean },
): KubernetesObject {
  const { name } = current.metadata;
  if (changed === current) {
    return current;
  }
  const given = JSON.parse(JSON.stringify(changed)) as KubernetesObject;
  const { resourceVersion, uid } = given.metadata;
  if (uid && uid !== current.metadata.uid) {
    throw conflict(
      definition,
      name,
      `StorageError: invalid object, Code: 4, Key: /registry/${
        definition.resource
      }/${
        current.metadata.namespace ? `${current.metadata.namespace}/` : ''
      }${name}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${
        current.metadata.uid
      }`,
    );
  }
  if (resourceVersion && resourceVersion !== current.metadata.resourceVersion) {
    throw conflict(definition, name);
  }
  const next = strategyOf(definition.resource).defaults({
    ...given,
    apiVersion: apiVersionOf(definition),
    kind: definition.kind,
    metadata: withOwnFields(given, current),
  });
  if (options.status) {
    copy(current, next, 'spec');
  }
  if (
    definition.hasGeneration &&
    !options.status &&
    !isDeepStrictEqual(next.spec, current.spec)
  ) {
    next.metadata.generation = (current.metadata.generation ?? 1) + 1;
  }
  return next;
}

function withOwnFields(
  given: KubernetesObject,
  current: KubernetesObject,
): KubernetesObject['metadata'] {
  const metadata = { ...given.metadata, resourceVersion: '' };
  for (const field of [
    'name',
    'namespace',
    'uid',
    'resourceVersion',
    'creationTimestamp',
    'generation',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ] as const) {
    if (current.metadata[field] === undefined) {
      delete (metadata as Partial<typeof metadata>)[field];
    } else {
      Object.assign(metadata, { [field]: current.metadata[field] });
    }
  }
  for (const field of [
    'labels',
    'annotations',
    'finalizers',
    'ownerReferences',
  ] as const) {
    const value = metadata[field];
    if (value && Object.keys(value).length === 0) {
      delete metadata[field];
    }
  }
  return metadata;
}

/** Takes one field over as it was, absence included. */
export function copy(
  from: KubernetesObject,
  to: KubernetesObject,
  field: string,
): void {
  if (from[field] === undefined) {
    delete to[field];
  } else {
    to[field] = from[field];
  }
}
