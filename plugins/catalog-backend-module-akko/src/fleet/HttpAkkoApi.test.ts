import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { anInstance } from '../__testUtils__/fixtures';
import { HttpAkkoApi } from './HttpAkkoApi';

const AKKO = { cluster: 'prod', namespace: 'akko', release: 'akko' };

describe('HttpAkkoApi', () => {
  const answer = jest.fn<void, Parameters<RequestListener>>();
  let server: Server;
  let api: HttpAkkoApi;
  let controller: AbortController;

  const json =
    (body: object, status = 200): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
  const asked = () => answer.mock.calls.map(([{ url }]) => url);

  beforeAll(async () => {
    server = createServer((...args) => answer(...args));
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
  });
  afterAll(async () => {
    await new Promise(done => {
      server.close(done);
      server.closeAllConnections();
    });
  });
  beforeEach(() => {
    answer.mockReset();
    controller = new AbortController();
    const { port } = server.address() as AddressInfo;
    api = new HttpAkkoApi({
      auth: mockServices.auth({ pluginId: 'catalog' }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async plugin => `http://127.0.0.1:${port}/api/${plugin}`,
      }),
      signal: controller.signal,
    });
  });

  it('asks as the catalog itself', async () => {
    answer.mockImplementation(json({ items: [] }));
    await expect(api.clusters()).resolves.toEqual([]);
    expect(asked()).toEqual(['/api/akko/clusters']);
    expect(answer.mock.calls[0][0].headers.authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.service('plugin:catalog'),
        targetPluginId: 'akko',
      }),
    );
  });

  it('reads all pages of instances', async () => {
    const one = anInstance('prod/akko/akko');
    const two = anInstance('prod/akko-lab/lab');
    answer
      .mockImplementationOnce(json({ items: [one], nextCursor: 'a b' }))
      .mockImplementationOnce(json({ items: [], nextCursor: 'c' }))
      .mockImplementationOnce(json({ items: [two] }));
    await expect(api.instances()).resolves.toEqual([one, two]);
    expect(asked()).toEqual([
      '/api/akko/instances?limit=200',
      '/api/akko/instances?limit=200&cursor=a%20b',
      '/api/akko/instances?limit=200&cursor=c',
    ]);
  });

  it('has no instances rather than some when a page fails', async () => {
    const error = { name: 'Error', message: 'the database is away' };
    answer
      .mockImplementationOnce(json({ items: [], nextCursor: 'a' }))
      .mockImplementationOnce(json({ error }, 500));
    await expect(api.instances()).rejects.toThrow('the database is away');
  });

  it.each(['unknown-instance', 'unknown-cluster'])(
    'knows from %s that there is no such instance',
    async code => {
      const error = { name: 'NotFoundError', message: 'no', code };
      answer.mockImplementation(json({ error }, 404));
      await expect(api.instance(AKKO)).resolves.toBeUndefined();
      expect(asked()).toEqual(['/api/akko/instances/prod/akko/akko']);
    },
  );

  it.each([
    [404, {}],
    [
      503,
      { error: { name: 'ServiceUnavailableError', message: 'status 503' } },
    ],
  ])('does not know it from %d %j', async (status, body) => {
    answer.mockImplementation(json(body, status));
    await expect(api.instance(AKKO)).rejects.toThrow(`status ${status}`);
  });

  it('reads the OpenAPI document as it is', async () => {
    answer.mockImplementation(json({ openapi: '3.1.0' }));
    await expect(api.openApi()).resolves.toBe('{"openapi":"3.1.0"}');
    expect(asked()).toEqual(['/api/akko/openapi.json']);
    expect(answer.mock.calls[0][0].headers.authorization).toBeDefined();
  });

  it('tells no document from no answer', async () => {
    answer.mockImplementationOnce(json({}, 404));
    await expect(api.openApi()).resolves.toBeUndefined();
    answer.mockImplementationOnce(json({}, 503));
    await expect(api.openApi()).rejects.toThrow('503');
  });

  it('waits no longer than it may', async () => {
    const open = api.clusters();
    controller.abort();
    await expect(open).rejects.toThrow('aborted');
  });
});
