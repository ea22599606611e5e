import { expect, test } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { AccountRights, type Attributes } from '../support/AccountRights';
import { createNamespace, kubectl } from '../support/commands';
import { OPERATE, WATCH } from '../support/documentedRights';
import { helms, PortalRelease } from '../support/PortalRelease';

// Anew for each worker, and so after a test that has failed.
const watched = `akko-rights-${randomBytes(3).toString('hex')}`;
const elsewhere = `${watched}-elsewhere`;
const home = `${watched}-account`;

/** What would make more of the account than it is, and what no list of resources tells of. */
const NEVER: Attributes[] = [
  { verb: 'get', resource: 'secrets' },
  { verb: 'list', resource: 'secrets' },
  { verb: 'watch', resource: 'secrets' },
  { verb: 'create', resource: 'pods' },
  { verb: 'delete', resource: 'pods' },
  { verb: 'create', resource: 'pods', subresource: 'exec' },
  { verb: 'get', resource: 'pods', subresource: 'exec' },
  { verb: 'create', resource: 'pods', subresource: 'portforward' },
  { verb: 'get', resource: 'pods', subresource: 'proxy' },
  { verb: 'update', resource: 'configmaps' },
  { verb: 'create', resource: 'configmaps' },
  { verb: 'create', resource: 'serviceaccounts', subresource: 'token' },
  { verb: 'update', group: 'batch', resource: 'jobs' },
  { verb: 'patch', group: 'batch', resource: 'jobs' },
  { verb: 'deletecollection', group: 'batch', resource: 'jobs' },
  { verb: 'create', group: 'batch', resource: 'cronjobs' },
  { verb: 'delete', group: 'batch', resource: 'cronjobs' },
  { verb: 'patch', group: 'apps', resource: 'deployments' },
  { verb: 'create', group: 'apps', resource: 'daemonsets' },
  ...['roles', 'clusterroles'].flatMap(resource =>
    ['create', 'update', 'bind', 'escalate'].map(verb => ({
      verb,
      group: 'rbac.authorization.k8s.io',
      resource,
    })),
  ),
  ...['rolebindings', 'clusterrolebindings'].map(resource => ({
    verb: 'create',
    group: 'rbac.authorization.k8s.io',
    resource,
  })),
  ...['users', 'groups', 'serviceaccounts'].map(resource => ({
    verb: 'impersonate',
    resource,
  })),
  { verb: 'list', resource: 'namespaces' },
  { verb: 'list', resource: 'nodes' },
  { verb: 'get', resource: 'nodes', subresource: 'proxy' },
  { verb: 'list', resource: 'persistentvolumes' },
  { verb: 'get', path: '/metrics' },
  { verb: 'get', path: '/logs/' },
];

/** Whether it was there or not, and without waiting until it is gone. */
const GONE = ['--ignore-not-found', '--wait=false'];

test.beforeAll(async () => {
  for (const namespace of [watched, elsewhere, home]) {
    await createNamespace(namespace);
  }
});
test.afterAll(async () => {
  const names = [watched, elsewhere, home];
  await kubectl(['delete', 'namespace', ...names, ...GONE]);
});

for (const { title, rbac, helm, here, there } of [
  {
    title: 'in a Role',
    rbac: { namespaces: [watched] },
    helm: helms[0],
    here: OPERATE,
    there: [],
  },
  {
    title: 'in a Role, of a portal that watches',
    rbac: { namespaces: [watched], mode: 'watch' },
    helm: helms[1],
    here: WATCH,
    there: [],
  },
  {
    title: 'in a ClusterRole',
    rbac: { clusterWide: true },
    helm: helms[1],
    here: OPERATE,
    there: OPERATE,
  },
  {
    title: 'in a ClusterRole, of a portal that watches',
    rbac: { clusterWide: true, mode: 'watch' },
    helm: helms[0],
    here: WATCH,
    there: WATCH,
  },
]) {
  test.describe(`the rights ${title}`, () => {
    // The account alone, as on a remote cluster; a portal has the very same.
    const release = new PortalRelease(home, helm);
    const rights = new AccountRights(release.account);

    test.beforeAll(() => release.upgrade({ portal: { enabled: false }, rbac }));
    test.afterAll(() => release.uninstall());

    test('are these in a namespace that is watched, of all that the API server has', async () => {
      expect(await rights.everything(watched)).toEqual(here);
    });

    test('are these in another namespace', async () => {
      expect(await rights.everything(elsewhere)).toEqual(there);
    });

    test('are these over all namespaces', async () => {
      expect(await rights.everything()).toEqual(there);
    });

    test('are never these', async () => {
      const questions = [watched, elsewhere, undefined].flatMap(namespace =>
        NEVER.map(attributes => ({ ...attributes, namespace })),
      );
      expect(await rights.allowedOf(questions)).toEqual([]);
    });

    test('are gone with the release', async () => {
      await release.uninstall();
      expect(await rights.everything(watched)).toEqual([]);
    });
  });
}
