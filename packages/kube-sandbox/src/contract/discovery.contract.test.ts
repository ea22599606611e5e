import { resourceDefinitions } from '../store/resources';
import { describeContract } from './support/describeContract';

describeContract('discovery', target => {
  it('names the groups', async () => {
    const core = await target.api.get('/api');
    expect(core.body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    const { body } = await target.api.get('/apis');
    expect(body).toMatchObject({ kind: 'APIGroupList', apiVersion: 'v1' });
    const entry = { groupVersion: 'batch/v1', version: 'v1' };
    expect(body.groups).toContainEqual({
      name: 'batch',
      versions: [entry],
      preferredVersion: entry,
    });
    const group = await target.api.get('/apis/batch');
    expect(group.body).toMatchObject({ kind: 'APIGroup', name: 'batch' });
  });

  it.each(
    resourceDefinitions.map(definition => [definition.resource, definition]),
  )('lists %s as it is', async (_, definition) => {
    const path = definition.group ? `/apis/${definition.group}/v1` : '/api/v1';
    const { body } = await target.api.get(path);
    expect(body.kind).toBe('APIResourceList');
    const { storageVersionHash: __, ...found } = body.resources.find(
      (each: any) => each.name === definition.resource,
    );
    expect(found).toEqual({
      name: definition.resource,
      singularName: definition.singular,
      namespaced: definition.namespaced,
      kind: definition.kind,
      verbs: definition.verbs,
      ...(definition.shortNames ? { shortNames: definition.shortNames } : {}),
      ...(definition.categories ? { categories: definition.categories } : {}),
    });
  });

  it('says it all at once to those who ask for the aggregate', async () => {
    const accept =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const answer = await target.api.get('/apis', { accept });
    expect(answer.headers['content-type']).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    );
    const batch = answer.body.items.find(
      (item: any) => item.metadata.name === 'batch',
    );
    expect(
      batch.versions[0].resources.find((each: any) => each.resource === 'jobs'),
    ).toEqual({
      resource: 'jobs',
      responseKind: { group: '', version: '', kind: 'Job' },
      scope: 'Namespaced',
      singularResource: 'job',
      verbs: [
        'create',
        'delete',
        'deletecollection',
        'get',
        'list',
        'patch',
        'update',
        'watch',
      ],
      categories: ['all'],
      subresources: [
        {
          subresource: 'status',
          responseKind: { group: '', version: '', kind: 'Job' },
          verbs: ['get', 'patch', 'update'],
        },
      ],
    });
    const core = await target.api.get('/api', { accept });
    expect(core.body.items[0].metadata).toEqual({});
    expect(
      core.body.items[0].versions[0].resources.some(
        (each: any) => each.resource === 'pods',
      ),
    ).toBe(true);
  });

  it('says its version and its health to everybody', async () => {
    const version = await target.api.get('/version', { authorization: '' });
    expect(version.body).toMatchObject({ major: '1', minor: '35' });
    expect(version.body.gitVersion).toMatch(/^v1\.35\./);
    for (const path of ['/healthz', '/livez', '/readyz']) {
      const health = await target.api.get(path, { authorization: '' });
      expect([health.status, health.text]).toEqual([200, 'ok']);
    }
  });

  it('answers what oneself may do', async () => {
    const { status, body } = await target.api.post(
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      {
        spec: {
          resourceAttributes: {
            namespace: target.namespace,
            verb: 'delete',
            group: 'batch',
            resource: 'jobs',
          },
        },
      },
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb: 'delete', resource: 'jobs' } },
      status: { allowed: true },
    });
    const rules = await target.api.post(
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      { spec: { namespace: target.namespace } },
    );
    expect(rules.status).toBe(201);
    expect(rules.body.status.resourceRules).toContainEqual({
      verbs: ['*'],
      apiGroups: ['*'],
      resources: ['*'],
    });
    expect(rules.body.status.incomplete).toBe(false);
  });
});
