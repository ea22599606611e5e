import { describeContract } from './support/describeContract';
import { configMap, shellJob } from './support/objects';

describeContract('errors', target => {
  it('say what is not found', async () => {
    const { status, body } = await target.api.get(target.batch('jobs/nope'));
    expect(status).toBe(404);
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'jobs.batch "nope" not found',
      reason: 'NotFound',
      details: { name: 'nope', group: 'batch', kind: 'jobs' },
      code: 404,
    });
  });

  it.each([
    '/api/v1/namespaces/default/foos',
    '/api/v1/namespaces/default/namespaces',
    '/api/v1/namespaces/default/configmaps/a/b/c',
    '/api/v2/pods',
    '/apis/batch/v1/jobs/a',
    '/apis/batch/v1/namespaces/default/jobs/a/foo',
    '/apis/batch/v2/jobs',
  ])('say that nothing is served at %s', async path => {
    const { status, body } = await target.api.get(path);
    expect(status).toBe(404);
    expect(body).toMatchObject({
      message: 'the server could not find the requested resource',
      reason: 'NotFound',
      details: {},
    });
  });

  it('say that a path does not exist', async () => {
    const { status, text } = await target.api.get('/nothere');
    expect(status).toBe(404);
    expect(text).toBe('404 page not found\n');
  });

  it.each([
    ['POST', '/api/v1/namespaces/default/configmaps/a'],
    ['POST', '/api/v1/namespaces/default/pods/a/log'],
    ['PUT', '/apis/batch/v1/jobs'],
    ['PUT', '/apis/batch/v1/namespaces/default/jobs'],
    ['PATCH', '/apis/batch/v1/namespaces/default/jobs'],
    ['DELETE', '/apis/batch/v1/jobs'],
    ['DELETE', '/apis/batch/v1/namespaces/default/jobs/a/status'],
    ['DELETE', '/api/v1'],
    ['OPTIONS', '/apis/batch/v1/jobs'],
  ])('say that %s %s is not possible', async (method, path) => {
    const { status, body } = await target.api.call(method, path);
    expect(status).toBe(405);
    expect(body).toMatchObject({
      reason: 'MethodNotAllowed',
      message:
        'the server does not allow this method on the requested resource',
    });
  });

  it('say who may not do what', async () => {
    const { status, body } = await target.api.get(target.core('pods'), {
      authorization: '',
    });
    expect(status).toBe(403);
    expect(body.message).toBe(
      `pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "${target.namespace}"`,
    );
    expect(body.details).toEqual({ kind: 'pods' });
  });

  it('say that a token is not known', async () => {
    const { status, body } = await target.api.get(target.core('pods'), {
      authorization: 'Bearer wrong',
    });
    expect(status).toBe(401);
    expect(body).toMatchObject({
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
  });

  it('say that no representation fits', async () => {
    const { status, body } = await target.api.get(target.core('pods'), {
      accept: 'text/html',
    });
    expect(status).toBe(406);
    expect(body.reason).toBe('NotAcceptable');
  });

  it('say that an object exists already', async () => {
    await target.api.post(target.core('configmaps'), configMap('twice'));
    const { status, body } = await target.api.post(
      target.core('configmaps'),
      configMap('twice'),
    );
    expect(status).toBe(409);
    expect(body).toMatchObject({
      reason: 'AlreadyExists',
      message: 'configmaps "twice" already exists',
    });
  });

  it('say that a namespace is missing', async () => {
    const { status, body } = await target.api.post(
      '/api/v1/namespaces/no-such-namespace/configmaps',
      configMap('a'),
    );
    expect(status).toBe(404);
    expect(body.message).toBe('namespaces "no-such-namespace" not found');
  });

  it('say that a dry run of that kind does not exist', async () => {
    const { status, body } = await target.api.post(
      target.core('configmaps?dryRun=Foo'),
      configMap('a'),
    );
    expect([status, body.message]).toEqual([
      422,
      'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Foo"]: supported values: "All"',
    ]);
  });

  it('keep the template of a Job as it is', async () => {
    await target.api.post(
      target.batch('jobs'),
      shellJob('fixed', 'true', { spec: { suspend: false } }),
    );
    const { status, body } = await target.api.patch(
      target.batch('jobs/fixed'),
      'strategic-merge-patch',
      {
        spec: {
          template: {
            spec: { containers: [{ name: 'main', image: 'debian:other' }] },
          },
        },
      },
    );
    expect(status).toBe(422);
    expect(body.message).toMatch(
      /^Job\.batch "fixed" is invalid: spec\.template: Invalid value: .*: field is immutable$/,
    );
    const completions = await target.api.patch(
      target.batch('jobs/fixed'),
      'merge-patch',
      { spec: { completions: 3 } },
    );
    expect(completions.body.message).toBe(
      'Job.batch "fixed" is invalid: spec.completions: Invalid value: 3: field is immutable',
    );
  });
});
