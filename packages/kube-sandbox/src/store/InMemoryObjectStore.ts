import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock/types';
import { EventLog } from './EventLog';
import { GarbageCollector } from './GarbageCollector';
import { alreadyExists, conflict, notFound, refuse } from './errors';
import {
  emptyNamespace,
  endTerminatingNamespace,
  populateNamespace,
  requireNamespace,
} from './namespaces';
import { assembleUpdate } from './assembleUpdate';
import { markForDeletion } from './markForDeletion';
import { completeDraft } from './completeDraft';
import {
  frozenCopy,
  inNamespace,
  inOrderOfKeys,
  isReleased,
  keyOf,
  keyOfObject,
} from './objects';
import type { Random } from './random';
import { resourceDefinition } from './resources';
import { Subscribers } from './Subscribers';
import { strategyOf } from './strategies';
import { validateMetadata } from './validation/metadata';
import type {
  DeleteOptions,
  KubernetesObject,
  NewObject,
  ObjectStore,
  ResourceName,
  StoreEvent,
} from './types';

export interface InMemoryObjectStoreOptions {
  clock: Clock;
  /** Default: `Math.random`. */
  random?: Random;
  /** How many changes are kept for watches and paging; default 10,000. */
  historyLimit?: number;
}

// A cluster has a past before its first user comes: versions that nobody can go back to.
const firstRevision = 100;

/** See {@link ObjectStore}. Everything it gives out is deeply frozen. */
export class InMemoryObjectStore implements ObjectStore {
  private revision = firstRevision;
  private readonly tables = new Map<
    ResourceName,
    Map<string, KubernetesObject>
  >();
  /** In order of their keys; made anew after a change. */
  private readonly sortedTables = new Map<ResourceName, KubernetesObject[]>();
  private readonly log: EventLog;
  private readonly subscribers = new Subscribers();
  private readonly garbage: GarbageCollector;
  private readonly clock: Clock;
  private readonly random: Random;

  constructor(options: InMemoryObjectStoreOptions) {
    this.clock = options.clock;
    this.random = options.random ?? Math.random;
    this.log = new EventLog(options.historyLimit ?? 10_000, this.revision);
    this.garbage = new GarbageCollector(this);
  }

  get resourceVersion(): number {
    return this.revision;
  }

  /** The oldest resourceVersion that a watch can start from. */
  get oldestResourceVersion(): number {
    return this.log.oldest;
  }

  create(resource: ResourceName, object: NewObject): KubernetesObject {
    const created = this.insert(resource, this.prepare(resource, object));
    this.garbage.collectIfAbandoned(resource, created);
    return created;
  }

  /**
   * What {@link create} would store: names, defaults and checks, but nothing kept (`dryRun=All`).
   * @throws StatusError Invalid, AlreadyExists, NotFound or Forbidden because of the namespace
   */
  prepare(resource: ResourceName, object: NewObject): KubernetesObject {
    const definition = resourceDefinition(resource);
    const draft = completeDraft(definition, object, this.draftOptions(false));
    const { name, namespace } = draft.metadata;
    if (definition.namespaced) {
      requireNamespace(this, definition, namespace ?? '', name);
    }
    refuse(definition, name ?? '', [
      ...validateMetadata(definition, draft),
      ...strategyOf(resource).validate(draft),
    ]);
    if (this.get(resource, namespace, name)) {
      throw alreadyExists(definition, name);
    }
    return draft;
  }

