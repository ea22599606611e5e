import {
  apiEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  type Entity,
} from '@backstage/catalog-model';
import { aConfig } from '../__testUtils__/fixtures';
import { apiEntity } from './apiEntity';
import { instanceEntity } from './instanceEntity';
import { isOfProvider } from './location';

const LAB = { cluster: 'prod-eu', namespace: 'akko-lab', release: 'lab' };
const FACTS = { ref: LAB, clusterTitle: 'Production Europe' };

/** What the catalog asks of each entity before it looks at its kind. */
const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

async function expectValid(entity: Entity) {
  await expect(policy.enforce(entity)).resolves.toBe(entity);
  const isKnown = await Promise.all([
    resourceEntityV1alpha1Validator.check(entity),
    apiEntityV1alpha1Validator.check(entity),
  ]);
  expect(isKnown).toContain(true);
}

describe('the entity of an instance', () => {
  it('says what it is, where it is, whose it is and where the portal shows it', async () => {
    const entity = instanceEntity(
      {
        ...FACTS,
        labels: { 'akko.io/owner': 'analytics', environment: 'lab' },
      },
      aConfig({
        system: 'system:default/akko',
        portalUrl: 'https://portal.example.com',
      }),
    );
    expect(entity).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: 'akko_prod-eu_akko-lab_lab',
        namespace: 'default',
        title: 'lab · akko-lab · Production Europe',
        description:
          'AKKO of release lab in namespace akko-lab of cluster Production Europe',
        annotations: {
          'akko.io/instance': 'prod-eu/akko-lab/lab',
          'backstage.io/managed-by-location': 'akko:prod-eu/akko-lab/lab',
          'backstage.io/managed-by-origin-location':
            'akko:prod-eu/akko-lab/lab',
        },
        labels: { 'akko.io/owner': 'analytics', environment: 'lab' },
        tags: ['akko'],
        links: [
          {
            url: 'https://portal.example.com/akko/prod-eu/akko-lab/lab',
            title: 'Bootstrap and backups',
            icon: 'dashboard',
            type: 'dashboard',
          },
        ],
      },
      spec: {
        type: 'akko-instance',
        owner: 'group:default/analytics',
        system: 'system:default/akko',
      },
    });
    await expectValid(entity);
    expect(isOfProvider(entity)).toBe(true);
  });

  it('leaves out what is not known', async () => {
    const entity = instanceEntity(FACTS, aConfig());
    expect(Object.keys(entity.metadata)).not.toEqual(
      expect.arrayContaining(['labels']),
    );
    expect(entity.metadata.links).toBeUndefined();
    expect(entity.spec).toEqual({
      type: 'akko-instance',
      owner: 'group:default/unknown',
    });
    await expectValid(entity);
  });

  it.each([
    ['that its rule gives', 'Declared', 'Of the rule', 'Of the rule'],
    ['that akko.instances gives', 'Declared', undefined, 'Declared'],
    [
      'of its names',
      undefined,
      undefined,
      'lab · akko-lab · Production Europe',
    ],
  ])('has the title %s', (_, title, ofRule, expected) => {
    const config = aConfig({ instances: ofRule ? [{ title: ofRule }] : [] });
    expect(instanceEntity({ ...FACTS, title }, config).metadata.title).toBe(
      expected,
    );
  });

  it('does not say the same name twice', () => {
    const ref = { ...LAB, namespace: 'lab' };
    expect(instanceEntity({ ...FACTS, ref }, aConfig()).metadata.title).toBe(
      'lab · Production Europe',
    );
  });

  it('leaves out labels that the catalog would refuse', async () => {
    const entity = instanceEntity(
      {
        ...FACTS,
        labels: { 'a/b/c': 'x', good: 'yes', long: 'x'.repeat(64), ü: 'x' },
      },
      aConfig(),
    );
    expect(entity.metadata.labels).toEqual({ good: 'yes' });
    await expectValid(entity);
  });

  it('is found by the Kubernetes plugin where that is wanted', async () => {
    const entity = instanceEntity(
      FACTS,
      aConfig({ kubernetesAnnotations: true }),
    );
    expect(entity.metadata.annotations).toMatchObject({
      'backstage.io/kubernetes-cluster': 'prod-eu',
      'backstage.io/kubernetes-namespace': 'akko-lab',
      'backstage.io/kubernetes-label-selector':
        'app.kubernetes.io/instance=lab',
    });
    await expectValid(entity);
  });
});

describe('the entity of the API', () => {
  it('has the document, and belongs to whom the configuration says', async () => {
    const entity = apiEntity(
      '{"openapi":"3.1.0"}',
      aConfig({ owner: 'group:default/platform', namespace: 'data' }),
    );
    expect(entity).toMatchObject({
      kind: 'API',
      metadata: { name: 'akko', namespace: 'data' },
      spec: {
        type: 'openapi',
        lifecycle: 'production',
        owner: 'group:default/platform',
        definition: '{"openapi":"3.1.0"}',
      },
    });
    await expectValid(entity);
    expect(isOfProvider(entity)).toBe(true);
  });

  it('is valid where nobody is said to own it', async () => {
    const entity = apiEntity('{}', aConfig());
    expect(entity.spec.owner).toBe('group:default/unknown');
    await expectValid(entity);
  });
});

describe('where an entity comes from', () => {
  it.each([
    ['akko:prod/akko/akko', true],
    ['url:https://example.com/akko:', false],
    ['akkoish:prod/akko/akko', false],
    ['no location', false],
    [undefined, false],
  ])('%s is of the provider: %s', (origin, expected) => {
    const entity = instanceEntity(FACTS, aConfig());
    entity.metadata.annotations = origin
      ? { 'backstage.io/managed-by-origin-location': origin }
      : {};
    expect(isOfProvider(entity)).toBe(expected);
  });
});
