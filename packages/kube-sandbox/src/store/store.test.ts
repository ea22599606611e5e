import { VirtualClock } from '../clock/VirtualClock';
import { InMemoryObjectStore } from './InMemoryObjectStore';
import { seededRandom } from './random';
import type { NewObject, StoreEvent } from './types';

function newStore(historyLimit?: number) {
  const store = new InMemoryObjectStore({
    clock: new VirtualClock('2026-01-01T00:00:00Z'),
    random: seededRandom(7),
    historyLimit,
  });
  store.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'akko' },
  });
  return store;
}

const configMap = (name: string, rest: object = {}): NewObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'akko' },
  ...rest,
});

const pod = (metadata: object, nodeName?: string): NewObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pod', namespace: 'akko', ...metadata },
  spec: {
    ...(nodeName ? { nodeName } : {}),
    containers: [{ name: 'main', image: 'image:1' }],
  },
});

describe('the object store', () => {
  it('gives out objects that nobody can change', () => {
    const created = newStore().create('configmaps', configMap('a'));
    expect(() => {
      created.metadata.labels = {};
    }).toThrow(TypeError);
  });

  it('gives the same names and uids for the same seed', () => {
    const made = () =>
      newStore().create('configmaps', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { generateName: 'a-', namespace: 'akko' },
      }).metadata;
    expect(made()).toEqual(made());
  });

  it('tells listeners of changes in order, also of those that listeners make', () => {
    const store = newStore();
    const seen: string[] = [];
    store.subscribe(({ object }) => {
      if (object.metadata.name === 'first') {
        store.create('configmaps', configMap('second'));
      }
    });
    store.subscribe(({ object }) => seen.push(object.metadata.name));
    store.create('configmaps', configMap('first'));
    expect(seen).toEqual(['first', 'second']);
  });

  it('says nothing when an update changes nothing', () => {
    const store = newStore();
    const before = store.create('configmaps', configMap('a'));
    const events: StoreEvent[] = [];
    store.subscribe(event => events.push(event));
    store.update('configmaps', 'akko', 'a', current => ({ ...current }));
    expect(events).toEqual([]);
    expect(store.get('configmaps', 'akko', 'a')).toBe(before);
  });

  it('loads fixtures with their own identity, times and status, and their namespace', () => {
    const store = newStore();
    const loaded = store.load('jobs', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'old',
        namespace: 'elsewhere',
        uid: 'my-uid',
        creationTimestamp: '2025-01-01T00:00:00Z',
      },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [] } } },
      status: { succeeded: 1 },
    });
    expect(loaded).toMatchObject({
      metadata: { uid: 'my-uid', creationTimestamp: '2025-01-01T00:00:00Z' },
      spec: {
        selector: {
          matchLabels: { 'batch.kubernetes.io/controller-uid': 'my-uid' },
        },
      },
      status: { succeeded: 1 },
    });
    expect(store.get('namespaces', undefined, 'elsewhere')).toBeDefined();
  });

  it('shows the past as long as it is kept', () => {
    const store = newStore();
    store.create('configmaps', configMap('gone'));
    store.create('configmaps', configMap('changed', { data: { a: '1' } }));
    const then = store.resourceVersion;
    store.delete('configmaps', 'akko', 'gone');
    store.update('configmaps', 'akko', 'changed', current => ({
      ...current,
      data: { a: '2' },
    }));
    store.create('configmaps', configMap('new'));
    const past = store.listAt('configmaps', 'akko', then)!;
    expect(past.map(({ metadata, data }) => [metadata.name, data])).toEqual([
      ['changed', { a: '1' }],
      ['gone', undefined],
    ]);
    store.compact();
    expect(store.listAt('configmaps', 'akko', then)).toBeUndefined();
    expect(store.since(then)).toBeUndefined();
    expect(store.since(store.resourceVersion)).toEqual([]);
  });

  it('forgets old changes by itself', () => {
    const store = newStore(10);
    const then = store.resourceVersion;
    for (let index = 0; index < 30; index++) {
      store.create('configmaps', configMap(`a-${index}`));
    }
    expect(store.since(then)).toBeUndefined();
    expect(store.since(store.resourceVersion - 10)).toHaveLength(10);
  });

  it('lets a pod that runs somewhere end in its own time', () => {
    const store = newStore();
    store.create('pods', pod({}, 'node'));
    const marked = store.delete('pods', 'akko', 'pod');
    expect(marked.metadata).toMatchObject({
      deletionGracePeriodSeconds: 30,
      deletionTimestamp: '2026-01-01T00:00:30Z',
    });
    store.delete('pods', 'akko', 'pod', { gracePeriodSeconds: 0 });
    expect(store.get('pods', 'akko', 'pod')).toBeUndefined();
  });

  it('keeps a pod until its finalizers are gone, whatever the grace period', () => {
    const store = newStore();
    store.create('pods', pod({ finalizers: ['akko.io/held'] }, 'node'));
    store.delete('pods', 'akko', 'pod', { gracePeriodSeconds: 0 });
    expect(store.get('pods', 'akko', 'pod')).toBeDefined();
    store.update('pods', 'akko', 'pod', current => ({
      ...current,
      metadata: { ...current.metadata, finalizers: [] },
    }));
    expect(store.get('pods', 'akko', 'pod')).toBeUndefined();
  });

  it('keeps a dependent that has another owner', () => {
    const store = newStore();
    const owners = ['one', 'two'].map(name => {
      const { metadata } = store.create('configmaps', configMap(name));
      return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name,
        uid: metadata.uid,
      };
    });
    store.create('pods', pod({ ownerReferences: owners }));
    store.delete('configmaps', 'akko', 'one');
    expect(store.get('pods', 'akko', 'pod')!.metadata.ownerReferences).toEqual([
      owners[1],
    ]);
    store.delete('configmaps', 'akko', 'two');
    expect(store.get('pods', 'akko', 'pod')).toBeUndefined();
  });
});
