import type { CoreV1Event, V1Job, V1Pod } from '@kubernetes/client-node';
import { InMemoryClusterMirror } from './InMemoryClusterMirror';
import type { MirrorChange } from './types';

const job = (
  name: string,
  options: { uid?: string; version?: string; namespace?: string } = {},
): V1Job => ({
  metadata: {
    name,
    namespace: options.namespace ?? 'akko',
    uid: options.uid ?? `uid-${name}`,
    resourceVersion: options.version ?? '1',
  },
});

const pod = (name: string, jobUid: string, minute: number): V1Pod => ({
  metadata: {
    name,
    namespace: 'akko',
    uid: `uid-${name}`,
    resourceVersion: '1',
    creationTimestamp: new Date(Date.UTC(2026, 0, 1, 0, minute)),
    ownerReferences: [
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        name: 'j',
        uid: jobUid,
        controller: true,
      },
    ],
  },
});

const event = (name: string, uid: string, minute: number): CoreV1Event => ({
  metadata: {
    name,
    namespace: 'akko',
    uid: `uid-${name}`,
    resourceVersion: '1',
  },
  involvedObject: { kind: 'Job', uid },
  lastTimestamp: new Date(Date.UTC(2026, 0, 1, 0, minute)),
});

const names = (objects: { metadata?: { name?: string } }[]) =>
  objects.map(({ metadata }) => metadata?.name);

describe('InMemoryClusterMirror', () => {
  let changes: MirrorChange[];
  let mirror: InMemoryClusterMirror;
  const told = () =>
    changes.map(({ type, object, replayed }) => [
      type,
      object.metadata?.uid,
      replayed,
    ]);

  beforeEach(() => {
    changes = [];
    mirror = new InMemoryClusterMirror('prod-eu', change =>
      changes.push(change),
    );
  });

  it('tells additions, changes with what was before, and deletions in the last state', () => {
    const first = job('a');
    const second = job('a', { version: '2' });
    const last = job('a', { version: '3' });
    mirror.upsert('jobs', first);
    mirror.upsert('jobs', second);
    mirror.remove('jobs', last);
    expect(changes).toEqual([
      expect.objectContaining({ type: 'added', object: first }),
      expect.objectContaining({
        type: 'modified',
        object: second,
        previous: first,
      }),
      expect.objectContaining({
        type: 'deleted',
        object: last,
        previous: second,
      }),
    ]);
    expect(mirror.get('jobs', 'akko', 'a')).toBeUndefined();
  });

  it('says nothing twice', () => {
    mirror.upsert('jobs', job('a'));
    mirror.upsert('jobs', job('a'));
    mirror.replace('jobs', [job('a')]);
    mirror.remove('jobs', job('a'));
    mirror.remove('jobs', job('a'));
    expect(told()).toEqual([
      ['added', 'uid-a', false],
      ['deleted', 'uid-a', false],
    ]);
  });

  it('tells after a gap what came, changed and went', () => {
    mirror.replace('jobs', [job('stays'), job('changes'), job('goes')]);
    changes.length = 0;
    mirror.replace('jobs', [
      job('stays'),
      job('changes', { version: '9' }),
      job('comes'),
    ]);
    expect(told()).toEqual([
      ['deleted', 'uid-goes', true],
      ['modified', 'uid-changes', true],
      ['added', 'uid-comes', true],
    ]);
  });

  it('leaves other namespaces alone when one is listed', () => {
    mirror.replace('jobs', [job('a', { namespace: 'one' })], 'one');
    mirror.replace('jobs', [job('a', { namespace: 'two' })], 'two');
    mirror.replace('jobs', [], 'one');
    expect(names(mirror.list('jobs'))).toEqual(['a']);
    expect(mirror.list('jobs', 'one')).toEqual([]);
    expect(names(mirror.list('jobs', 'two'))).toEqual(['a']);
  });

  it('takes another uid of the same name for another object, and a late deletion of the old one for old news', () => {
    mirror.upsert('jobs', job('a', { uid: 'old' }));
    mirror.upsert('jobs', job('a', { uid: 'new', version: '2' }));
    mirror.remove('jobs', job('a', { uid: 'old', version: '3' }));
    expect(told()).toEqual([
      ['added', 'old', false],
      ['deleted', 'old', false],
      ['added', 'new', false],
    ]);
    expect(mirror.get('jobs', 'akko', 'a')?.metadata?.uid).toBe('new');
  });

  it('finds the pods of a Job and the events of an object, oldest first', () => {
    mirror.upsert('pods', pod('second', 'job-1', 2));
    mirror.upsert('pods', pod('first', 'job-1', 1));
    mirror.upsert('pods', pod('other', 'job-2', 1));
    mirror.upsert('events', event('late', 'job-1', 5));
    mirror.upsert('events', event('early', 'job-1', 3));
    expect(names(mirror.podsOfJob('job-1'))).toEqual(['first', 'second']);
    expect(names(mirror.eventsOf('job-1'))).toEqual(['early', 'late']);
    mirror.remove('pods', pod('first', 'job-1', 1));
    mirror.replace('events', []);
    expect(names(mirror.podsOfJob('job-1'))).toEqual(['second']);
    expect(mirror.eventsOf('job-1')).toEqual([]);
  });
});
