import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { parse } from 'yaml';
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
import { SupersetPerson } from '../../__testUtils__/SupersetPerson';
import { demos } from '../postgres-data-init/demo';

const MINUTES = 60_000;
const CONTENT =
  '../../../../../helm/akko/charts/akko-init/files/superset/content.yaml';
/** The database that Trino's catalog `postgresql` reads. */
const DATABASE = 'banking';

describeOnServices('superset-bootstrap on the real Superset and Trino', () => {
  const mark = randomBytes(4).toString('hex');
  const prefix = `zz-test-${mark}`;
  const schema = `superset_test_${mark}`;
  const uuid = (number: number) =>
    `${mark}-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const chartsOf = { early: [11, 12], late: [13] };

  let supersetUrl: string;
  let trinoUrl: string;
  let env: Record<string, string>;
  let person: SupersetPerson;
  let data: Client;
  let proxy: FaultyProxy;

  function config(overrides: Record<string, any> = {}) {
    const chart = (number: number, dataset: number) => ({
      uuid: uuid(number),
      name: `${prefix} chart ${number}`,
      vizType: 'big_number_total',
      dataset: uuid(dataset),
      params: { metric: 'count' },
      queries: [{ metrics: ['count'], columns: [], filters: [] }],
    });
    return {
      waitSeconds: 180,
      superset: {
        url: supersetUrl,
        user: { env: 'SUPERSET_USER' },
        password: {
          env: 'SUPERSET_PASSWORD',
          secret: 'akko-superset',
          key: 'admin-password',
        },
        ...overrides.superset,
      },
      trino: { url: trinoUrl, user: 'akko', ...overrides.trino },
      database: {
        uuid: uuid(1),
        name: `${prefix} trino`,
        uri: 'trino://akko@akko-trino:8080/postgresql',
        ...overrides.database,
      },
      datasets: [
        { uuid: uuid(2), catalog: 'postgresql', schema, table: 'early' },
        { uuid: uuid(3), catalog: 'postgresql', schema, table: 'late' },
      ],
      charts: [chart(11, 2), chart(12, 2), chart(13, 3)],
      dashboard: {
        uuid: uuid(21),
        slug: prefix,
        title: `${prefix} dashboard`,
        charts: [...chartsOf.early, ...chartsOf.late].map(uuid),
      },
      ...overrides.top,
    };
  }

  const run = (overrides?: Record<string, any>, args?: string[]) =>
    runJobHere('superset-bootstrap', { config: config(overrides), env, args });

  async function makeTable(name: string): Promise<void> {
    await data.query(
      `CREATE TABLE ${schema}.${name} AS SELECT g AS id, now() AS booked_at FROM generate_series(1, 42) AS g`,
    );
  }

  /** Everything of ours, whole, with every duplicate. */
  async function objects() {
    return {
      database: await person.list('database', 'database_name', prefix),
      dataset: await person.list('dataset', 'schema', schema),
      chart: await person.list('chart', 'slice_name', prefix),
      dashboard: await person.list('dashboard', 'slug', prefix),
    };
  }

  async function dump(): Promise<string> {
    const all: any[] = [];
    for (const [kind, list] of Object.entries(await objects())) {
      for (const { id } of list) {
        all.push(await person.ask(`/${kind}/${id}`));
      }
    }
    return JSON.stringify(
      all,
      // How long ago it was changed, and a picture's address that is made from it.
      (key, value) => (/humanized|thumbnail/.test(key) ? undefined : value),
      1,
    );
  }

  async function removeAll(): Promise<void> {
    const found = await objects();
    for (const kind of ['dashboard', 'chart', 'dataset', 'database'] as const) {
      for (const { id } of found[kind]) {
        await person.ask(`/${kind}/${id}`, 'DELETE');
      }
    }
  }

  async function dashboardOf() {
    const [{ id }] = (await objects()).dashboard;
    const { result } = await person.ask(`/dashboard/${id}`);
    const layout: Record<string, any> = JSON.parse(result.position_json);
    const placed = Object.values(layout)
      .filter(({ type }) => type === 'CHART')
      .map(({ meta }) => meta.sliceName);
    return { id, layout, placed };
  }

  const names = (numbers: number[]) =>
    numbers.map(number => `${prefix} chart ${number}`);

  beforeAll(async () => {
    supersetUrl = `http://${hostOf('akko-superset')}:8088`;
    trinoUrl = `http://${hostOf('akko-trino')}:8080`;
    env = {
      SUPERSET_USER: secretOf('akko-superset', 'admin-user'),
      SUPERSET_PASSWORD: secretOf('akko-superset', 'admin-password'),
    };
    person = await SupersetPerson.signIn(
      supersetUrl,
      env.SUPERSET_USER,
      env.SUPERSET_PASSWORD,
    );
    proxy = await FaultyProxy.start({
      host: hostOf('akko-superset'),
      port: 8088,
    });
    const server = {
      host: hostOf('akko-postgresql-data'),
      user: 'postgres',
      password: secretOf('akko-postgresql-data', 'postgres-password'),
    };
    const first = new Client({ ...server, database: 'postgres' });
    await first.connect();
    await first.query(`CREATE DATABASE ${DATABASE}`).catch(() => {});
    await first.end();
    data = new Client({ ...server, database: DATABASE });
    await data.connect();
    await data.query(`CREATE SCHEMA ${schema}`);
    await makeTable('early');
  }, MINUTES);

  beforeEach(() => proxy.treat('pass'));

  afterAll(async () => {
    await removeAll();
    await data.query(`DROP SCHEMA ${schema} CASCADE`);
    await data.end();
    await proxy.stop();
  }, MINUTES);

  it(
    'leaves one of each and the same state after five runs at once and twenty in a row',
    async () => {
      const planned = await run({}, ['--plan']);
      expect(planned.report!.totals).toMatchObject({ created: 6, skipped: 2 });
      expect(await dump()).toBe('[]');

      await expectSteadyState({
        command: 'superset-bootstrap',
        config: config(),
        env,
        dump,
      });

      const found = await objects();
      expect(
        Object.values(found).map(list => list.map(each => each.uuid)),
      ).toEqual([
        [uuid(1)],
        [uuid(2)],
        expect.arrayContaining(chartsOf.early.map(uuid)),
        [uuid(21)],
      ]);
      expect(found.chart).toHaveLength(2);
      expect((await dashboardOf()).placed).toEqual(names(chartsOf.early));
    },
    10 * MINUTES,
  );

  it(
    'keeps what a person changed and arranged, and adds what comes later',
    async () => {
      await run();
      const { chart, dataset, database } = await objects();
      const before = await dashboardOf();
      await person.ask(`/chart/${chart[0].id}`, 'PUT', {
        slice_name: `${prefix} renamed by hand`,
        params: '{"metric":"count","by":"hand"}',
      });
      await person.ask(`/dataset/${dataset[0].id}`, 'PUT', {
        description: 'by hand',
      });
      await person.ask(`/database/${database[0].id}`, 'PUT', {
        expose_in_sqllab: false,
      });
      const arranged = structuredClone(before.layout);
      const [rowId] = arranged.GRID_ID.children;
      const [takenOff] = arranged[rowId].children.splice(1, 1);
      delete arranged[takenOff];
      arranged[arranged[rowId].children[0]].meta.width = 9;
      arranged['HEADER-hand'] = {
        id: 'HEADER-hand',
        type: 'HEADER',
        children: [],
        parents: ['ROOT_ID', 'GRID_ID'],
        meta: { text: 'By hand', background: 'BACKGROUND_TRANSPARENT' },
      };
      arranged.GRID_ID.children.push('HEADER-hand');
      await person.saveLayout(before.id, arranged);
      const changed = await dump();
      const saved = (await dashboardOf()).layout;

      expectNothingChanged(await run());
      expect(await dump()).toBe(changed);

      await makeTable('late');
      const { report } = await run();

      expect(report!.totals).toMatchObject({ created: 2, updated: 1 });
      const { layout, placed } = await dashboardOf();
      expect(placed).toEqual([
        arranged[arranged[rowId].children[0]].meta.sliceName,
        ...names(chartsOf.late),
      ]);
      expect(layout).toMatchObject({
        ...saved,
        GRID_ID: {
          children: [...saved.GRID_ID.children, `ROW-${uuid(13)}`],
        },
      });
      expectNothingChanged(await run());
    },
    5 * MINUTES,
  );

  it(
    'makes the default content so that every chart answers with data',
    async () => {
      await data.query(`SET search_path = ${schema}`);
      await data.query(demos.banking.sql);
      const content = parse(
        readFileSync(require.resolve(CONTENT), 'utf8')
          .replace(
            /\b[0-9a-f]{8}(-[0-9a-f]{4}-4)/g,
            (found, rest: string) =>
              found.slice(0, 4) + mark.slice(0, 4) + rest,
          )
          .replace('schema: banking', `schema: ${schema}`)
          .replace('slug: ', `slug: ${prefix}-`)
          .replaceAll('name: ', `name: ${prefix} `),
      );

      const { exitCode, report } = await run({
        top: {
          ...content,
          database: {
            ...content.database,
            uri: 'trino://akko@akko-trino:8080/postgresql',
          },
        },
      });

      expect(exitCode).toBe(0);
      expect(report!.totals).toMatchObject({
        created: content.charts.length + 4,
        skipped: 0,
      });
      const charts = (await objects()).chart.filter(({ uuid: each }) =>
        content.charts.some((wanted: any) => wanted.uuid === each),
      );
      const rows: Record<string, number> = {};
      for (const { id, slice_name: name } of charts) {
        const { result } = await person.ask(`/chart/${id}/data/`);
        rows[name.slice(prefix.length + 1)] = result[0].rowcount;
      }
      expect(rows).toEqual({
        Transactions: 1,
        'Fraud rate': 1,
        'Amount by category': 7,
        'Transactions by week': 14,
        'Transactions by country': 9,
        'Suspicious transactions': 26,
      });
    },
    5 * MINUTES,
  );

  describe('meets a fault', () => {
    const faultOfJob = (
      overrides: Record<string, any>,
      environment: Record<string, string> = env,
    ) =>
      faultOf(
        'superset-bootstrap',
        {
          config: config({
            ...overrides,
            top: { waitSeconds: 2, ...overrides.top },
          }),
          env: environment,
        },
        ['SUPERSET_PASSWORD'],
      );

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

    it('a wrong password', async () => {
      expect(
        await faultOfJob({}, { ...env, SUPERSET_PASSWORD: 'not-the-password' }),
      ).toEqual(fault('authentication-failed', 67, 'Not authorized'));
    });

    it('a missing Secret', async () => {
      expect(
        await faultOfJob({}, { SUPERSET_USER: env.SUPERSET_USER }),
      ).toEqual(
        fault(
          'misconfigured',
          78,
          'Secret akko-superset, key admin-password is not there',
        ),
      );
    });

    it.each(['superset', 'trino'])(
      'a port of %s that nobody listens on',
      async service => {
        const url = `http://127.0.0.1:${await freePort()}`;
        expect(
          await faultOfJob({
            [service]: { url },
            top: { datasets: [], charts: [], dashboard: undefined },
            database: { uuid: uuid(99), name: `${prefix} other` },
          }),
        ).toEqual(
          fault('service-unavailable', 69, 'the connection was refused'),
        );
      },
      MINUTES,
    );

    it('500 forever', async () => {
      proxy.treat({ status: 500 });
      expect(await faultOfJob({ superset: { url: proxy.url } })).toEqual(
        fault('service-unavailable', 69, 'answered 500 to'),
      );
    });

    it(
      'a Superset that does not reach Trino',
      async () => {
        expect(
          await faultOfJob({
            database: {
              uuid: uuid(99),
              name: `${prefix} other`,
              uri: 'trino://akko@akko-trino:9999/postgresql',
            },
            top: { datasets: [], charts: [], dashboard: undefined },
          }),
        ).toEqual(
          fault('service-unavailable', 69, "host='akko-trino', port=9999"),
        );
      },
      2 * MINUTES,
    );

    it(
      'an account without the right',
      async () => {
        const username = `${prefix}-gamma`;
        const password = randomBytes(12).toString('hex');
        const roles = await person.ask(
          `/security/roles/?q=${encodeURIComponent(
            "(filters:!((col:name,opr:eq,value:'Gamma')))",
          )}`,
        );
        const { id } = await person.ask('/security/users/', 'POST', {
          active: true,
          email: `${username}@example.com`,
          first_name: 'Test',
          last_name: 'Gamma',
          username,
          password,
          roles: roles.ids,
        });
        try {
          expect(
            await faultOfJob(
              {},
              { SUPERSET_USER: username, SUPERSET_PASSWORD: password },
            ),
          ).toEqual(
            fault(
              'permission-denied',
              77,
              'answered 403 to: create the database',
            ),
          );
        } finally {
          await person.ask(`/security/users/${id}`, 'DELETE');
        }
      },
      MINUTES,
    );

    it(
      'is waited for while it comes up: cut connections, then 503',
      async () => {
        proxy.treat('cut', 2);
        const running = run({ superset: { url: proxy.url } });
        const outcome = await running;

        expectNothingChanged(outcome);
        expect(outcome.log).toContain('the connection was cut');
        proxy.treat({ status: 503 }, 2);

        const second = await run({ superset: { url: proxy.url } });

        expectNothingChanged(second);
        expect(second.log).toContain('answered 503');
      },
      2 * MINUTES,
    );
  });
});
