import type { MirrorChange } from '../clusters/types';
import {
  aCatalogue,
  aCronJob,
  aJob,
  chartLabels,
} from '../testing/kubernetesObjects';
import { InstanceIndex } from './InstanceIndex';

const REF = { cluster: 'prod', namespace: 'akko', release: 'akko' };

function change(
  kind: MirrorChange['kind'],
  type: MirrorChange['type'],
  object: unknown,
  previous?: unknown,
): MirrorChange {
  return {
    cluster: 'prod',
    kind,
    type,
    object,
    previous,
    replayed: false,
  } as MirrorChange;
}

describe('InstanceIndex', () => {
  it('forgets an instance with its last object', () => {
    const index = new InstanceIndex([]);
    const objects = [
      ['jobs', aJob()],
      ['cronjobs', aCronJob()],
      ['configmaps', aCatalogue()],
    ] as const;
    for (const [kind, object] of objects) {
      expect(index.apply(change(kind, 'added', object))).toEqual([REF]);
    }
    for (const [kind, object] of objects) {
      expect(index.get(REF)).toBeDefined();
      expect(index.apply(change(kind, 'deleted', object, object))).toEqual([
        REF,
      ]);
    }
    expect(index.all()).toEqual([]);
  });

  it('moves a Job whose labels changed to its new instance', () => {
    const index = new InstanceIndex([]);
    const before = aJob({ uid: 'u' });
    const after = aJob({
      uid: 'u',
      labels: chartLabels('other', 'minio-init'),
    });
    index.apply(change('jobs', 'added', before));

    const other = { ...REF, release: 'other' };
    expect(index.apply(change('jobs', 'modified', after, before))).toEqual([
      REF,
      other,
    ]);
    expect(index.get(REF)).toBeUndefined();
    expect(index.newestJob(other, 'minio-init')).toBe(after);
  });

  it('keeps the new Job when the old one of the same name is deleted after it came', () => {
    const index = new InstanceIndex([]);
    const old = aJob({ uid: 'old' });
    const young = aJob({ uid: 'young', createdAt: '2026-11-02T10:00:00Z' });
    index.apply(change('jobs', 'added', old));
    index.apply(change('jobs', 'added', young));
    index.apply(change('jobs', 'deleted', old, old));
    expect(index.newestJob(REF, 'minio-init')).toBe(young);
  });

  it('touches nothing for objects that are not AKKO ones', () => {
    const index = new InstanceIndex([]);
    expect(index.apply(change('jobs', 'added', aJob({ labels: {} })))).toEqual(
      [],
    );
    expect(index.apply(change('pods', 'added', { metadata: {} }))).toEqual([]);
  });
});
