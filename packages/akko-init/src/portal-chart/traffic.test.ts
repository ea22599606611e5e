import { describeWithHelm } from '../__testUtils__/helm';
import {
  everyPart,
  remoteCluster,
  renderPortal,
} from '../__testUtils__/portalChart';

const render = (values: object = {}) => renderPortal({ values });

function policyOf(values: object, networkPolicy: object = {}) {
  return render({
    ...values,
    networkPolicy: { enabled: true, ...networkPolicy },
  }).ofKind('NetworkPolicy')[0].spec;
}

const portsOf = (rule: any): number[] =>
  rule.ports.map(({ port }: { port: number }) => port);

describeWithHelm('the ways in and out of the portal', () => {
  it('finds its pods by the same labels everywhere', () => {
    const rendered = render(everyPart);
    const labels = rendered.pod.metadata.labels;
    const selectors = [
      rendered.ofKind('Deployment')[0].spec.selector.matchLabels,
      rendered.ofKind('PodDisruptionBudget')[0].spec.selector.matchLabels,
      rendered.ofKind('NetworkPolicy')[0].spec.podSelector.matchLabels,
      ...rendered.ofKind('Service').map(({ spec }) => spec.selector),
    ];
    expect(selectors).toHaveLength(5);
    for (const selector of selectors) {
      expect(labels).toMatchObject(selector);
    }
  });

  it('has no ingress, no metrics and no NetworkPolicy unless the values say so', () => {
    const rendered = render();
    expect(rendered.kinds).not.toContain('Ingress');
    expect(rendered.kinds).not.toContain('NetworkPolicy');
    expect(rendered.ofKind('Service')).toHaveLength(1);
    expect(rendered.container.ports).toEqual([
      { name: 'http', containerPort: 7007 },
    ]);
    expect(rendered.container.env).toContainEqual({
      name: 'AKKO_METRICS_PORT',
      value: '0',
    });
  });

  it('comes in at the host of its address', () => {
    const ingressOf = (ingress: object) =>
      render({
        baseUrl: 'https://portal.example.com:8443',
        ingress: { enabled: true, ...ingress },
      }).ofKind('Ingress')[0].spec;
    const hosts = ({ rules }: any) => rules.map(({ host }: any) => host);
    expect(hosts(ingressOf({}))).toEqual(['portal.example.com']);
    const tls = [{ secretName: 'tls', hosts: ['one.example.com'] }];
    const spec = ingressOf({
      className: 'nginx',
      hosts: ['one.example.com', 'two.example.com'],
      tls,
    });
    expect(hosts(spec)).toEqual(['one.example.com', 'two.example.com']);
    expect(spec).toMatchObject({ ingressClassName: 'nginx', tls });
    expect(spec.rules[0].http.paths[0].backend.service).toEqual({
      name: 'akko-portal',
      port: { name: 'http' },
    });
  });

  it('serves metrics on a port and a Service of their own, which lists every replica', () => {
    const rendered = render({ metrics: { enabled: true, port: 9100 } });
    expect(rendered.container.ports).toContainEqual({
      name: 'metrics',
      containerPort: 9100,
    });
    expect(rendered.container.env).toEqual(
      expect.arrayContaining([
        { name: 'AKKO_METRICS_HOST', value: '0.0.0.0' },
        { name: 'AKKO_METRICS_PORT', value: '9100' },
      ]),
    );
    expect(rendered.get('Service', 'akko-portal-metrics').spec).toMatchObject({
      clusterIP: 'None',
      ports: [{ name: 'metrics', port: 9100 }],
    });
    expect(rendered.get('Service', 'akko-portal').spec.ports).toHaveLength(1);
  });

  it('lets everybody to the portal and nobody to the metrics, unless the values say who', () => {
    const metrics = { enabled: true };
    expect(policyOf({ metrics }).ingress).toEqual([
      { ports: [{ port: 'http', protocol: 'TCP' }] },
    ]);
    const httpFrom = [{ podSelector: { matchLabels: { app: 'ingress' } } }];
    const metricsFrom = [{ namespaceSelector: {} }];
    expect(policyOf({ metrics }, { httpFrom, metricsFrom }).ingress).toEqual([
      { ports: [{ port: 'http', protocol: 'TCP' }], from: httpFrom },
      { ports: [{ port: 'metrics', protocol: 'TCP' }], from: metricsFrom },
    ]);
  });

  it('goes out to look names up, to the database and to the API servers, and nowhere else', () => {
    const { egress } = policyOf({
      postgresql: { port: 5433 },
      remoteClusters: [
        { ...remoteCluster, url: 'https://10.0.0.10:16443/k8s' },
        { ...remoteCluster, name: 'lab', url: 'https://lab.example.com' },
      ],
    });
    expect(egress).toHaveLength(2);
    expect(portsOf(egress[0])).toEqual([53, 53, 5353, 5353]);
    expect(portsOf(egress[1])).toEqual([5433, 443, 6443, 16443]);
  });

  it('goes out to no API server of its own cluster that it does not watch', () => {
    const { egress } = policyOf({ inCluster: { enabled: false } });
    expect(portsOf(egress[1])).toEqual([5432]);
  });

  it('goes out where the values say besides', () => {
    const rule = { to: [{ podSelector: {} }] };
    const { egress } = policyOf(
      {},
      { extraPorts: [8443], extraEgress: [rule] },
    );
    expect(portsOf(egress[1])).toContain(8443);
    expect(egress[2]).toEqual(rule);
  });

  it('keeps a portal when nodes are drained, where there are several', () => {
    expect(render().ofKind('PodDisruptionBudget')[0].spec.minAvailable).toBe(1);
    expect(render({ replicas: 1 }).kinds).not.toContain('PodDisruptionBudget');
  });

  it('calls objects after the release, once', () => {
    const nameOf = (release: string, values: object = {}) =>
      renderPortal({ release, values }).ofKind('Deployment')[0].metadata.name;
    expect(nameOf('akko-portal')).toBe('akko-portal');
    expect(nameOf('tools')).toBe('tools-akko-portal');
    expect(nameOf('tools', { fullnameOverride: 'portal' })).toBe('portal');
  });
});
