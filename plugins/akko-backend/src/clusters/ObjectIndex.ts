/** Objects of one kind by namespace and name. */
export class ObjectIndex<T> {
  private readonly namespaces = new Map<string, Map<string, T>>();

  get(namespace: string, name: string): T | undefined {
    return this.namespaces.get(namespace)?.get(name);
  }

  /** @returns what was there before */
  set(namespace: string, name: string, object: T): T | undefined {
    let objects = this.namespaces.get(namespace);
    if (!objects) {
      objects = new Map();
      this.namespaces.set(namespace, objects);
    }
    const previous = objects.get(name);
    objects.set(name, object);
    return previous;
  }

  /** @returns what was there */
  delete(namespace: string, name: string): T | undefined {
    const objects = this.namespaces.get(namespace);
    const previous = objects?.get(name);
    objects?.delete(name);
    if (objects?.size === 0) {
      this.namespaces.delete(namespace);
    }
    return previous;
  }

  values(namespace?: string): T[] {
    if (namespace !== undefined) {
      return [...(this.namespaces.get(namespace)?.values() ?? [])];
    }
    return [...this.namespaces.values()].flatMap(objects => [
      ...objects.values(),
    ]);
  }
}

/** Objects of one kind by the uid that they are about, such as pods by the uid of their Job. */
export class UidIndex<T extends { metadata?: { uid?: string } }> {
  private readonly groups = new Map<string, Map<string, T>>();

  constructor(private readonly keyOf: (object: T) => string | undefined) {}

  add(object: T): void {
    const key = this.keyOf(object);
    if (key !== undefined) {
      const group = this.groups.get(key) ?? new Map<string, T>();
      group.set(object.metadata?.uid ?? '', object);
      this.groups.set(key, group);
    }
  }

  remove(object: T): void {
    const key = this.keyOf(object);
    const group = key === undefined ? undefined : this.groups.get(key);
    group?.delete(object.metadata?.uid ?? '');
    if (group?.size === 0) {
      this.groups.delete(key!);
    }
  }

  get(key: string): T[] {
    return [...(this.groups.get(key)?.values() ?? [])];
  }
}
