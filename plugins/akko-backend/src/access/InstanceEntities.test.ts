import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ManualClock } from '../clusters/__testUtils__/ManualClock';
import { InstanceEntities } from './InstanceEntities';

const AKKO = { cluster: 'prod', namespace: 'akko', release: 'akko' };

function entity(
  name: string,
  {
    instance = 'prod/akko/akko',
    origin = 'akko:https://portal.example.com',
    owners = ['group:default/platform'],
  }: { instance?: string; origin?: string; owners?: string[] } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      annotations: {
        'akko.io/instance': instance,
        'backstage.io/managed-by-origin-location': origin,
      },
    },
    relations: [
      ...owners.map(targetRef => ({ type: 'ownedBy', targetRef })),
      { type: 'partOf', targetRef: 'system:default/akko' },
    ],
  };
}

describe('InstanceEntities', () => {
  const logger = mockServices.logger.mock();
  const read = async (
    entities: Entity[],
    trustedLocations = ['akko:', 'file:'],
  ) => {
    const known = new InstanceEntities({
      catalog: catalogServiceMock({ entities }),
      auth: mockServices.auth(),
      clock: new ManualClock(),
      logger,
      trustedLocations,
    });
    await known.read();
    return known;
  };

  it('know the entity of an instance and whom it belongs to', async () => {
    const known = await read([
      entity('akko', {
        owners: ['group:default/platform', 'user:default/ana'],
      }),
      entity('other', { instance: 'prod/other/akko' }),
    ]);
    expect(known.entityOf(AKKO)).toBe('resource:default/akko');
    expect(known.ownersOf(AKKO)).toEqual([
      'group:default/platform',
      'user:default/ana',
    ]);
    expect(known.ownersOf({ ...AKKO, cluster: 'mars' })).toEqual([]);
  });

  it('take the owners of all entities of an instance, and the first by name', async () => {
    const known = await read([
      entity('b', { owners: ['group:default/b'] }),
      entity('a', { owners: ['group:default/a', 'group:default/b'] }),
    ]);
    expect(known.entityOf(AKKO)).toBe('resource:default/a');
    expect([...known.ownersOf(AKKO)].sort()).toEqual([
      'group:default/a',
      'group:default/b',
    ]);
  });

  it.each([
    ['url:https://git.example.com/anyone/repo/catalog-info.yaml', false],
    ['url:https://git.example.com/platform/catalog.yaml', true],
    ['file:/etc/catalog.yaml', true],
    ['akko:https://portal.example.com', true],
  ])('believe an entity of %s: %s', async (origin, isTrusted) => {
    const known = await read(
      [entity('mine', { origin, owners: ['user:default/mallory'] })],
      ['akko:', 'file:', 'url:https://git.example.com/platform/'],
    );
    expect(known.ownersOf(AKKO)).toEqual(
      isTrusted ? ['user:default/mallory'] : [],
    );
  });

  it('keep what they know while the catalog does not answer, and ask again', async () => {
    const clock = new ManualClock();
    const catalog = catalogServiceMock.mock();
    catalog.getEntities.mockResolvedValueOnce({ items: [entity('akko')] });
    catalog.getEntities.mockRejectedValueOnce(new Error('down'));
    catalog.getEntities.mockResolvedValueOnce({ items: [] });
    const known = new InstanceEntities({
      catalog,
      auth: mockServices.auth(),
      clock,
      logger,
      trustedLocations: ['akko:'],
    });
    const settle = () => new Promise(resolve => setImmediate(resolve));
    known.start();
    await settle();
    expect(known.ownersOf(AKKO)).toEqual(['group:default/platform']);
    clock.advance(10_000);
    await settle();
    expect(known.ownersOf(AKKO)).toEqual(['group:default/platform']);
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('down'));
    clock.advance(10_000);
    await settle();
    expect(known.ownersOf(AKKO)).toEqual([]);
    await known.stop();
    clock.advance(10_000);
    expect(catalog.getEntities).toHaveBeenCalledTimes(3);
  });
});
