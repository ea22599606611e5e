import { akkoInstanceRules } from './rules';
import type { InstanceResource } from './instanceResource';

const LAB: InstanceResource = {
  ref: 'prod-eu/akko-lab/lab',
  cluster: 'prod-eu',
  namespace: 'akko-lab',
  release: 'lab',
  labels: { environment: 'test', empty: '' },
  owners: ['group:default/analytics'],
};

interface Rule {
  apply(instance: InstanceResource, params: unknown): boolean;
  toQuery(params: unknown): (instance: InstanceResource) => boolean;
}

describe('Rules about an instance', () => {
  it.each<[keyof typeof akkoInstanceRules, object, boolean]>([
    ['isCluster', { clusters: ['prod-us', 'prod-eu'] }, true],
    ['isCluster', { clusters: ['prod'] }, false],
    ['isCluster', { clusters: [] }, false],
    ['isNamespace', { namespaces: ['akko-lab'] }, true],
    ['isNamespace', { namespaces: ['lab'] }, false],
    ['isInstance', { instances: ['prod-eu/akko-lab/lab'] }, true],
    ['isInstance', { instances: ['prod-us/akko-lab/lab'] }, false],
    ['hasLabel', { label: 'environment' }, true],
    ['hasLabel', { label: 'environment', value: 'test' }, true],
    ['hasLabel', { label: 'environment', value: 'production' }, false],
    ['hasLabel', { label: 'empty', value: '' }, true],
    ['hasLabel', { label: 'empty' }, true],
    ['hasLabel', { label: 'constructor' }, false],
    [
      'isOwner',
      { claims: ['user:default/ben', 'group:default/analytics'] },
      true,
    ],
    ['isOwner', { claims: ['Group:default/Analytics'] }, true],
    ['isOwner', { claims: ['group:default/platform'] }, false],
    ['isOwner', { claims: [] }, false],
  ])('%s with %j is %s, alone and in a list', (name, params, expected) => {
    const { apply, toQuery } = akkoInstanceRules[name] as unknown as Rule;
    expect(apply(LAB, params)).toBe(expected);
    expect(toQuery(params)(LAB)).toBe(expected);
  });

  it('refuses parameters of another shape', () => {
    expect(() =>
      (
        akkoInstanceRules.isCluster.paramsSchema as unknown as {
          parse(value: unknown): unknown;
        }
      ).parse({ clusters: 'prod-eu' }),
    ).toThrow();
  });
});
