import { faultOf } from '../../__testUtils__/faultOf';
import { FaultyProxy } from '../../__testUtils__/FaultyProxy';
import { runJobHere } from '../../__testUtils__/runJobHere';
import {
  describeOnServices,
  expectNothingChanged,
  expectSteadyState,
  freePort,
  hostOf,
  secretOf,
} from '../../__testUtils__/services';

const SERVICE = 'akko-akko-polaris';
const CATALOG = 'polaris-init-test';
const MINUTES = 60_000;

// No package registry offers Polaris' server: the testbed has a stand-in, which answers as Polaris 1.4.1 was seen to answer.
describeOnServices('polaris-init on a stand-in for Polaris', () => {
  let api: string;
  let health: string;
  let env: Record<string, string>;
  let apiProxy: FaultyProxy;
  let healthProxy: FaultyProxy;
  let token: string;

  function config(overrides: Record<string, any> = {}) {
    return {
      waitSeconds: 2,
      polaris: {
        url: api,
        healthUrl: health,
        clientSecret: {
          env: 'POLARIS_ROOT_SECRET',
          secret: 'akko-polaris',
          key: 'root-secret',
        },
        ...overrides.polaris,
      },
      catalog: {
        name: overrides.name ?? CATALOG,
        storage: {
          baseLocation: `s3://${CATALOG}`,
          endpoint: 'http://akko-minio:9000',
          region: 'us-east-1',
          pathStyleAccess: true,
        },
      },
      namespaces: ['banking', 'raw.sales'],
      ...overrides.top,
    };
  }

  async function ask(path: string, method = 'GET', body?: unknown) {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      json: text ? JSON.parse(text) : undefined,
    };
  }

  const catalogPath = `/api/management/v1/catalogs/${CATALOG}`;
  const namespacesPath = `/api/catalog/v1/${CATALOG}/namespaces`;

  /** The catalog with its grants, and every namespace with its properties. */
  async function dump(): Promise<string> {
    const { json } = await ask(namespacesPath);
    const names: string[] = (json.namespaces ?? [])
      .map((levels: string[]) => levels.join('\u001f'))
      .sort();
    const parts = await Promise.all(
      [
        catalogPath,
        `${catalogPath}/catalog-roles/catalog_admin/grants`,
        ...names.map(name => `${namespacesPath}/${encodeURIComponent(name)}`),
      ].map(path => ask(path)),
    );
    return JSON.stringify(parts, null, 1);
  }

  async function removeCatalog(): Promise<void> {
    const { json } = await ask(namespacesPath);
    for (const levels of json?.namespaces ?? []) {
      await ask(
        `${namespacesPath}/${encodeURIComponent(levels.join('\u001f'))}`,
        'DELETE',
      );
    }
    await ask(catalogPath, 'DELETE');
  }

  beforeAll(async () => {
    const host = hostOf(SERVICE);
    api = `http://${host}:8181`;
    health = `http://${host}:8182`;
    env = { POLARIS_ROOT_SECRET: secretOf('akko-polaris', 'root-secret') };
    apiProxy = await FaultyProxy.start({ host, port: 8181 });
    healthProxy = await FaultyProxy.start({ host, port: 8182 });
    const response = await fetch(`${api}/api/catalog/v1/oauth/tokens`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'root',
        client_secret: env.POLARIS_ROOT_SECRET,
        scope: 'PRINCIPAL_ROLE:ALL',
      }),
    });
    token = (await response.json()).access_token;
    await removeCatalog();
  });

  beforeEach(() => {
    apiProxy.treat('pass');
    healthProxy.treat('pass');
  });

  afterAll(async () => {
    await removeCatalog();
    await apiProxy.stop();
    await healthProxy.stop();
  });

  it(
    'leaves the same state on the stand-in after five runs at once and twenty in a row',
    async () => {
      await expectSteadyState({
        command: 'polaris-init',
        config: config(),
        env,
        dump,
      });

      const { json } = await ask(catalogPath);
      expect(json).toMatchObject({
        type: 'INTERNAL',
        properties: { 'default-base-location': `s3://${CATALOG}` },
        storageConfigInfo: {
          storageType: 'S3',
          endpoint: 'http://akko-minio:9000',
          pathStyleAccess: true,
        },
      });
      const { json: listed } = await ask(namespacesPath);
      expect(listed.namespaces).toEqual(
        expect.arrayContaining([['banking'], ['raw'], ['raw', 'sales']]),
      );
      expect(listed.namespaces).toHaveLength(3);
    },
    3 * MINUTES,
  );

  it('keeps what a person changed on the stand-in', async () => {
    await runJobHere('polaris-init', { config: config(), env });
    const { json: found } = await ask(catalogPath);
    await ask(catalogPath, 'PUT', {
      currentEntityVersion: found.entityVersion,
      properties: { comment: 'by hand' },
      storageConfigInfo: { ...found.storageConfigInfo, region: 'eu-west-3' },
    });
    await ask(namespacesPath, 'POST', {
      namespace: ['by-hand'],
      properties: { owner: 'somebody' },
    });
    const before = await dump();

    const outcome = await runJobHere('polaris-init', { config: config(), env });

    expectNothingChanged(outcome);
    expect(outcome.report!.changes).toContainEqual({
      kind: 'catalog',
      name: CATALOG,
      action: 'unchanged',
      note: 'differs from the values, kept: region',
    });
    expect(await dump()).toBe(before);
  });

  it('plans on the stand-in without changing anything', async () => {
    const before = await dump();

    const { exitCode, report } = await runJobHere('polaris-init', {
      config: config({ top: { namespaces: ['banking', 'planned'] } }),
      env,
      args: ['--plan'],
    });

    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 1, unchanged: 2 });
    expect(await dump()).toBe(before);
  });

  describe('meets a fault of the stand-in', () => {
    function faultOfJob(options: {
      config: unknown;
      env: Record<string, string>;
    }) {
      return faultOf('polaris-init', options, ['POLARIS_ROOT_SECRET']);
    }

    /** A failure that says what to do, and no secret. */
    function fault(code: string, exitCode: number, message: string) {
      return {
        code,
        exitCode,
        message: expect.stringContaining(message),
        hasNextStep: true,
        tellsSecret: false,
      };
    }

    it('a wrong root secret', async () => {
      expect(
        await faultOfJob({
          config: config(),
          env: { POLARIS_ROOT_SECRET: 'not-the-secret' },
        }),
      ).toEqual(fault('authentication-failed', 67, 'unauthorized_client'));
    });

    it('a missing Secret', async () => {
      expect(await faultOfJob({ config: config(), env: {} })).toEqual(
        fault(
          'misconfigured',
          78,
          'Secret akko-polaris, key root-secret is not there',
        ),
      );
    });

    it('a scope that it does not know', async () => {
      expect(
        await faultOfJob({
          config: config({ polaris: { scope: 'ALL' } }),
          env,
        }),
      ).toEqual(fault('misconfigured', 78, 'invalid_scope'));
    });

    it('a realm that is not there', async () => {
      expect(
        await faultOfJob({
          config: config({ polaris: { realm: 'OTHER' } }),
          env,
        }),
      ).toEqual(fault('misconfigured', 78, 'realm'));
    });

    it('another catalog at the same location', async () => {
      expect(
        await faultOfJob({
          config: config({ name: `${CATALOG}-second` }),
          env,
        }),
      ).toEqual(fault('conflict', 65, 'overlaps'));
    });

    it('a port that nobody listens on', async () => {
      const nobody = `http://127.0.0.1:${await freePort()}`;
      expect(
        await faultOfJob({
          config: config({ polaris: { healthUrl: nobody } }),
          env,
        }),
      ).toEqual(fault('service-unavailable', 69, 'the connection was refused'));
    });

    it('500 forever', async () => {
      apiProxy.treat({ status: 500 });
      expect(
        await faultOfJob({
          config: config({ polaris: { url: apiProxy.url } }),
          env,
        }),
      ).toEqual(fault('service-unavailable', 69, 'answered 500 to'));
    });

    it('403 of an account without the right', async () => {
      // The stand-in knows no lesser account: the answer is that of a real Polaris.
      apiProxy.treat({
        status: 403,
        body: JSON.stringify({
          error: {
            message: 'Principal is not authorized for op GET_CATALOG',
            type: 'ForbiddenException',
            code: 403,
          },
        }),
      });
      expect(
        await faultOfJob({
          config: config({ polaris: { url: apiProxy.url } }),
          env,
        }),
      ).toEqual(fault('permission-denied', 77, 'Principal is not authorized'));
    });

    it(
      'is waited for while it comes up: cut connections, then 503',
      async () => {
        healthProxy.treat('cut', 2);
        apiProxy.treat({ status: 503 }, 2);

        const { exitCode, log } = await runJobHere('polaris-init', {
          config: config({
            polaris: { url: apiProxy.url, healthUrl: healthProxy.url },
            top: { waitSeconds: 30 },
          }),
          env,
        });

        expect({ exitCode, log: exitCode ? log : '' }).toEqual({
          exitCode: 0,
          log: '',
        });
        expect(log).toContain('the connection was cut');
        expect(log).toContain('answered 503');
      },
      MINUTES,
    );

    it(
      'answers of 500 are tried again',
      async () => {
        await fetch(`${health}/testbed/faults`, {
          method: 'PUT',
          body: JSON.stringify({ status: 500, count: 3 }),
        });

        const outcome = await runJobHere('polaris-init', {
          config: config({ top: { waitSeconds: 30 } }),
          env,
        });

        expectNothingChanged(outcome);
        expect(outcome.log).toContain('answered 500');
      },
      MINUTES,
    );
  });
});
