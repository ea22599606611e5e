import { inOrderOfKeys } from './objects';
import type { KubernetesObject, ResourceName, StoreEvent } from './types';

/** What etcd and the watch cache keep of the past: a bounded list of changes. */
export class EventLog {
  private events: StoreEvent[] = [];
  /** The resourceVersion of the newest change that is forgotten. */
  private forgotten: number;

  constructor(private readonly limit: number, start: number) {
    this.forgotten = start;
  }

  /** The oldest resourceVersion from which a watch can go on. */
  get oldest(): number {
    return this.forgotten;
  }

  append(event: StoreEvent): void {
    this.events.push(event);
    // Trimmed in blocks, because shifting one by one is quadratic.
    if (this.events.length > this.limit * 1.25) {
      this.forget(this.events.length - this.limit);
    }
  }

  /** @returns undefined when some of them are forgotten */
  since(resourceVersion: number): StoreEvent[] | undefined {
    if (resourceVersion < this.forgotten) {
      return undefined;
    }
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.events[middle].resourceVersion <= resourceVersion) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.events.slice(low);
  }

  compact(current: number): void {
    this.events = [];
    this.forgotten = current;
  }

  /**
   * The objects of a resource as they were at a resourceVersion, told by undoing what came later.
   * @returns undefined when that is forgotten
   */
  rewind(
    resource: ResourceName,
    objects: KubernetesObject[],
    resourceVersion: number,
  ): KubernetesObject[] | undefined {
    const later = this.since(resourceVersion)?.filter(
      event => event.resource === resource,
    );
    if (!later || later.length === 0) {
      return later && objects;
    }
    const byUid = new Map(objects.map(object => [object.metadata.uid, object]));
    for (const event of later.reverse()) {
      if (event.previous) {
        byUid.set(event.object.metadata.uid, event.previous);
      } else {
        byUid.delete(event.object.metadata.uid);
      }
    }
    return inOrderOfKeys([...byUid.values()]);
  }

  private forget(count: number): void {
    this.forgotten = this.events[count - 1].resourceVersion;
    this.events = this.events.slice(count);
  }
}
