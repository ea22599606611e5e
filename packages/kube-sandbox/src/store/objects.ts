import type { KubernetesObject } from './types';

/** RFC 3339 with seconds, as `metav1.Time`. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Whether nothing holds an object that is to be deleted. */
export function isReleased(object: KubernetesObject): boolean {
  return (
    !object.metadata.finalizers?.length &&
    !object.metadata.deletionGracePeriodSeconds &&
    !(object.kind === 'Namespace' && hasFinalizers(object.spec))
  );
}

function hasFinalizers(spec: unknown) {
  return (
    ((spec as { finalizers?: string[] } | undefined)?.finalizers ?? []).length >
    0
  );
}

export const keyOf = (namespace: string | undefined, name: string) =>
  `${namespace ?? ''}/${name}`;

export const keyOfObject = ({ metadata }: KubernetesObject) =>
  keyOf(metadata.namespace, metadata.name);

/** As etcd lists them. */
export function inOrderOfKeys(objects: KubernetesObject[]): KubernetesObject[] {
  return objects
    .map(object => ({ key: keyOfObject(object), object }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ object }) => object);
}

/** A copy; without a namespace, of all. */
export function inNamespace(
  objects: readonly KubernetesObject[],
  namespace: string | undefined,
): KubernetesObject[] {
  return objects.filter(
    ({ metadata }) =>
      namespace === undefined || metadata.namespace === namespace,
  );
}

/** What is stored: plain JSON that nobody can change, with its resourceVersion. */
export function frozenCopy(
  draft: KubernetesObject,
  resourceVersion: number,
): KubernetesObject {
  const copy = JSON.parse(JSON.stringify(draft)) as KubernetesObject;
  copy.metadata.resourceVersion = String(resourceVersion);
  return deepFreeze(copy);
}

function deepFreeze<T>(value: T): T {
  if (value && typeof value === 'object') {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
