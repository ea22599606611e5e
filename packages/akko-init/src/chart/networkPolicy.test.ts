import { render } from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';

function policy(values: object = {}, networkPolicy: object = {}) {
  return render({
    values: { ...values, networkPolicy: { enabled: true, ...networkPolicy } },
  }).get('NetworkPolicy', 'akko-akko-init').spec;
}

const portsOf = (rule: any): number[] =>
  rule.ports.map(({ port }: { port: number }) => port);

describeWithHelm('the NetworkPolicy', () => {
  it('lets nothing in, and out only to look up names and to the configured services', () => {
    const { podSelector, policyTypes, ingress, egress } = policy();
    expect({ podSelector, policyTypes, ingress }).toEqual({
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/name': 'akko-init',
          'app.kubernetes.io/instance': 'akko',
        },
      },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
    });
    expect(egress[0].ports).toEqual(
      [53, 5353].flatMap(port =>
        ['UDP', 'TCP'].map(protocol => ({ port, protocol })),
      ),
    );
    expect(portsOf(egress[1])).toEqual(
      expect.arrayContaining([5432, 9000, 8181, 8182, 8080, 8088, 11434, 3890]),
    );
    expect(egress).toHaveLength(2);
  });

  it('knows the ports that addresses leave out', () => {
    const { egress } = policy({
      services: {
        keycloak: { url: 'https://identity.example.com' },
        superset: { url: 'http://bi.example.com/' },
      },
      keycloakSync: { directory: { url: 'ldaps://directory.example.com' } },
    });
    expect(portsOf(egress[1])).toEqual(expect.arrayContaining([443, 80, 636]));
  });

  it('reaches AWS, and the storage of backups', () => {
    const source = { name: 'cold', key: 'key' };
    const objectStorage = {
      endpoint: 'http://cold.example.com:9100',
      region: 'eu',
      forcePathStyle: true,
      accessKeySecret: source,
      secretKeySecret: source,
    };
    const { egress } = policy({
      services: { objectStorage: { endpoint: '' } },
      backup: { target: { s3: { objectStorage } } },
    });
    expect(portsOf(egress[1])).toEqual(expect.arrayContaining([443, 9100]));
  });

  it('takes more from the values', () => {
    const rule = { to: [{ podSelector: {} }] };
    const { egress } = policy(
      {},
      { dnsPorts: [54], extraPorts: [9200], extraEgress: [rule] },
    );
    expect(portsOf(egress[0])).toEqual([54, 54]);
    expect(portsOf(egress[1])).toContain(9200);
    expect(egress[2]).toEqual(rule);
  });
});
