import {
  akkoOpenApiDocument,
  type ErrorResponse,
} from '@akko/backstage-plugin-akko-common';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Router } from 'express';
import { AkkoError, type AkkoErrorCode } from '../errors';
import { HttpBench } from './__testUtils__/HttpBench';
import { READER, SandboxPortal, STRANGER } from './__testUtils__/SandboxPortal';
import { createRouter, type RouterOptions } from './createRouter';
import { ApiDocument } from './fuzz/__testUtils__/ApiDocument';

type DocumentedCode = NonNullable<ErrorResponse['error']['code']>;

describe('GET /openapi.json', () => {
  let portal: SandboxPortal;

  beforeAll(async () => {
    portal = await SandboxPortal.start();
  });
  afterAll(() => portal?.stop());

  it('answers the document with the address of this portal, and that it has not changed', async () => {
    const { body, headers, status } = await portal.get('/openapi.json');
    expect(status).toBe(200);
    expect(body).toEqual({
      ...akkoOpenApiDocument,
      servers: [{ url: `${portal.url}/api/akko` }],
    });
    const again = await fetch(`${portal.url}/api/akko/openapi.json`, {
      headers: {
        authorization: `Bearer ${READER}`,
        'if-none-match': headers.get('etag')!,
        // Else it says no-cache, and wants all of it.
        'cache-control': 'max-age=0',
      },
    });
    expect(again.status).toBe(304);
  });

  it('is for whoever has to do with the portal, and for nobody else', async () => {
    const nobody = await portal.get('/openapi.json', '');
    expect([nobody.status, nobody.body.error.code]).toEqual([
      401,
      'not-authenticated',
    ]);
    const stranger = await portal.get('/openapi.json', STRANGER);
    expect([stranger.status, stranger.body.error.code]).toEqual([
      403,
      'not-allowed',
    ]);
  });
});

describe('the OpenAPI document', () => {
  const document = new ApiDocument();

  it('has every route of the router, and no other', async () => {
    const router = await createRouter({
      httpAuth: mockServices.httpAuth(),
      discovery: mockServices.discovery(),
      limits: {} as RouterOptions['limits'],
      verbs: {} as RouterOptions['verbs'],
    });
    expect(routesOf(router).sort()).toEqual(
      document.operations
        .map(({ method, template }) => `${method} ${template}`)
        .sort(),
    );
  });

  it('has every error code of the backend, with the status that it is answered with', () => {
    const statuses = new Map<string, Set<string>>();
    for (const code of document.errorCodes) {
      const { httpStatus } = new AkkoError(code as AkkoErrorCode, '');
      // Where it may come, and nowhere else.
      const body = {
        error: { name: 'AkkoError', message: '', code },
      };
      const documented = document.operations.flatMap(({ responses }) =>
        Object.entries(responses)
          .filter(
            ([status, { content }]) =>
              Number(status) >= 400 && content['application/json'](body),
          )
          .map(([status]) => status),
      );
      statuses.set(code, new Set(documented));
      // What is no route is in no document.
      expect([code, [...statuses.get(code)!]]).toEqual([
        code,
        code === 'unknown-route' ? [] : [String(httpStatus)],
      ]);
    }
    // The compiler compares the other way round.
    const everyCode = (code: AkkoErrorCode): DocumentedCode => code;
    expect(everyCode('already-running')).toBe('already-running');
  });
});

describe('a caller who asks too often', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const document = new ApiDocument();

  it('is told when to ask again, as the document says', async () => {
    const bench = await HttpBench.start(databases, {
      limits: { reads: 1, changes: 1 },
    });
    try {
      await bench.get('/api/akko/clusters').expect(200);
      const { body, headers } = await bench
        .get('/api/akko/clusters')
        .expect(429);
      const { responses } = document.find('GET', '/clusters')!;
      const documented = responses[429];
      expect(documented.content['application/json'](body)).toBe(true);
      expect(documented.headers).toEqual([
        { name: 'Retry-After', required: true },
      ]);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await bench.stop();
    }
  });
});

/** Method and path of what express has been told of, as the document writes them. */
function routesOf(router: Router): string[] {
  return router.stack
    .flatMap(({ route }) => route ?? [])
    .flatMap(({ path, stack }) =>
      stack.map(
        ({ method }: { method: string }) =>
          `${method.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
      ),
    );
}
