import { describeContract } from './support/describeContract';
import { configMap } from './support/objects';

describeContract('objects', target => {
  const path = (name: string) => target.core(`configmaps/${name}`);
  const create = (name: string, data: Record<string, string> = {}) =>
    target.api.post(target.core('configmaps'), configMap(name, data));

  it('are created with identity, version and time', async () => {
    const { status, body } = await create('created', { a: '1' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        name: 'created',
        namespace: target.namespace,
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        resourceVersion: expect.stringMatching(/^\d+$/),
        creationTimestamp: expect.stringMatching(/^\d{4}-.*:\d\dZ$/),
      },
      data: { a: '1' },
    });
    expect(body.metadata.generation).toBeUndefined();
    const read = await target.api.get(path('created'));
    expect(read.status).toBe(200);
    expect(read.body).toEqual(body);
  });

  it('get a name made of generateName and five letters', async () => {
    const { body } = await target.api.post(target.core('configmaps'), {
      metadata: { generateName: 'generated-' },
    });
    expect(body.metadata.generateName).toBe('generated-');
    expect(body.metadata.name).toMatch(
      /^generated-[bcdfghjklmnpqrstvwxz2456789]{5}$/,
    );
  });

  it('are only checked, not kept, by a dry run', async () => {
    const { status, body } = await target.api.post(
      target.core('configmaps?dryRun=All'),
      configMap('dry'),
    );
    expect(status).toBe(201);
    expect(body.metadata.uid).toBeDefined();
    expect(body.metadata.resourceVersion).toBeUndefined();
    expect((await target.api.get(path('dry'))).status).toBe(404);
  });

  it('are replaced, with a newer version', async () => {
    const before = (await create('replaced', { a: '1' })).body;
    const { status, body } = await target.api.put(path('replaced'), {
      ...before,
      data: { b: '2' },
    });
    expect(status).toBe(200);
    expect(body.data).toEqual({ b: '2' });
    expect(body.metadata.uid).toBe(before.metadata.uid);
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThan(
      Number(before.metadata.resourceVersion),
    );
  });

  it('keep their version when nothing changes', async () => {
    const before = (await create('same', { a: '1' })).body;
    const { body } = await target.api.put(path('same'), before);
    expect(body.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
  });

  it('are deleted with a Status that names them', async () => {
    const { body: created } = await create('deleted');
    const { status, body } = await target.api.delete(path('deleted'));
    expect(status).toBe(200);
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name: 'deleted',
        kind: 'configmaps',
        uid: created.metadata.uid,
      },
    });
    expect((await target.api.get(path('deleted'))).status).toBe(404);
  });

  it('wait for their finalizers', async () => {
    await target.api.post(target.core('configmaps'), {
      metadata: { name: 'held', finalizers: ['akko.io/test'] },
    });
    const { body } = await target.api.delete(path('held'));
    expect(body.metadata).toMatchObject({
      deletionTimestamp: expect.any(String),
      deletionGracePeriodSeconds: 0,
      finalizers: ['akko.io/test'],
    });
    const more = await target.api.patch(path('held'), 'merge-patch', {
      metadata: { finalizers: ['akko.io/test', 'akko.io/more'] },
    });
    expect(more.status).toBe(422);
    expect(more.body.message).toBe(
      'ConfigMap "held" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"akko.io/more"}',
    );
    await target.api.patch(path('held'), 'merge-patch', {
      metadata: { finalizers: null },
    });
    expect((await target.api.get(path('held'))).status).toBe(404);
  });

  it('are deleted by selector, all at once', async () => {
    for (const name of ['all-1', 'all-2']) {
      await target.api.post(
        target.core('configmaps'),
        configMap(name, {}, { group: 'all' }),
      );
    }
    const { status } = await target.api.delete(
      target.core('configmaps?labelSelector=group%3Dall'),
    );
    expect(status).toBe(200);
    const left = await target.api.get(
      target.core('configmaps?labelSelector=group%3Dall'),
    );
    expect(left.body.items).toEqual([]);
  });

  it('turn stringData of a Secret into data', async () => {
    const { body } = await target.api.post(target.core('secrets'), {
      metadata: { name: 'secret' },
      stringData: { key: 'value' },
    });
    expect(body).toMatchObject({ type: 'Opaque', data: { key: 'dmFsdWU=' } });
    expect(body.stringData).toBeUndefined();
  });

  it('count changes of a spec, but not of a status or of labels', async () => {
    const cronJob = {
      metadata: { name: 'counted' },
      spec: {
        schedule: '0 0 1 1 *',
        suspend: true,
        jobTemplate: {
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'main', image: 'debian:trixie-slim' }],
              },
            },
          },
        },
      },
    };
    const created = await target.api.post(target.batch('cronjobs'), cronJob);
    expect(created.body.metadata.generation).toBe(1);
    const at = target.batch('cronjobs/counted');
    const labelled = await target.api.patch(at, 'merge-patch', {
      metadata: { labels: { a: 'b' } },
    });
    expect(labelled.body.metadata.generation).toBe(1);
    const status = await target.api.patch(`${at}/status`, 'merge-patch', {
      spec: { schedule: '0 0 2 1 *' },
      status: { lastScheduleTime: '2026-01-01T00:00:00Z' },
    });
    expect(status.body.metadata.generation).toBe(1);
    expect(status.body.spec.schedule).toBe('0 0 1 1 *');
    expect(status.body.status.lastScheduleTime).toBe('2026-01-01T00:00:00Z');
    const changed = await target.api.patch(at, 'merge-patch', {
      spec: { schedule: '0 0 3 1 *' },
      status: { lastScheduleTime: '2027-01-01T00:00:00Z' },
    });
    expect(changed.body.metadata.generation).toBe(2);
    expect(changed.body.status.lastScheduleTime).toBe('2026-01-01T00:00:00Z');
  });
});
