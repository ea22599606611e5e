import { expect, test } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { AccountRights } from '../support/AccountRights';
import {
  apply,
  createNamespace,
  forwardPort,
  kubectl,
} from '../support/commands';
import { OPERATE } from '../support/documentedRights';
import { PortalApi } from '../support/PortalApi';
import { PortalDatabase, PortalRelease } from '../support/PortalRelease';
import { RealInstance } from '../support/RealInstance';

test.describe.configure({ mode: 'serial' });

const instance = new RealInstance();
const home = `${instance.namespace}-portal`;
const portal = new PortalRelease(home);
/** Stands for a cluster elsewhere: another account, which is reached by address, certificate authority and token. */
const remoteHome = `${instance.namespace}-remote`;
const remote = new PortalRelease(remoteHome);
const database = new PortalDatabase();
const token = randomBytes(24).toString('hex');
/** The port of this machine that people reach the portal at. */
const port = 20_000 + Math.floor(Math.random() * 10_000);
const [repository, tag] = process.env.AKKO_PORTAL_IMAGE!.split(/:(?=[^/]*$)/);
const values = {
  image: { repository, tag, pullPolicy: 'Never' },
  baseUrl: `http://localhost:${port}`,
  postgresql: {
    host: database.host,
    user: database.name,
    database: database.name,
  },
  rbac: { namespaces: [instance.namespace] },
  remoteClusters: [
    {
      name: 'far',
      title: 'Far away',
      url: 'https://kubernetes.default.svc',
      tokenSecret: { name: 'far', key: 'token', caKey: 'ca.crt' },
      namespaces: [instance.namespace],
    },
  ],
  apiTokens: [{ subject: 'suite', secret: { name: 'tokens', key: 'suite' } }],
  metrics: { enabled: true },
  networkPolicy: { enabled: true, metricsFrom: [{ podSelector: {} }] },
  shutdown: { delaySeconds: 3, gracePeriodSeconds: 20 },
  probes: { periodSeconds: 2 },
  config: {
    auth: {
      providers: {
        guest: {
          dangerouslyAllowOutsideDevelopment: true,
          userEntityRef: 'user:default/guest',
        },
      },
    },
  },
};

let api: PortalApi;

/** Whether it was there or not, and without waiting until it is gone. */
const GONE = ['--ignore-not-found', '--wait=false'];

test.beforeAll(async () => {
  await Promise.all([
    instance.create(),
    database.create(),
    createNamespace(home, { restricted: true }),
    createNamespace(remoteHome),
  ]);
  await remote.upgrade({
    portal: { enabled: false },
    rbac: { namespaces: [instance.namespace] },
  });
  const secret = (name: string, stringData: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: home },
    stringData,
  });
  const account = ['--namespace', remoteHome, 'create', 'token', remote.name];
  const authority = JSON.parse(
    await kubectl([
      ...['get', 'configmap', 'kube-root-ca.crt', '--namespace', home],
      ...['-o', 'json'],
    ]),
  );
  await apply([
    secret('akko-portal-postgresql', { password: database.password }),
    secret('tokens', { suite: token }),
    secret('far', {
      token: await kubectl(account),
      'ca.crt': authority.data['ca.crt'],
    }),
  ]);
});

test.afterAll(async () => {
  await portal.uninstall();
  await remote.uninstall();
  const names = [home, remoteHome, instance.namespace];
  await kubectl(['delete', 'namespace', ...names, ...GONE]);
  await database.drop();
});

test('two replicas come up on a new database, in a namespace that enforces "restricted"', async () => {
  await portal.upgrade(values, { wait: true });
  const pods = await portal.pods();
  expect(pods.map(({ ready }) => ready)).toEqual([true, true]);
  // A machine that does much else may make a start fail; that of the other replica never does.
  expect(pods.flatMap(({ ended }) => ended).join()).not.toMatch(
    /MigrationLocked|already exists/,
  );
  api = await PortalApi.of(portal, token);
});

