import { describeWithHelm } from '../__testUtils__/helm';
import {
  everyPart,
  portalExamples,
  remoteCluster,
  renderPortal,
} from '../__testUtils__/portalChart';

const render = (values: object) => renderPortal({ values });

describeWithHelm('the schema of the values of the portal', () => {
  it.each<[string, object]>([
    ['the defaults', {}],
    ['every part', everyPart],
    ['keys of other charts', { global: { domain: 'akko.example.com' } }],
    ['any app-config', { config: { techdocs: { builder: 'external' } } }],
    ['a portal of remote clusters only', { inCluster: { enabled: false } }],
  ])('takes %s', (_title, values) => {
    expect(() => render(values)).not.toThrow();
  });

  it.each(portalExamples)('takes the example $name', ({ file }) => {
    expect(() => renderPortal({ files: [file] })).not.toThrow();
  });

  it.each<[string, object, string]>([
    [
      'a section that does not exist',
      { postgres: {} },
      "additional properties 'postgres' not allowed",
    ],
    [
      'a key that does not exist',
      { rbac: { clusterwide: true } },
      "at '/rbac': additional properties 'clusterwide' not allowed",
    ],
    [
      'a password in the place of a Secret',
      { postgresql: { password: 'plain' } },
      "at '/postgresql': additional properties 'password' not allowed",
    ],
    [
      'a token in the place of a Secret',
      { remoteClusters: [{ ...remoteCluster, token: 'plain' }] },
      "at '/remoteClusters/0': additional properties 'token' not allowed",
    ],
    [
      'an API token without a Secret',
      { apiTokens: [{ subject: 'ci' }] },
      "at '/apiTokens/0': missing property 'secret'",
    ],
    [
      'no replica at all',
      { replicas: 0 },
      "at '/replicas': minimum: got 0, want 1",
    ],
    [
      'an address with a path',
      { baseUrl: 'https://example.com/portal' },
      "at '/baseUrl': 'https://example.com/portal' does not match pattern",
    ],
    [
      'an API server without encryption',
      { remoteClusters: [{ ...remoteCluster, url: 'http://10.0.0.10:8080' }] },
      "at '/remoteClusters/0/url': 'http://10.0.0.10:8080' does not match pattern",
    ],
    [
      'a mode that does not exist',
      { rbac: { mode: 'admin' } },
      "at '/rbac/mode': value must be one of 'operate', 'watch'",
    ],
    [
      'a namespace with capital letters',
      { rbac: { namespaces: ['Akko'] } },
      "at '/rbac/namespaces/0': 'Akko' does not match pattern",
    ],
    [
      'a digest that is none',
      { image: { digest: 'sha256:abc' } },
      "at '/image/digest': 'sha256:abc' does not match pattern",
    ],
  ])('refuses %s and names the field', (_title, values, message) => {
    expect(() => render(values)).toThrow(message);
  });

  it.each<[string, object, string]>([
    [
      'the tag latest',
      { image: { tag: 'latest' } },
      "image.tag is latest, and what that is changes without anybody's doing. Name a version, or give image.digest.",
    ],
    [
      'rights in no namespace',
      { rbac: { namespaces: [] } },
      'rbac.namespaces is empty, so the account may do nothing. Name the namespaces of the AKKO releases, or set rbac.clusterWide=true.',
    ],
    [
      'rights of somebody else in no namespace',
      { rbac: { create: false, namespaces: [] } },
      'rbac.namespaces is empty, so nothing of this cluster would be watched.',
    ],
    [
      'an account that nobody makes',
      { serviceAccount: { create: false } },
      'serviceAccount.name is empty. Name the account that is there.',
    ],
    [
      'a budget that keeps nodes from being drained',
      { podDisruptionBudget: { minAvailable: 2 } },
      'podDisruptionBudget.minAvailable is 2 of 2 replicas, so no node with a portal could be drained.',
    ],
    [
      'no time to end',
      { shutdown: { delaySeconds: 45 } },
      'shutdown.gracePeriodSeconds is 45, and with shutdown.delaySeconds of 45 leaves no time to end.',
    ],
    [
      'two certificate authorities of the database',
      { postgresql: { ca: { secret: 'a', configMap: 'b' } } },
      'postgresql.ca has both secret and configMap. Keep one of them.',
    ],
    [
      'two certificate authorities of a cluster',
      {
        remoteClusters: [
          {
            ...remoteCluster,
            caData: 'PEM',
            tokenSecret: { ...remoteCluster.tokenSecret, caKey: 'ca.crt' },
          },
        ],
      },
      'prod-us has both caData and tokenSecret.caKey. Keep one of them.',
    ],
    [
      'two clusters of one name',
      { inCluster: { name: 'prod-us' }, remoteClusters: [remoteCluster] },
      'Two of the clusters have the name prod-us. Give each one of its own.',
    ],
    [
      'two tokens of one subject',
      { apiTokens: [everyPart.apiTokens[0], everyPart.apiTokens[0]] },
      'Two of the apiTokens have the subject ci.',
    ],
  ])('refuses %s and says what to do', (_title, values, message) => {
    expect(() => render(values)).toThrow(message);
  });

  it('asks for nothing of the portal where only the account is installed', () => {
    expect(() =>
      render({ portal: { enabled: false }, image: { tag: 'latest' } }),
    ).not.toThrow();
  });
});
