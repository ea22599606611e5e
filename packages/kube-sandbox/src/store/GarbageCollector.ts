import { resourceDefinitions } from './resources';
import type {
  KubernetesObject,
  ObjectStore,
  OwnerReference,
  ResourceName,
} from './types';

interface Reference {
  resource: ResourceName;
  namespace: string | undefined;
  name: string;
}

/** Deletes, holds or orphans dependents, as `kube-controller-manager`'s garbage collector, but at once. */
export class GarbageCollector {
  /** Dependents by the uid of their owner, then by their own. */
  private readonly dependents = new Map<string, Map<string, Reference>>();

  constructor(private readonly store: ObjectStore) {}

  added(resource: ResourceName, object: KubernetesObject): void {
    for (const { uid } of ownersOf(object)) {
      const known = this.dependents.get(uid) ?? new Map<string, Reference>();
      known.set(object.metadata.uid, referenceTo(resource, object));
      this.dependents.set(uid, known);
    }
  }

  changed(
    resource: ResourceName,
    object: KubernetesObject,
    previous: KubernetesObject,
  ): void {
    this.forget(previous);
    this.added(resource, object);
  }

  /** To be called for a new object: goes at once when all its owners are gone. */
  collectIfAbandoned(resource: ResourceName, object: KubernetesObject): void {
    const owners = ownersOf(object);
    const isKept = (owner: OwnerReference) =>
      resourceOfKind(owner.kind) === undefined || this.exists(object, owner);
    if (owners.length > 0 && !owners.some(isKept)) {
      this.deleteDependent(referenceTo(resource, object), 'Background');
    }
  }

  /** To be called for an object that is marked but still there. */
  continueDeletion(resource: ResourceName, object: KubernetesObject): void {
    if (has(object, 'orphan')) {
      this.orphan(object.metadata.uid);
      this.dropFinalizer(referenceTo(resource, object), 'orphan');
    } else if (has(object, 'foregroundDeletion')) {
      for (const dependent of this.dependentsOf(object.metadata.uid)) {
        this.deleteDependent(dependent, 'Foreground');
      }
      this.endForeground(referenceTo(resource, object), object.metadata.uid);
    }
  }

  removed(_resource: ResourceName, object: KubernetesObject): void {
    const { uid } = object.metadata;
    this.forget(object);
    for (const dependent of this.dependentsOf(uid)) {
      this.releaseFromOwner(dependent, uid);
    }
    this.dependents.delete(uid);
    for (const owner of ownersOf(object)) {
      const resource = resourceOfKind(owner.kind);
      if (resource) {
        this.endForeground(
          { resource, namespace: object.metadata.namespace, name: owner.name },
          owner.uid,
        );
      }
    }
  }

  private releaseFromOwner(dependent: Reference, ownerUid: string): void {
    const object = this.read(dependent);
    if (!object) {
      return;
    }
    const others = ownersOf(object).filter(
      owner => owner.uid !== ownerUid && this.exists(object, owner),
    );
    if (others.length > 0) {
      this.setOwners(dependent, others);
    } else if (ownersOf(object).some(owner => owner.uid === ownerUid)) {
      this.deleteDependent(dependent, 'Background');
    }
  }

  private orphan(ownerUid: string): void {
    for (const dependent of this.dependentsOf(ownerUid)) {
      const object = this.read(dependent);
      if (object) {
        this.setOwners(
          dependent,
          ownersOf(object).filter(owner => owner.uid !== ownerUid),
        );
      }
    }
  }

  private endForeground(owner: Reference, uid: string): void {
    const object = this.read(owner);
    if (
      object?.metadata.uid !== uid ||
      !object.metadata.deletionTimestamp ||
      !has(object, 'foregroundDeletion')
    ) {
      return;
    }
    const isBlocked = this.dependentsOf(uid).some(dependent =>
      ownersOf(this.read(dependent)).some(
        reference => reference.uid === uid && reference.blockOwnerDeletion,
      ),
    );
    if (!isBlocked) {
      this.dropFinalizer(owner, 'foregroundDeletion');
    }
  }

  private deleteDependent(
    { resource, namespace, name }: Reference,
    propagationPolicy: 'Background' | 'Foreground',
  ): void {
    const object = this.store.get(resource, namespace, name);
    if (object && !object.metadata.deletionTimestamp) {
      this.store.delete(resource, namespace, name, {
        propagationPolicy:
          this.dependentsOf(object.metadata.uid).length > 0
            ? propagationPolicy
            : 'Background',
      });
    }
  }

  private setOwners(
    { resource, namespace, name }: Reference,
    owners: OwnerReference[],
  ): void {
    this.store.update(resource, namespace, name, current => ({
      ...current,
      metadata: { ...current.metadata, ownerReferences: owners },
    }));
  }

  private dropFinalizer(
    { resource, namespace, name }: Reference,
    finalizer: string,
  ): void {
    this.store.update(resource, namespace, name, current => ({
      ...current,
      metadata: {
        ...current.metadata,
        finalizers: current.metadata.finalizers?.filter(
          other => other !== finalizer,
        ),
      },
    }));
  }

  private exists(dependent: KubernetesObject, owner: OwnerReference): boolean {
    const resource = resourceOfKind(owner.kind);
    return (
      resource !== undefined &&
      this.store.get(resource, dependent.metadata.namespace, owner.name)
        ?.metadata.uid === owner.uid
    );
  }

  private dependentsOf(uid: string): Reference[] {
    return [...(this.dependents.get(uid)?.values() ?? [])];
  }

  private forget(object: KubernetesObject): void {
    for (const { uid } of ownersOf(object)) {
      this.dependents.get(uid)?.delete(object.metadata.uid);
    }
  }

  private read({ resource, namespace, name }: Reference) {
    return this.store.get(resource, namespace, name);
  }
}

function ownersOf(object?: KubernetesObject): OwnerReference[] {
  return object?.metadata.ownerReferences ?? [];
}

function has(object: KubernetesObject, finalizer: string) {
  return object.metadata.finalizers?.includes(finalizer) ?? false;
}

function referenceTo(
  resource: ResourceName,
  { metadata }: KubernetesObject,
): Reference {
  return {
    resource,
    namespace: metadata.namespace,
    name: metadata.name,
  };
}

function resourceOfKind(kind: string): ResourceName | undefined {
  return resourceDefinitions.find(definition => definition.kind === kind)
    ?.resource;
}
