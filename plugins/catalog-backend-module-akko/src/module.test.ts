import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import type { JsonObject } from '@backstage/types';
import { eventually } from './__testUtils__/eventually';
import { FakeAkkoApi } from './__testUtils__/FakeAkkoApi';
import { fakeAkkoPlugin } from './__testUtils__/fakeAkkoPlugin';
import { aCluster, anInstance, OUT_OF_SIGHT } from './__testUtils__/fixtures';
import { catalogModuleAkko } from './module';

const TASK = 'akko-entity-provider';

describe('catalogModuleAkko', () => {
  let api: FakeAkkoApi;
  let backend: TestBackend | undefined;
  let scheduler: ReturnType<typeof mockServices.scheduler>;
  let events: ReturnType<typeof mockServices.events>;

  const start = async (akko: JsonObject = {}) => {
    scheduler = mockServices.scheduler();
    events = mockServices.events();
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleAkko,
        fakeAkkoPlugin(api),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'https://portal.example.com' },
            catalog: {
              providers: { akko },
              processingInterval: { seconds: 1 },
            },
          },
        }),
        // Of all plugins: what one publishes the other hears, and the test runs the task.
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => events,
        }),
      ],
    });
  };

  const entities = async (): Promise<Entity[]> => {
    const { port } = backend!.server.address() as { port: number };
    const response = await fetch(
      `http://127.0.0.1:${port}/api/catalog/entities?order=asc:metadata.name`,
      { headers: { authorization: mockCredentials.service.header() } },
    );
    return response.json();
  };
  const names = async () =>
    (await entities()).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  /** Once the catalog has processed what it was given. */
  const shows = (...expected: string[]) =>
    eventually(names, found => expect(found).toEqual(expected));

  beforeEach(() => {
    api = new FakeAkkoApi(
      [aCluster('prod'), aCluster('test')],
      [
        anInstance('prod/akko/akko', {
          labels: { 'akko.io/owner': 'analytics', environment: 'production' },
        }),
        anInstance('test/akko/akko'),
      ],
    );
  });
  afterEach(async () => {
    await backend?.stop();
    backend = undefined;
  });

  it('has the fleet in the catalog, and keeps it in step', async () => {
    await start({ system: 'akko' });
    await scheduler.triggerTask(TASK);
    await shows(
      'API akko',
      'Resource akko_prod_akko_akko',
      'Resource akko_test_akko_akko',
    );
    expect((await entities())[1]).toMatchObject({
      metadata: {
        namespace: 'default',
        annotations: {
          'akko.io/instance': 'prod/akko/akko',
          'backstage.io/managed-by-origin-location': 'akko:prod/akko/akko',
        },
        labels: { environment: 'production' },
        links: [{ url: 'https://portal.example.com/akko/prod/akko/akko' }],
      },
      spec: { type: 'akko-instance' },
      relations: [
        { type: 'ownedBy', targetRef: 'group:default/analytics' },
        { type: 'partOf', targetRef: 'system:default/akko' },
      ],
    });

    // One appears, one goes, and one is on a cluster that a new database knows nothing of.
    api.fleet = [aCluster('prod', OUT_OF_SIGHT), aCluster('test')];
    api.all = [anInstance('test/new/new')];
    await scheduler.triggerTask(TASK);
    await shows(
      'API akko',
      'Resource akko_prod_akko_akko',
      'Resource akko_test_new_new',
    );

    api.failures.instances = new Error('the database is away');
    api.all = [];
    await scheduler.triggerTask(TASK);
    await shows(
      'API akko',
      'Resource akko_prod_akko_akko',
      'Resource akko_test_new_new',
    );
  });

  it('writes nothing anew when nothing changed', async () => {
    await start();
    await scheduler.triggerTask(TASK);
    await shows(
      'API akko',
      'Resource akko_prod_akko_akko',
      'Resource akko_test_akko_akko',
    );
    const before = await entities();
    api.all = api.all.map(instance => ({ ...instance, health: 'failed' }));
    await scheduler.triggerTask(TASK);
    api.all = [...api.all, anInstance('test/new/new')];
    await scheduler.triggerTask(TASK);
    await eventually(names, found => expect(found).toHaveLength(4));
    const etags = (list: Entity[]) =>
      list.slice(0, 3).map(({ metadata }) => metadata.etag);
    expect(etags(await entities())).toEqual(etags(before));
  });

  it('hears of an instance that appeared', async () => {
    await start();
    api.all = [anInstance('test/new/new')];
    await events.publish({
      topic: 'akko',
      eventPayload: { type: 'instance-appeared', instance: 'test/new/new' },
    });
    await shows('API akko', 'Resource akko_test_new_new');
    expect((await entities())[1].spec?.type).toBe('akko-instance');
  });

  it('does not start with a wrong key, and names it', async () => {
    await expect(start({ owner: 'component:default/akko' })).rejects.toThrow(
      'catalog.providers.akko.owner',
    );
  });
});