  load(resource: ResourceName, object: NewObject): KubernetesObject {
    const definition = resourceDefinition(resource);
    const draft = completeDraft(definition, object, this.draftOptions(true));
    const { namespace, name } = draft.metadata;
    if (
      definition.namespaced &&
      !this.get('namespaces', undefined, namespace!)
    ) {
      this.create('namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
    }
    if (this.get(resource, namespace, name)) {
      throw alreadyExists(definition, name);
    }
    return this.insert(resource, draft);
  }

  get(
    resource: ResourceName,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    return this.table(resource).get(keyOf(namespace, name));
  }

  list(resource: ResourceName, namespace?: string): KubernetesObject[] {
    return inNamespace(this.sorted(resource), namespace);
  }

  /** As {@link list} was at a resourceVersion; undefined when that is forgotten. */
  listAt(
    resource: ResourceName,
    namespace: string | undefined,
    resourceVersion: number,
  ): KubernetesObject[] | undefined {
    const objects = this.log.rewind(
      resource,
      this.sorted(resource),
      resourceVersion,
    );
    return objects && inNamespace(objects, namespace);
  }

  update(
    resource: ResourceName,
    namespace: string | undefined,
    name: string,
    change: (current: KubernetesObject) => KubernetesObject,
    options: { status?: boolean; dryRun?: boolean } = {},
  ): KubernetesObject {
    const definition = resourceDefinition(resource);
    const current = this.get(resource, namespace, name);
    if (!current) {
      throw notFound(definition, name);
    }
    const next = assembleUpdate(definition, current, change(current), options);
    if (next === current || isDeepStrictEqual(next, current)) {
      return current;
    }
    refuse(definition, name, [
      ...validateMetadata(definition, next, current),
      ...(options.status
        ? []
        : strategyOf(resource).validateUpdate?.(next, current) ?? []),
    ]);
    if (this.get(resource, namespace, name) !== current) {
      throw conflict(definition, name);
    }
    if (options.dryRun) {
      return next;
    }
    if (next.metadata.deletionTimestamp && isReleased(next)) {
      this.remove(resource, next);
      return next;
    }
    return this.replace(resource, next, current);
  }

  delete(
    resource: ResourceName,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions & { dryRun?: boolean } = {},
  ): KubernetesObject {
    const definition = resourceDefinition(resource);
    const current = this.get(resource, namespace, name);
    if (!current) {
      throw notFound(definition, name);
    }
    const marked = markForDeletion(
      definition,
      current,
      options,
      this.clock.now(),
    );
    if (options.dryRun) {
      return marked;
    }
    if (isReleased(marked)) {
      this.remove(resource, marked);
      return marked;
    }
    const kept = isDeepStrictEqual(marked, current)
      ? current
      : this.replace(resource, marked, current);
    if (resource === 'namespaces') {
      emptyNamespace(this, name);
    } else {
      this.garbage.continueDeletion(resource, kept);
    }
    return kept;
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    return this.subscribers.add(listener);
  }

  since(resourceVersion: number): StoreEvent[] | undefined {
    return this.log.since(resourceVersion);
  }

  compact(): void {
    this.log.compact(this.revision);
  }

  private draftOptions(keepGiven: boolean) {
    return { keepGiven, now: this.clock.now(), random: this.random };
  }

  private insert(
    resource: ResourceName,
    draft: KubernetesObject,
  ): KubernetesObject {
    const object = this.stamp(draft);
    this.table(resource).set(keyOfObject(object), object);
    this.sortedTables.delete(resource);
    this.garbage.added(resource, object);
    this.emit({
      type: 'ADDED',
      resource,
      object,
      resourceVersion: this.revision,
    });
    if (resource === 'namespaces') {
      populateNamespace(this, object.metadata.name);
    }
    return object;
  }

  private replace(
    resource: ResourceName,
    draft: KubernetesObject,
    previous: KubernetesObject,
  ): KubernetesObject {
    const object = this.stamp(draft);
    this.table(resource).set(keyOfObject(object), object);
    this.sortedTables.delete(resource);
    this.garbage.changed(resource, object, previous);
    this.emit({
      type: 'MODIFIED',
      resource,
      object,
      previous,
      resourceVersion: this.revision,
    });
    return object;
  }

  private remove(resource: ResourceName, draft: KubernetesObject): void {
    const key = keyOfObject(draft);
    const previous = this.table(resource).get(key)!;
    const object = this.stamp(draft);
    this.table(resource).delete(key);
    this.sortedTables.delete(resource);
    this.emit({
      type: 'DELETED',
      resource,
      object,
      previous,
      resourceVersion: this.revision,
    });
    this.garbage.removed(resource, object);
    endTerminatingNamespace(this, object.metadata.namespace);
  }

  private stamp(draft: KubernetesObject): KubernetesObject {
    this.revision++;
    return frozenCopy(draft, this.revision);
  }

  private sorted(resource: ResourceName): KubernetesObject[] {
    let objects = this.sortedTables.get(resource);
    if (!objects) {
      objects = inOrderOfKeys([...this.table(resource).values()]);
      this.sortedTables.set(resource, objects);
    }
    return objects;
  }

  private emit(event: StoreEvent): void {
    this.log.append(event);
    this.subscribers.publish(event);
  }

  private table(resource: ResourceName): Map<string, KubernetesObject> {
    let table = this.tables.get(resource);
    if (!table) {
      table = new Map();
      this.tables.set(resource, table);
    }
    return table;
  }
}
