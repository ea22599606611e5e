import { notFound, terminatingNamespace } from './errors';
import {
  resourceDefinition,
  resourceDefinitions,
  type ResourceDefinition,
} from './resources';
import type { ObjectStore } from './types';

/** @throws StatusError NotFound without the namespace, Forbidden while it is being deleted */
export function requireNamespace(
  store: ObjectStore,
  definition: ResourceDefinition,
  namespace: string,
  name: string,
): void {
  const found = store.get('namespaces', undefined, namespace);
  if (!found) {
    throw notFound(resourceDefinition('namespaces'), namespace);
  }
  if (found.metadata.deletionTimestamp) {
    throw terminatingNamespace(definition, name, namespace);
  }
}

/** Lets a namespace go when it is being deleted and nothing is left in it. */
export function endTerminatingNamespace(
  store: ObjectStore,
  namespace: string | undefined,
): void {
  const found =
    namespace !== undefined && store.get('namespaces', undefined, namespace);
  if (!found || !found.metadata.deletionTimestamp) {
    return;
  }
  const isEmpty = resourceDefinitions.every(
    definition =>
      !definition.namespaced ||
      store.list(definition.resource, namespace).length === 0,
  );
  if (isEmpty) {
    store.update('namespaces', undefined, namespace, current => ({
      ...current,
      spec: {},
    }));
  }
}

/** Deletes what a namespace holds; it goes itself with the last object. */
export function emptyNamespace(store: ObjectStore, namespace: string): void {
  for (const { resource, namespaced } of resourceDefinitions) {
    const objects = namespaced ? store.list(resource, namespace) : [];
    for (const { metadata } of objects) {
      if (store.get(resource, namespace, metadata.name)) {
        store.delete(resource, namespace, metadata.name);
      }
    }
  }
  endTerminatingNamespace(store, namespace);
}

/** Puts in what controllers put into every new namespace. */
export function populateNamespace(store: ObjectStore, namespace: string): void {
  store.create('serviceaccounts', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace },
  });
}