test('a program with a token sees its own cluster and a remote one, and nobody sees anything without', async () => {
  await expect
    .poll(async () => {
      const { items } = await api.get('/clusters');
      return items.map(({ name, title, reachable }: any) => [
        name,
        title,
        reachable,
      ]);
    })
    .toEqual([
      ['here', 'here', true],
      ['far', 'Far away', true],
    ]);
  expect(await api.statusOf('/api/akko/clusters', '')).toBe(401);
  expect(await api.statusOf('/api/catalog/entities')).toBe(403);
});

for (const cluster of ['here', 'far']) {
  test(`a job is run again with the rights that the account has on the cluster ${cluster}`, async () => {
    const address = `/instances/${cluster}/${instance.namespace}/${instance.release}`;
    await expect.poll(() => api.statusOf(`/api/akko${address}`)).toBe(200);
    const [before] = await instance.jobsOf('minio-init');
    const { id } = await api.post(`${address}/operations`, {
      action: 'rerun',
      jobs: ['minio-init'],
    });
    const operation = await api.get(`/operations/${id}?wait=60`);
    expect(operation).toMatchObject({ state: 'succeeded' });
    const [after] = await instance.jobsOf('minio-init');
    expect(after.metadata?.uid).not.toBe(before.metadata?.uid);
  });
}

test('the account of the portal may do what the documentation says, and nothing in its own namespace', async () => {
  const rights = new AccountRights(portal.account);
  expect(await rights.everything(instance.namespace)).toEqual(OPERATE);
  expect(await rights.everything(home)).toEqual([]);
});

test('every replica tells its metrics, at an address of their own', async () => {
  const { subsets } = JSON.parse(
    await kubectl([
      ...['get', 'endpoints', 'akko-portal-metrics', '--namespace', home],
      ...['-o', 'json'],
    ]),
  );
  const addresses = subsets.flatMap(({ addresses: all }: any) => all);
  expect(addresses).toHaveLength(2);
  for (const { ip } of addresses) {
    const response = await fetch(`http://${ip}:9464/metrics`);
    expect(await response.text()).toMatch(
      /akko_cluster_reachable\{.*cluster="far".*\} 1/,
    );
  }
});

test('people see the fleet in a browser', async ({ page }) => {
  test.skip(
    !test.info().config.metadata.chromium,
    'There is no Chromium or Chrome here.',
  );
  const forward = await forwardPort(home, 'akko-portal', `${port}:80`);
  try {
    await page.goto(`http://localhost:${port}/akko`);
    const far = page.getByRole('row').filter({ hasText: 'Far away' });
    await expect(
      far.getByRole('link', { name: instance.release }).first(),
    ).toBeVisible();
  } finally {
    await forward.close();
  }
});

test('a changed configuration is rolled out, and no request fails meanwhile', async () => {
  const before = await portal.pods();
  const answers = api.askOnAndOn('/clusters');
  await portal.upgrade(
    { ...values, config: { ...values.config, organization: { name: 'New' } } },
    { wait: true },
  );
  const { answered, failures } = await answers.stop();
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThan(50);
  const names = before.map(({ name }) => name);
  for (const { name } of await portal.pods()) {
    expect(names).not.toContain(name);
  }
});

test('the API goes on when a pod dies, and the pod is replaced', async () => {
  const [{ name }] = await portal.pods();
  await kubectl([
    ...['delete', 'pod', name, '--namespace', home],
    ...['--force', '--grace-period=0'],
  ]);
  // The cluster has to notice first.
  await expect.poll(() => api.statusOf('/api/akko/clusters')).toBe(200);
  const answers = api.askOnAndOn('/clusters');
  await expect
    .poll(async () => (await portal.pods()).map(({ ready }) => ready))
    .toEqual([true, true]);
  const { answered, failures } = await answers.stop();
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThan(10);
});
