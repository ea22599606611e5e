import { describeContract } from './support/describeContract';
import { configMap, namesOf, shellJob } from './support/objects';

describeContract('deletion', target => {
  const at = (name: string) => target.core(`configmaps/${name}`);

  async function family(owner: string, blocks = true) {
    const { body } = await target.api.post(
      target.core('configmaps'),
      configMap(owner),
    );
    const child = await target.api.post(target.core('configmaps'), {
      metadata: {
        name: `${owner}-child`,
        ownerReferences: [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name: owner,
            uid: body.metadata.uid,
            ...(blocks ? { blockOwnerDeletion: true } : {}),
          },
        ],
      },
    });
    expect(child.status).toBe(201);
    return body;
  }

  const watchFrom = async (owner: any) =>
    target.api.stream(
      target.core(
        `configmaps?watch=true&resourceVersion=${owner.metadata.resourceVersion}`,
      ),
    );

  it('takes dependents along in the background', async () => {
    const owner = await family('background');
    const watch = await watchFrom(owner);
    const { body } = await target.api.delete(at('background'), {
      propagationPolicy: 'Background',
    });
    expect(body).toMatchObject({ kind: 'Status', status: 'Success' });
    await watch.event(
      ({ type, object }) =>
        type === 'DELETED' && object.metadata.name === 'background-child',
    );
    watch.close();
  });

  it('waits in the foreground for dependents that block it', async () => {
    const owner = await family('foreground');
    const watch = await watchFrom(owner);
    const { body } = await target.api.delete(at('foreground'), {
      propagationPolicy: 'Foreground',
    });
    expect(body.metadata).toMatchObject({
      finalizers: ['foregroundDeletion'],
      deletionTimestamp: expect.any(String),
      deletionGracePeriodSeconds: 0,
    });
    await watch.event(
      ({ type, object }) =>
        type === 'DELETED' && object.metadata.name === 'foreground',
    );
    watch.close();
    const deleted = watch.events
      .filter(({ type }) => type === 'DELETED')
      .map(({ object }) => object.metadata.name);
    expect(deleted).toEqual(['foreground-child', 'foreground']);
  });

  it('leaves dependents behind as orphans', async () => {
    const owner = await family('orphaning');
    const watch = await watchFrom(owner);
    const { body } = await target.api.delete(at('orphaning'), {
      propagationPolicy: 'Orphan',
    });
    expect(body.metadata.finalizers).toEqual(['orphan']);
    await watch.event(
      ({ type, object }) =>
        type === 'DELETED' && object.metadata.name === 'orphaning',
    );
    watch.close();
    const child = await target.api.get(at('orphaning-child'));
    expect(child.status).toBe(200);
    expect(child.body.metadata.ownerReferences).toBeUndefined();
  });

  it('takes away what refers to an owner that is gone', async () => {
    const { body: owner } = await target.api.post(
      target.core('configmaps'),
      configMap('gone-owner'),
    );
    await target.api.delete(at('gone-owner'));
    const watch = await watchFrom(owner);
    await target.api.post(target.core('configmaps'), {
      metadata: {
        name: 'late-child',
        ownerReferences: [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name: 'gone-owner',
            uid: owner.metadata.uid,
          },
        ],
      },
    });
    const gone = await watch.event(
      event =>
        event.type === 'DELETED' && event.object.metadata.name === 'late-child',
    );
    watch.close();
    expect(gone.object.metadata.ownerReferences[0].uid).toBe(
      owner.metadata.uid,
    );
  });

  it('of a Job leaves its pods behind unless told otherwise', async () => {
    for (const [name, options, finalizers] of [
      ['default-policy', undefined, ['orphan']],
      [
        'foreground-policy',
        { propagationPolicy: 'Foreground' },
        ['foregroundDeletion'],
      ],
    ] as const) {
      await target.api.post(
        target.batch('jobs'),
        shellJob(name, 'true', { spec: { suspend: true } }),
      );
      const { status, body } = await target.api.delete(
        target.batch(`jobs/${name}`),
        options,
      );
      expect([status, body.metadata.finalizers]).toEqual([200, finalizers]);
      expect(body.metadata.generation).toBe(2);
    }
  });

  it('of a Job in the background answers a Status', async () => {
    await target.api.post(
      target.batch('jobs'),
      shellJob('quick', 'true', { spec: { suspend: true } }),
    );
    const { body } = await target.api.delete(
      target.batch('jobs/quick?propagationPolicy=Background'),
    );
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'quick', group: 'batch', kind: 'jobs' },
    });
  });

  it('refuses a policy that does not exist', async () => {
    await target.api.post(target.core('configmaps'), configMap('policy'));
    const { status, body } = await target.api.delete(at('policy'), {
      propagationPolicy: 'Foo',
    });
    expect([status, body.message]).toEqual([
      422,
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"',
    ]);
  });

  it('is only tried by a dry run', async () => {
    await target.api.post(target.core('configmaps'), configMap('tried'));
    const { status } = await target.api.delete(`${at('tried')}?dryRun=All`);
    expect(status).toBe(200);
    expect((await target.api.get(at('tried'))).status).toBe(200);
  });

  it('of a namespace takes everything in it along', async () => {
    const { body } = await target.api.post('/api/v1/namespaces', {
      metadata: { generateName: 'contract-gone-' },
    });
    const { name } = body.metadata;
    expect(body).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    const path = `/api/v1/namespaces/${name}`;
    const watch = await target.api.stream(
      `/api/v1/namespaces?watch=true&resourceVersion=${body.metadata.resourceVersion}&fieldSelector=metadata.name%3D${name}`,
    );
    await target.api.post(`${path}/configmaps`, {
      metadata: { name: 'held', finalizers: ['akko.io/test'] },
    });
    const deleted = await target.api.delete(path);
    expect(deleted.body.status.phase).toBe('Terminating');
    const refused = await target.api.post(
      `${path}/configmaps`,
      configMap('late'),
    );
    expect([refused.status, refused.body.message]).toEqual([
      403,
      `configmaps "late" is forbidden: unable to create new content in namespace ${name} because it is being terminated`,
    ]);
    const configMaps = await target.api.stream(
      `${path}/configmaps?watch=true&fieldSelector=metadata.name%3Dheld`,
    );
    await configMaps.event(({ object }) => object.metadata.deletionTimestamp);
    configMaps.close();
    await target.api.patch(`${path}/configmaps/held`, 'merge-patch', {
      metadata: { finalizers: null },
    });
    await watch.event(({ type }) => type === 'DELETED');
    watch.close();
    const list = await target.api.get(
      `/api/v1/namespaces?fieldSelector=metadata.name%3D${name}`,
    );
    expect(namesOf(list.body)).toEqual([]);
  });
});
