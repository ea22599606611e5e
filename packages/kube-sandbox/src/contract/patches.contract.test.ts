import { describeContract } from './support/describeContract';
import { configMap, shellJob } from './support/objects';

describeContract('patches', target => {
  const at = (name: string) => target.core(`configmaps/${name}`);
  const create = (name: string, data: Record<string, string>) =>
    target.api.post(target.core('configmaps'), configMap(name, data));

  it('merge', async () => {
    await create('merged', { a: '1', b: '2' });
    const { status, body } = await target.api.patch(
      at('merged'),
      'merge-patch',
      { metadata: { labels: { x: 'y' } }, data: { a: null, c: '3' } },
    );
    expect(status).toBe(200);
    expect(body.data).toEqual({ b: '2', c: '3' });
    expect(body.metadata.labels).toEqual({ x: 'y' });
  });

  it('apply JSON patch operations', async () => {
    await create('operated', { a: '1', b: '2' });
    const { status, body } = await target.api.patch(
      at('operated'),
      'json-patch',
      [
        { op: 'test', path: '/data/a', value: '1' },
        { op: 'replace', path: '/data/a', value: '9' },
        { op: 'remove', path: '/data/b' },
        { op: 'add', path: '/metadata/labels', value: { 'a.b/c': 'd' } },
        { op: 'add', path: '/metadata/labels/a.b~1e', value: 'f' },
      ],
    );
    expect(status).toBe(200);
    expect(body.data).toEqual({ a: '9' });
    expect(body.metadata.labels).toEqual({ 'a.b/c': 'd', 'a.b/e': 'f' });
  });

  it.each([
    ['a test that fails', [{ op: 'test', path: '/data/a', value: '9' }]],
    ['a removal of nothing', [{ op: 'remove', path: '/data/zz' }]],
  ])('refuse %s', async (_, operations) => {
    await create('refused', { a: '1' });
    const { status, body } = await target.api.patch(
      at('refused'),
      'json-patch',
      operations,
    );
    expect(status).toBe(422);
    expect(body).toMatchObject({
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
    });
  });

  it('merge lists by their keys, strategically', async () => {
    const path = target.batch('jobs/strategic');
    // An owner that is not there would make the garbage collector of a real cluster take the Job away.
    const owner = await target.api.post(
      target.core('configmaps'),
      configMap('owner'),
    );
    const { uid } = owner.body.metadata;
    const created = await target.api.post(
      target.batch('jobs'),
      shellJob('strategic', 'true', {
        spec: { suspend: true },
        podSpec: { nodeSelector: { a: '1', b: '2' } },
      }),
    );
    expect(created.status).toBe(201);
    const { status, body } = await target.api.patch(
      path,
      'strategic-merge-patch',
      {
        metadata: {
          finalizers: ['akko.io/a'],
          ownerReferences: [
            { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid },
          ],
        },
        spec: {
          template: { spec: { nodeSelector: { b: null, c: '3' } } },
        },
      },
    );
    expect([status, body.message]).toEqual([200, undefined]);
    expect(body.spec.template.spec.nodeSelector).toEqual({ a: '1', c: '3' });
    const again = await target.api.patch(path, 'strategic-merge-patch', {
      metadata: {
        finalizers: ['akko.io/b'],
        ownerReferences: [{ uid, $patch: 'delete' }],
      },
    });
    expect([...again.body.metadata.finalizers].sort()).toEqual([
      'akko.io/a',
      'akko.io/b',
    ]);
    expect(again.body.metadata.ownerReferences).toBeUndefined();
    const removed = await target.api.patch(path, 'strategic-merge-patch', {
      metadata: {
        '$deleteFromPrimitiveList/finalizers': ['akko.io/a', 'akko.io/b'],
      },
    });
    expect(removed.body.metadata.finalizers).toBeUndefined();
  });

  it('refuse what is no patch', async () => {
    await create('plain', {});
    const plain = await target.api.call('PATCH', at('plain'), { body: {} });
    expect([plain.status, plain.body.reason]).toEqual([
      415,
      'UnsupportedMediaType',
    ]);
    const broken = await target.api.patch(at('plain'), 'merge-patch', '{"a":');
    expect(broken.status).toBe(400);
    expect(broken.body.message).toMatch(/^error decoding patch: /);
  });

  it('refuse what is not there', async () => {
    const { status, body } = await target.api.patch(
      at('missing'),
      'merge-patch',
      { data: {} },
    );
    expect([status, body.message]).toEqual([
      404,
      'configmaps "missing" not found',
    ]);
  });
});
