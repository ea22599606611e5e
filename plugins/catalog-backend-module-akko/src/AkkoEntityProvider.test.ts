import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { FakeAkkoApi } from './__testUtils__/FakeAkkoApi';
import { FakeCatalog } from './__testUtils__/FakeCatalog';
import {
  aCluster,
  aConfig,
  anInstance,
  OUT_OF_SIGHT,
} from './__testUtils__/fixtures';
import { AkkoEntityProvider } from './AkkoEntityProvider';
import type { AkkoProviderConfig } from './config';

const AKKO = 'prod/akko/akko';
const LAB = 'prod/akko-lab/lab';
const TEST = 'test/akko/akko';
const ALL = [
  'api:default/akko',
  'resource:default/akko_prod_akko-lab_lab',
  'resource:default/akko_prod_akko_akko',
  'resource:default/akko_test_akko_akko',
];

/** An entity that somebody wrote for an instance. */
function byHand(instance: string, origin: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'by-hand',
      annotations: {
        'akko.io/instance': instance,
        'backstage.io/managed-by-origin-location': origin,
      },
    },
    spec: { type: 'data-platform', owner: 'platform' },
  };
}

describe('AkkoEntityProvider', () => {
  const logger = mockServices.logger.mock();
  let api: FakeAkkoApi;
  let catalog: FakeCatalog;
  let run: () => Promise<void>;

  /** Another portal, or the same one started again: it knows what the catalog has, and nothing else. */
  const start = async (config: Partial<AkkoProviderConfig> = {}) => {
    const provider = new AkkoEntityProvider({
      config: aConfig(config),
      api: () => api,
      auth: mockServices.auth(),
      catalog: catalog.service,
      logger,
      schedule: async refresh => {
        run = () => refresh(new AbortController().signal);
      },
    });
    await provider.connect(catalog);
  };
  const ownerOf = (instance: string) => catalog.of(instance)?.spec?.owner;

  beforeEach(async () => {
    jest.clearAllMocks();
    api = new FakeAkkoApi(
      [aCluster('prod'), aCluster('test')],
      [anInstance(AKKO), anInstance(LAB), anInstance(TEST)],
    );
    catalog = new FakeCatalog();
    await start();
    await run();
  });

  it('publishes a Resource for each instance, and the API', () => {
    expect(catalog.refs()).toEqual(ALL);
    expect(catalog.mutations[0]).toMatchObject({
      entities: ALL.map(() => ({ locationKey: 'akko' })),
    });
  });

  it('follows what appears, changes and goes', async () => {
    api.all = [
      anInstance(AKKO, { labels: { 'akko.io/owner': 'analytics' } }),
      anInstance(TEST),
      anInstance('test/new/new'),
    ];
    await run();
    expect(catalog.refs()).toEqual([
      'api:default/akko',
      'resource:default/akko_prod_akko_akko',
      'resource:default/akko_test_akko_akko',
      'resource:default/akko_test_new_new',
    ]);
    expect(ownerOf(AKKO)).toBe('group:default/analytics');
    expect(api.asked).toEqual([LAB]);
  });

  it('writes the very same when only health and contact changed', async () => {
    api.fleet = [
      aCluster('prod', {
        ...OUT_OF_SIGHT,
        staleSince: '2026-11-01T10:00:00Z',
        error: { code: 'cluster-unreachable', message: 'time-out' },
      }),
      aCluster('test', { version: 'v1.36.0' }),
    ];
    api.all = api.all
      .map(instance => ({ ...instance, stale: true, health: 'failed' }))
      .reverse();
    await run();
    const [first, second] = catalog.mutations.map(mutation =>
      [...(mutation as { entities: { entity: Entity }[] }).entities].sort(
        (a, b) => (a.entity.metadata.name < b.entity.metadata.name ? -1 : 1),
      ),
    );
    expect(second).toEqual(first);
  });

  describe('when a cluster does not answer', () => {
    beforeEach(async () => {
      api.all[0].labels = { 'akko.io/owner': 'analytics' };
      await run();
      api.fleet = [aCluster('prod', OUT_OF_SIGHT), aCluster('test')];
    });

    it('keeps its instances', async () => {
      await run();
      expect(catalog.refs()).toEqual(ALL);
    });

    it('keeps them as they are after a start with an empty database, while it follows the others', async () => {
      const before = [catalog.of(AKKO), catalog.of(LAB)];
      api.all = [anInstance('test/new/new')];
      await start();
      await run();
      expect(catalog.refs()).toEqual([
        'api:default/akko',
        'resource:default/akko_prod_akko-lab_lab',
        'resource:default/akko_prod_akko_akko',
        'resource:default/akko_test_new_new',
      ]);
      expect([catalog.of(AKKO), catalog.of(LAB)]).toEqual(before);
    });

    it('keeps the owner of one that is known by the configuration alone', async () => {
      api.all = [anInstance(AKKO)];
      await start();
      await run();
      expect(ownerOf(AKKO)).toBe('group:default/analytics');
    });

    it('still does what the configuration says', async () => {
      api.all = [];
      await start({ owner: 'group:default/platform' });
      await run();
      expect(ownerOf(AKKO)).toBe('group:default/platform');
    });

    it('loses what is gone when it answers again', async () => {
      api.all = [anInstance(AKKO)];
      await start();
      await run();
      api.fleet = [aCluster('prod'), aCluster('test')];
      await run();
      expect(catalog.refs()).toEqual([
        'api:default/akko',
        'resource:default/akko_prod_akko_akko',
      ]);
      expect(ownerOf(AKKO)).toBe('group:default/unknown');
    });
  });

  it('loses the instances of a cluster that is no more configured', async () => {
    api.fleet = [aCluster('test')];
    api.all = [anInstance(TEST)];
    await run();
    expect(catalog.refs()).toEqual([
      'api:default/akko',
      'resource:default/akko_test_akko_akko',
    ]);
  });

  it('keeps an instance that slipped through the pages of the list', async () => {
    api.missedByList.add(LAB);
    await run();
    expect(catalog.refs()).toEqual(ALL);
  });

  it('keeps the name of one that was declared and is discovered', async () => {
    api.all = [anInstance(LAB, { title: 'Old laboratory' })];
    await run();
    const declared = catalog.of(LAB)!.metadata;
    api.all = [anInstance(LAB, { labels: { environment: 'lab' } })];
    await run();
    expect(declared.title).toBe('Old laboratory');
    expect(catalog.of(LAB)!.metadata.name).toBe(declared.name);
  });

  describe.each(['clusters', 'instances', 'instance', 'openApi'] as const)(
    'when the API does not answer %s',
    call => {
      beforeEach(async () => {
        api.all = [anInstance(AKKO)];
        api.failures[call] = new Error('the portal is starting');
        await run();
      });

      it('changes nothing and says why', () => {
        expect(catalog.mutations).toHaveLength(1);
        expect(catalog.refs()).toEqual(ALL);
        expect(logger.warn).toHaveBeenCalledWith(
          expect.stringContaining('the portal is starting'),
        );
      });

      it('says so once while it lasts, and when it is over', async () => {
        await run();
        expect(logger.warn).toHaveBeenCalledTimes(1);
        expect(logger.info).not.toHaveBeenCalled();
        delete api.failures[call];
        await run();
        expect(logger.info).toHaveBeenCalledTimes(1);
        expect(catalog.refs()).toHaveLength(2);
      });
    },
  );

  it('changes nothing when the catalog does not tell what it has', async () => {
    catalog.service.streamEntities.mockImplementation(() => {
      throw new Error('the catalog is starting');
    });
    api.all = [];
    await run();
    expect(catalog.refs()).toEqual(ALL);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('the catalog is starting'),
    );
  });

  it('changes nothing when its time is over', async () => {
    let refresh: (signal: AbortSignal) => Promise<void>;
    const provider = new AkkoEntityProvider({
      config: aConfig(),
      api: () => api,
      auth: mockServices.auth(),
      catalog: catalog.service,
      logger,
      schedule: async task => {
        refresh = task;
      },
    });
    await provider.connect(catalog);
    api.all = [];
    await refresh!(AbortSignal.abort());
    expect(catalog.refs()).toEqual(ALL);
  });

  it('publishes no API where the plugin has no document', async () => {
    api.document = undefined;
    await run();
    expect(catalog.refs()).toEqual(ALL.slice(1));
    expect(logger.warn).not.toHaveBeenCalled();
    expect(logger.debug).toHaveBeenCalledWith(
      expect.stringContaining('no OpenAPI document'),
    );
  });

  describe('where somebody wrote an entity for an instance', () => {
    it('publishes its own all the same', async () => {
      catalog = new FakeCatalog([byHand(AKKO, 'file:/portal/entities.yaml')]);
      await start();
      await run();
      expect(catalog.refs()).toEqual(ALL);
    });

    it.each([
      [
        'not, if it is of a trusted place and so configured',
        'file:/portal/entities.yaml',
        false,
      ],
      [
        'all the same, if anybody may have registered it',
        'url:https://git.example.com/a.yaml',
        true,
      ],
    ])('publishes its own %s', async (_, origin, isPublished) => {
      catalog = new FakeCatalog([byHand(AKKO, origin)]);
      await start({ skipAnnotated: true });
      await run();
      expect(Boolean(catalog.of(AKKO))).toBe(isPublished);
      expect(catalog.of(LAB)).toBeDefined();
    });

    it('does not take its own for one of those', async () => {
      await start({ skipAnnotated: true });
      await run();
      await run();
      expect(catalog.refs()).toEqual(ALL);
    });
  });
});
