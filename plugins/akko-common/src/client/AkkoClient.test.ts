import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { AkkoClient } from './AkkoClient';

const BASE = 'http://portal.test/api/akko';
const server = setupServer();
const client = new AkkoClient({
  discoveryApi: { getBaseUrl: async () => BASE },
  fetchApi: { fetch: (...args) => fetch(...args) },
});

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('AkkoClient', () => {
  it('sends filters and paging of a list as query parameters', async () => {
    let asked = '';
    server.use(
      http.get(`${BASE}/instances`, ({ request }) => {
        asked = new URL(request.url).search;
        return HttpResponse.json({ items: [], totals: { total: 0 } });
      }),
    );
    await client.instances({ cluster: 'prod eu', health: 'failed', limit: 5 });
    expect(Object.fromEntries(new URLSearchParams(asked))).toEqual({
      cluster: 'prod eu',
      health: 'failed',
      limit: '5',
    });
  });

  it('addresses an instance by the parts of its ref', async () => {
    server.use(
      http.get(`${BASE}/instances/prod-eu/akko/blue`, () =>
        HttpResponse.json({ ref: 'prod-eu/akko/blue' }),
      ),
    );
    await expect(client.instance('prod-eu/akko/blue')).resolves.toEqual({
      ref: 'prod-eu/akko/blue',
    });
  });

  it('asks for the upgrades of an instance page by page', async () => {
    server.use(
      http.get(`${BASE}/instances/prod-eu/akko/blue/upgrades`, ({ request }) =>
        HttpResponse.json({
          items: [],
          nextCursor: new URL(request.url).search,
        }),
      ),
    );
    await expect(
      client.upgrades('prod-eu/akko/blue', { limit: 5, cursor: 'c' }),
    ).resolves.toEqual({ items: [], nextCursor: '?limit=5&cursor=c' });
  });

  it('refuses a text that is no instance ref before it asks', async () => {
    await expect(client.instance('prod-eu/akko')).rejects.toThrow(
      "'prod-eu/akko' is no instance ref. Write cluster/namespace/release.",
    );
  });

  it('turns an error answer into an error with code, status and the running operation', async () => {
    server.use(
      http.post(`${BASE}/instances/a/b/c/operations`, () =>
        HttpResponse.json(
          {
            error: {
              name: 'AkkoError',
              message: 'A re-run is active',
              code: 'already-running',
              operation: 'op-1',
            },
          },
          { status: 409 },
        ),
      ),
    );
    await expect(
      client.request('a/b/c', { action: 'rerun', jobs: 'failed' }),
    ).rejects.toMatchObject({
      status: 409,
      code: 'already-running',
      operation: 'op-1',
      message: 'A re-run is active',
    });
  });

  it('names the status where a proxy answers with a page instead of JSON', async () => {
    server.use(
      http.get(
        `${BASE}/clusters`,
        () => new HttpResponse('<html>', { status: 502 }),
      ),
    );
    await expect(client.clusters()).rejects.toMatchObject({
      status: 502,
      message: "The portal's backend answered with status 502",
    });
  });

  it('asks for a plan with dryRun and for the deed without, with the idempotency key', async () => {
    const bodies: unknown[] = [];
    const keys: (string | null)[] = [];
    server.use(
      http.post(`${BASE}/instances/a/b/c/operations`, async ({ request }) => {
        bodies.push(await request.json());
        keys.push(request.headers.get('idempotency-key'));
        return HttpResponse.json({});
      }),
    );
    await client.plan('a/b/c', { action: 'bootstrap' });
    await client.request(
      'a/b/c',
      { action: 'bootstrap' },
      { idempotencyKey: 'k1' },
    );
    expect(bodies).toEqual([
      { action: 'bootstrap', dryRun: true },
      { action: 'bootstrap', dryRun: false },
    ]);
    expect(keys).toEqual([null, 'k1']);
  });

  it('gives a fetch API that copies each Request nothing that can be used only once', async () => {
    const copying = new AkkoClient({
      discoveryApi: { getBaseUrl: async () => BASE },
      fetchApi: {
        fetch: async (input, init) => {
          const first = new Request(input, init);
          await first.clone().text();
          return fetch(new Request(new Request(input, init)));
        },
      },
    });
    server.use(
      http.post(`${BASE}/instances/a/b/c/operations`, async ({ request }) =>
        HttpResponse.json(await request.json()),
      ),
    );
    await expect(
      copying.request('a/b/c', { action: 'bootstrap' }),
    ).resolves.toMatchObject({ action: 'bootstrap' });
  });

  it('tells whether a log came from the pod or from the archive', async () => {
    server.use(
      http.get(`${BASE}/runs/r1/log`, ({ request }) =>
        HttpResponse.text(`attempt ${new URL(request.url).searchParams}`, {
          headers: { 'x-akko-log-source': 'pod' },
        }),
      ),
    );
    await expect(client.log('r1', { attempt: 2, tail: 10 })).resolves.toEqual({
      text: 'attempt attempt=2&tail=10',
      source: 'pod',
    });
  });

  it('yields a followed log in pieces and never splits a character', async () => {
    const bytes = new TextEncoder().encode('größer\n');
    server.use(
      http.get(
        `${BASE}/runs/r1/log`,
        () =>
          new HttpResponse(
            new ReadableStream({
              start(controller) {
                controller.enqueue(bytes.slice(0, 3));
                controller.enqueue(bytes.slice(3));
                controller.close();
              },
            }),
          ),
      ),
    );
    const pieces: string[] = [];
    for await (const piece of client.followLog('r1')) {
      pieces.push(piece);
    }
    expect(pieces.join('')).toBe('größer\n');
    expect(pieces.join('')).not.toContain('\uFFFD');
  });
});
