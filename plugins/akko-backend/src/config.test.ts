import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readAkkoConfig } from './config';

const read = (akko: JsonObject, rest: JsonObject = {}) =>
  readAkkoConfig(new ConfigReader({ akko, ...rest }));

const errorOf = (akko: JsonObject, rest?: JsonObject) => {
  try {
    read(akko, rest);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

const cluster = (fields: JsonObject = {}) => ({
  name: 'prod-eu',
  url: 'https://10.0.0.10:6443',
  token: 's3cr3t-token',
  ...fields,
});

const kubernetes = (fields: JsonObject = {}) => ({
  kubernetes: {
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name: 'shared',
            url: 'https://10.0.0.20:6443',
            authProvider: 'serviceAccount',
            serviceAccountToken: 's3cr3t-token',
            caData: 'Y2E=',
            ...fields,
          },
        ],
      },
    ],
  },
});

describe('readAkkoConfig', () => {
  it('has no clusters and the default retention where nothing is configured', () => {
    expect(readAkkoConfig(new ConfigReader({}))).toEqual({
      backups: { overrides: [] },
      clusters: [],
      instances: [],
      notifications: { receivers: [] },
      ownership: { trustedLocations: ['akko:', 'file:'] },
      rateLimits: { reads: 3000, changes: 120 },
      retention: { days: 180, logBytes: 1048576 },
    });
  });

  it('reads every way to reach a cluster', () => {
    const { clusters } = read(
      {
        clusters: [
          {
            name: 'a',
            title: 'Cluster A',
            kubeconfig: { file: '/etc/kubeconfig', context: 'admin@a' },
            namespaces: ['akko', 'akko-dev'],
            labelSelector: 'app.kubernetes.io/part-of=akko',
          },
          { name: 'b', inCluster: true },
          cluster({ name: 'c', caFile: '/etc/ca.pem', sandbox: 'true' }),
          { name: 'shared', fromKubernetesPlugin: true },
        ],
      },
      kubernetes(),
    );
    expect(clusters).toEqual([
      {
        name: 'a',
        title: 'Cluster A',
        access: {
          type: 'kubeconfig',
          file: '/etc/kubeconfig',
          context: 'admin@a',
        },
        namespaces: ['akko', 'akko-dev'],
        labelSelector: 'app.kubernetes.io/part-of=akko',
      },
      { name: 'b', title: 'b', access: { type: 'inCluster' } },
      {
        name: 'c',
        title: 'c',
        access: {
          type: 'url',
          url: 'https://10.0.0.10:6443',
          token: 's3cr3t-token',
          caFile: '/etc/ca.pem',
        },
        sandbox: true,
      },
      {
        name: 'shared',
        title: 'shared',
        access: {
          type: 'url',
          url: 'https://10.0.0.20:6443',
          caData: 'Y2E=',
          token: 's3cr3t-token',
        },
      },
    ]);
  });

  it('reads declared instances and retention, also as text from environment variables', () => {
    const config = read({
      clusters: [cluster()],
      instances: [
        { cluster: 'prod-eu', namespace: 'akko', release: 'akko', title: 'EU' },
      ],
      retention: { days: '30', logBytes: 65536 },
    });
    expect(config.instances).toEqual([
      { cluster: 'prod-eu', namespace: 'akko', release: 'akko', title: 'EU' },
    ]);
    expect(config.retention).toEqual({ days: 30, logBytes: 65536 });
  });

  it.each<[string, JsonObject[], string]>([
    [
      'an address that is no URL',
      [cluster(), cluster({ name: 'b', url: 'api.example' })],
      'akko.clusters[1].url: is not a URL. Give the address',
    ],
    [
      'plain http outside loopback',
      [cluster({ url: 'http://10.0.0.1' })],
      'akko.clusters[0].url: must start with https://',
    ],
    [
      'credentials in the address',
      [cluster({ url: 'https://ana:s3cr3t-token@10.0.0.1' })],
      'akko.clusters[0].url: must not hold credentials',
    ],
    [
      'no way to reach it',
      [{ name: 'a' }],
      'akko.clusters[0]: has no way to reach it. Give exactly one of kubeconfig, inCluster, url, fromKubernetesPlugin.',
    ],
    [
      'two ways to reach it',
      [cluster({ inCluster: true })],
      'akko.clusters[0]: has inCluster and url. Give exactly one',
    ],
    [
      'a name that does not fit in an address',
      [cluster({ name: 'prod/eu' })],
      'akko.clusters[0].name: must be lower case letters',
    ],
    [
      'a missing name',
      [{ inCluster: true }],
      'akko.clusters[0].name: is missing.',
    ],
    [
      'a misspelt key',
      [cluster({ nmespaces: ['akko'] })],
      'akko.clusters[0]: has unknown keys: nmespaces.',
    ],
    [
      'the attempt to skip verification',
      [cluster({ skipTLSVerify: true })],
      'akko.clusters[0]: has unknown keys: skipTLSVerify.',
    ],
    [
      'a token without an address',
      [{ name: 'a', inCluster: true, token: 's3cr3t-token' }],
      'akko.clusters[0].token: goes with url only.',
    ],
    [
      'a token twice',
      [cluster({ tokenFile: '/token' })],
      'akko.clusters[0].tokenFile: is given beside token.',
    ],
    [
      'an empty token',
      [cluster({ token: ' ' })],
      'akko.clusters[0].token: is empty. Is the environment variable set?',
    ],
    [
      'a kubeconfig without a file',
      [{ name: 'a', kubeconfig: {} }],
      'akko.clusters[0].kubeconfig.file: is missing.',
    ],
    [
      'a kubeconfig that is a path',
      [{ name: 'a', kubeconfig: '/etc/kubeconfig' }],
      'akko.clusters[0].kubeconfig: must be a section with keys.',
    ],
    [
      'an empty list of namespaces',
      [cluster({ namespaces: [] })],
      'akko.clusters[0].namespaces: is empty.',
    ],
    [
      'a namespace twice',
      [cluster({ namespaces: ['akko', 'akko'] })],
      'akko.clusters[0].namespaces: names a namespace twice.',
    ],
    [
      'the same name twice',
      [cluster(), cluster({ name: 'b' }), cluster()],
      "akko.clusters[2].name: 'prod-eu' is already the name of akko.clusters[0].",
    ],
  ])('refuses a cluster with %s', (_, clusters, message) => {
    const error = errorOf({ clusters });
    expect(error).toContain(message);
    expect(error).not.toContain('s3cr3t-token');
  });

  it.each<[string, JsonObject, string]>([
    [
      'a receiver that is nobody',
      { notifications: { receivers: ['group:default/data', 'platform'] } },
      'akko.notifications.receivers[1]: is no ref of a user or group. Write it as group:default/platform.',
    ],
    [
      'a misspelt key beside the receivers',
      { notifications: { reciever: ['group:default/data'] } },
      'akko.notifications: has unknown keys: reciever',
    ],
    [
      'clusters that are no list',
      { clusters: { name: 'a' } },
      'akko.clusters: must be a list.',
    ],
    [
      'an instance of an unknown cluster',
      {
        clusters: [cluster()],
        instances: [{ cluster: 'b', namespace: 'n', release: 'r' }],
      },
      "akko.instances[0].cluster: there is no cluster 'b' in akko.clusters (there: prod-eu).",
    ],
    [
      'an instance in a namespace that is not watched',
      {
        clusters: [cluster({ namespaces: ['akko'] })],
        instances: [{ cluster: 'prod-eu', namespace: 'n', release: 'r' }],
      },
      "akko.instances[0].namespace: 'n' is not watched.",
    ],
    [
      'an instance twice',
      {
        clusters: [cluster()],
        instances: [
          { cluster: 'prod-eu', namespace: 'n', release: 'r' },
          { cluster: 'prod-eu', namespace: 'n', release: 'r', title: 'x' },
        ],
      },
      'akko.instances[1]: is the same instance as akko.instances[0].',
    ],
    [
      'no retention',
      { retention: { days: 0 } },
      'akko.retention.days: must be at least 1 days.',
    ],
    [
      'a retention that is no number',
      { retention: { days: 'long' } },
      'akko.retention.days: must be a number of days.',
    ],
    [
      'a target that is no length of time',
      { backups: { recoveryPoint: 'soon' } },
      'akko.backups.recoveryPoint: must be a length of time of a second or more. Write it as { hours: 26 }.',
    ],
    [
      'a level that is none',
      { backups: { verifiedLevel: 'some' } },
      'akko.backups.verifiedLevel: must be checksum, readable or restored.',
    ],
    [
      'a schedule of drills that Kubernetes could not read',
      { backups: { drill: { cron: '0 6 * * 8' } } },
      'akko.backups.drill: ',
    ],
    [
      'expectations of a cluster that is not there',
      { clusters: [cluster()], backups: { overrides: [{ cluster: 'prod' }] } },
      "akko.backups.overrides[0].cluster: there is no cluster 'prod' in akko.clusters (there: prod-eu).",
    ],
    [
      'a misspelt expectation',
      { backups: { overrides: [{ recoverypoint: { hours: 1 } }] } },
      'akko.backups.overrides[0]: has unknown keys: recoverypoint.',
    ],
    [
      'a limit of no calls',
      { rateLimits: { reads: 0 } },
      'akko.rateLimits.reads: ',
    ],
    [
      'a trusted location without its type',
      { ownership: { trustedLocations: ['git.example.com'] } },
      "akko.ownership.trustedLocations[0]: must begin with the location's type",
    ],
    [
      'a log cap that is too small',
      { retention: { logBytes: 10 } },
      'akko.retention.logBytes: must be at least 4096 bytes.',
    ],
  ])('refuses %s', (_, akko, message) => {
    expect(errorOf(akko)).toContain(message);
  });

  it('names all problems at once', () => {
    const error = errorOf({
      clusters: [{ name: 'a' }, cluster({ url: 'x' })],
      retention: { days: -1 },
    });
    expect(error).toContain('akko.clusters[0]:');
    expect(error).toContain('akko.clusters[1].url:');
    expect(error).toContain('akko.retention.days:');
  });

  it.each<[string, JsonObject, string]>([
    ['another name', { name: 'other' }, '(there: other)'],
    [
      'credentials of users only',
      { authProvider: 'oidc' },
      "has authProvider 'oidc'",
    ],
    [
      'no token',
      { serviceAccountToken: null as any },
      'no serviceAccountToken',
    ],
    ['no verification', { skipTLSVerify: true }, 'has skipTLSVerify'],
    ['no usable address', { url: 'http://10.0.0.1' }, 'must start with https'],
  ])(
    'says why a cluster of the Kubernetes plugin cannot be used: %s',
    (_, fields, message) => {
      const error = errorOf(
        { clusters: [{ name: 'shared', fromKubernetesPlugin: true }] },
        kubernetes(fields),
      );
      expect(error).toContain('akko.clusters[0].fromKubernetesPlugin: ');
      expect(error).toContain(message);
      expect(error).not.toContain('s3cr3t-token');
    },
  );
});
