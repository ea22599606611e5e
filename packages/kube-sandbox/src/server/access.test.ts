import { ApiClient } from '../contract/support/ApiClient';
import { Sandbox } from '../Sandbox';

describe('tokens with rules', () => {
  let sandbox: Sandbox;
  let api: ApiClient;

  beforeAll(async () => {
    sandbox = await Sandbox.start({
      clusters: [
        {
          name: 'guarded',
          namespaces: ['akko'],
          tokens: [
            {
              token: 'reader',
              user: 'system:serviceaccount:akko:reader',
              rules: [
                {
                  verbs: ['get', 'list', 'watch'],
                  resources: ['jobs', 'pods'],
                  namespaces: ['akko'],
                },
              ],
            },
          ],
        },
      ],
    });
    const { url, caCertificate } = sandbox.clusters.get('guarded')!;
    api = new ApiClient({ url, ca: caCertificate!, token: 'reader' });
  });

  afterAll(async () => {
    api.close();
    await sandbox.stop();
  });

  it('allow what they name', async () => {
    const { status } = await api.get('/apis/batch/v1/namespaces/akko/jobs');
    expect(status).toBe(200);
  });

  it.each([
    [
      'GET',
      '/apis/batch/v1/jobs',
      'jobs.batch is forbidden: User "system:serviceaccount:akko:reader" cannot list resource "jobs" in API group "batch" at the cluster scope',
    ],
    [
      'GET',
      '/api/v1/namespaces/default/pods/x',
      'pods "x" is forbidden: User "system:serviceaccount:akko:reader" cannot get resource "pods" in API group "" in the namespace "default"',
    ],
    [
      'DELETE',
      '/apis/batch/v1/namespaces/akko/jobs/x',
      'jobs.batch "x" is forbidden: User "system:serviceaccount:akko:reader" cannot delete resource "jobs" in API group "batch" in the namespace "akko"',
    ],
    [
      'GET',
      '/api/v1/namespaces/akko/pods/x/log',
      'pods "x" is forbidden: User "system:serviceaccount:akko:reader" cannot get resource "pods/log" in API group "" in the namespace "akko"',
    ],
    [
      'GET',
      '/foo',
      'forbidden: User "system:serviceaccount:akko:reader" cannot get path "/foo"',
    ],
  ])('refuse %s %s as RBAC words it', async (method, path, message) => {
    const { status, body } = await api.call(method, path);
    expect([status, body.message]).toEqual([403, message]);
  });

  it('answer access reviews by the same rules', async () => {
    const review = async (verb: string, resource: string, namespace: string) =>
      (
        await api.post(
          '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
          { spec: { resourceAttributes: { verb, resource, namespace } } },
        )
      ).body.status.allowed;
    expect(await review('list', 'jobs', 'akko')).toBe(true);
    expect(await review('delete', 'jobs', 'akko')).toBe(false);
    expect(await review('list', 'jobs', 'default')).toBe(false);
  });

  it('leave the default token everything', async () => {
    const { token } = sandbox.clusters.get('guarded')!;
    expect(token).not.toBe('reader');
    const { status } = await api.get('/apis/batch/v1/jobs', {
      authorization: `Bearer ${token}`,
    });
    expect(status).toBe(200);
  });
});
