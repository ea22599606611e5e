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
import { nameSuffix, randomUid, type Random } from './random';
import { resourceDefinition, apiVersionOf } from './resources';
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

/** See {@link ObjectStore}. Everything it gives out is deeply frozen. */
export class InMemoryObjectStore implements ObjectStore {
  private revision = 1;
  private readonly tables = new Map<
    ResourceName,
    Map<string, KubernetesObject>
  >();
  private readonly log: EventLog;
  private readonly listeners = new Set<(event: StoreEvent) => void>();
  private readonly undelivered: StoreEvent[] = [];
  private delivering = false;
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
    const prepared = this.prepare(resource, object);
    this.insert(resource, prepared);
    return this.get(
      resource,
      prepared.metadata.namespace,
      prepared.metadata.name,
    )!;
  }

  /**
   * What {@link create} would store: names, defaults and checks, but nothing kept (`dryRun=All`).
   * @throws StatusError Invalid, AlreadyExists, NotFound or Forbidden because of the namespace
   */
  prepare(resource: ResourceName, object: NewObject): KubernetesObject {
    const definition = resourceDefinition(resource);
    const draft = this.complete(resource, object, false);
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
    const draft = this.complete(resource, object, true);
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
    this.insert(resource, draft);
    return this.get(resource, namespace, name)!;
  }

  get(
    resource: ResourceName,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    return this.table(resource).get(keyOf(namespace, name));
  }

  list(resource: ResourceName, namespace?: string): KubernetesObject[] {
    const objects = [...this.table(resource).values()];
    return sorted(
      namespace === undefined
        ? objects
        : objects.filter(object => object.metadata.namespace === namespace),
    );
  }

  /** As {@link list} was at a resourceVersion; undefined when that is forgotten. */
  listAt(
    resource: ResourceName,
    namespace: string | undefined,
    resourceVersion: number,
  ): KubernetesObject[] | undefined {
    const objects = this.log.rewind(
      resource,
      [...this.table(resource).values()],
      resourceVersion,
    );
    return (
      objects &&
      sorted(
        namespace === undefined
          ? objects
          : objects.filter(object => object.metadata.namespace === namespace),
      )
    );
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
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  since(resourceVersion: number): StoreEvent[] | undefined {
    return this.log.since(resourceVersion);
  }

  compact(): void {
    this.log.compact(this.revision);
  }

  private complete(
    resource: ResourceName,
    object: NewObject,
    keepGiven: boolean,
  ): KubernetesObject {
    const definition = resourceDefinition(resource);
    const given = JSON.parse(JSON.stringify(object)) as NewObject;
    const { generateName, name } = given.metadata;
    const draft = {
      ...given,
      apiVersion: apiVersionOf(definition),
      kind: definition.kind,
      metadata: {
        ...given.metadata,
        name:
          name ||
          (generateName &&
            `${generateName.slice(0, 58)}${nameSuffix(this.random)}`),
        uid: (keepGiven && given.metadata.uid) || randomUid(this.random),
        creationTimestamp:
          (keepGiven && given.metadata.creationTimestamp) ||
          timestamp(this.clock.now()),
      },
    } as KubernetesObject;
    delete (draft.metadata as Partial<KubernetesObject['metadata']>)
      .resourceVersion;
    if (!keepGiven) {
      delete draft.metadata.deletionTimestamp;
      delete draft.metadata.deletionGracePeriodSeconds;
      delete draft.metadata.generation;
    }
    if (definition.hasGeneration) {
      draft.metadata.generation ??= 1;
    }
    return strategyOf(resource).prepare(draft, { keepStatus: keepGiven });
  }

  private insert(resource: ResourceName, draft: KubernetesObject): void {
    const object = this.stamp(draft);
    this.table(resource).set(keyOfObject(object), object);
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
  }

  private replace(
    resource: ResourceName,
    draft: KubernetesObject,
    previous: KubernetesObject,
  ): KubernetesObject {
    const object = this.stamp(draft);
    this.table(resource).set(keyOfObject(object), object);
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
    return deepFreeze({
      ...JSON.parse(JSON.stringify(draft)),
      metadata: {
        ...JSON.parse(JSON.stringify(draft.metadata)),
        resourceVersion: String(this.revision),
      },
    });
  }

  // A listener that changes the store must not overtake: others would see the second change first.
  private emit(event: StoreEvent): void {
    this.log.append(event);
    this.undelivered.push(event);
    if (this.delivering) {
      return;
    }
    this.delivering = true;
    try {
      for (
        let next = this.undelivered.shift();
        next;
        next = this.undelivered.shift()
      ) {
        for (const listener of [...this.listeners]) {
          listener(next);
        }
      }
    } finally {
      this.delivering = false;
    }
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

/** RFC 3339 with seconds, as `metav1.Time`. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function isReleased(object: KubernetesObject): boolean {
  return (
    !object.metadata.finalizers?.length &&
    !object.metadata.deletionGracePeriodSeconds &&
    !(object.kind === 'Namespace' && hasFinalizers(object.spec))
  );
}

const hasFinalizers = (spec: unknown) =>
  ((spec as { finalizers?: string[] } | undefined)?.finalizers ?? []).length >
  0;

const keyOf = (namespace: string | undefined, name: string) =>
  `${namespace ?? ''}/${name}`;

const keyOfObject = ({ metadata }: KubernetesObject) =>
  keyOf(metadata.namespace, metadata.name);

function sorted(objects: KubernetesObject[]): KubernetesObject[] {
  return objects
    .map(object => ({ key: keyOfObject(object), object }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ object }) => object);
}

function deepFreeze<T>(value: T): T {
  if (value && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
