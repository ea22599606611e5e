import { setupServer } from 'msw/node';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { expectNothingChanged, freePort } from '../../__testUtils__/services';
import { SupersetPeer } from '../../__testUtils__/SupersetPeer';
import { TrinoPeer } from '../../__testUtils__/TrinoPeer';

const SUPERSET = 'http://akko-superset:8088';
const TRINO = 'http://akko-trino:8080';
const PASSWORD = 'the-password-of-the-test';
const ENV = { SUPERSET_USER: 'keeper', SUPERSET_PASSWORD: PASSWORD };

const CONNECTION = '5a000000-0000-4000-8000-000000000001';
const PAYMENTS = '5a000000-0000-4000-8000-000000000002';
const CLAIMS = '5a000000-0000-4000-8000-000000000003';
const TOTAL = '5a000000-0000-4000-8000-000000000011';
const RATE = '5a000000-0000-4000-8000-000000000012';
const LATER = '5a000000-0000-4000-8000-000000000013';
const DASHBOARD = '5a000000-0000-4000-8000-000000000021';

const QUERIES = [{ metrics: ['count'], columns: [], filters: [] }];

function config(overrides: Record<string, any> = {}) {
  return {
    waitSeconds: 1.2,
    superset: {
      url: SUPERSET,
      user: { env: 'SUPERSET_USER' },
      password: {
        env: 'SUPERSET_PASSWORD',
        secret: 'akko-superset',
        key: 'admin-password',
      },
      ...overrides.superset,
    },
    trino: { url: TRINO, user: 'akko', ...overrides.trino },
    database: {
      uuid: CONNECTION,
      name: "AKKO's Trino!",
      uri: 'trino://akko@akko-trino:8080/postgresql',
      ...overrides.database,
    },
    datasets: [
      {
        uuid: PAYMENTS,
        catalog: 'postgresql',
        schema: 'banking',
        table: 'payments',
      },
      {
        uuid: CLAIMS,
        catalog: 'postgresql',
        schema: 'banking',
        table: 'claims',
      },
    ],
    charts: [
      {
        uuid: TOTAL,
        name: 'Total',
        vizType: 'big_number_total',
        dataset: PAYMENTS,
        params: { metric: 'count' },
        queries: QUERIES,
      },
      { uuid: RATE, name: 'Rate', vizType: 'pie', dataset: PAYMENTS },
      { uuid: LATER, name: 'Claims', vizType: 'table', dataset: CLAIMS },
    ],
    dashboard: {
      uuid: DASHBOARD,
      slug: 'demo',
      title: 'Demo',
      charts: [TOTAL, RATE, LATER],
    },
    ...overrides.top,
  };
}

const server = setupServer();
let superset: SupersetPeer;
let trino: TrinoPeer;
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
beforeEach(() => {
  superset = new SupersetPeer(SUPERSET, { user: 'keeper', password: PASSWORD });
  trino = new TrinoPeer(TRINO);
  server.use(...superset.handlers, ...trino.handlers);
  makeTable('postgresql.banking.payments');
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function makeTable(name: string) {
  superset.tables.add(name);
  trino.tables.add(name);
}

function run(options: { config?: unknown; env?: any; args?: string[] } = {}) {
  return runJobHere('superset-bootstrap', {
    config: config(),
    env: ENV,
    ...options,
  });
}

function layoutOf(dashboard = superset.objects.dashboard[0]): any {
  return JSON.parse(dashboard.position_json);
}

/** Names of the charts that have a place on the dashboard, in its order. */
function placedCharts(): string[] {
  return Object.values<any>(layoutOf())
    .filter(({ type }) => type === 'CHART')
    .map(({ meta }) => meta.sliceName);
}

/** What Superset's browser does when a person saves a dashboard without a chart. */
function takeOff(name: string) {
  const [dashboard] = superset.objects.dashboard;
  const layout = layoutOf();
  const [id] = Object.entries<any>(layout).find(
    ([, part]) => part.meta?.sliceName === name,
  )!;
  for (const part of Object.values<any>(layout)) {
    if (part.children) {
      part.children = part.children.filter((child: string) => child !== id);
    }
  }
  delete layout[id];
  dashboard.position_json = JSON.stringify(layout);
  superset.objects.chart.find(
    ({ slice_name }) => slice_name === name,
  )!.dashboards = [];
}

const copyOf = () => structuredClone(superset.objects);

describe('superset-bootstrap', () => {
  it('makes connection, datasets, charts and dashboard, and defers what has no table yet', async () => {
    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals).toEqual({
      created: 6,
      updated: 0,
      unchanged: 0,
      skipped: 2,
    });
    expect(report!.changes).toEqual(
      expect.arrayContaining([
        {
          kind: 'database connection',
          name: "AKKO's Trino!",
          action: 'created',
        },
        { kind: 'dashboard layout', name: 'Demo', action: 'created' },
        {
          kind: 'dataset',
          name: 'postgresql.banking.claims',
          action: 'skipped',
          note: 'table postgresql.banking.claims is not there yet; run the job again when it is',
        },
        {
          kind: 'chart',
          name: 'Claims',
          action: 'skipped',
          note: 'its dataset is not there yet; run the job again when it is',
        },
      ]),
    );
    const { database, dataset, chart, dashboard } = superset.objects;
    expect(database).toEqual([
      expect.objectContaining({
        uuid: CONNECTION,
        sqlalchemy_uri: 'trino://akko@akko-trino:8080/postgresql',
      }),
    ]);
    expect(chart).toHaveLength(2);
    expect(dashboard).toEqual([
      expect.objectContaining({ uuid: DASHBOARD, published: true }),
    ]);
    expect(placedCharts()).toEqual(['Total', 'Rate']);
    const [total, rate] = chart;
    const formData = {
      metric: 'count',
      viz_type: 'big_number_total',
      datasource: `${dataset[0].id}__table`,
    };
    expect(total.uuid).toBe(TOTAL);
    expect(JSON.parse(total.params)).toEqual(formData);
    expect(JSON.parse(total.query_context)).toMatchObject({
      datasource: { id: dataset[0].id, type: 'table' },
      queries: QUERIES,
      form_data: formData,
    });
    expect(rate).not.toHaveProperty('query_context');
  });

  it('has nothing to do in a second run', async () => {
    await run();
    const { writes } = superset;
    const before = copyOf();

    const outcome = await run();

    expectNothingChanged(outcome);
    expect(outcome.report!.totals!.skipped).toBe(2);
    expect(
      outcome.report!.changes!.filter(
        ({ action, note }) => action === 'unchanged' && note,
      ),
    ).toEqual([]);
    expect(superset.writes).toBe(writes);
    expect(copyOf()).toEqual(before);
  });

  it('plans without changing anything', async () => {
    const onFresh = await run({ args: ['--plan'] });
    expect(onFresh.exitCode).toBe(0);
    expect(onFresh.report!.totals).toMatchObject({ created: 6, skipped: 2 });
    expect(superset.writes).toBe(0);

    await run();
    makeTable('postgresql.banking.claims');
    const { writes } = superset;

    const { report } = await run({ args: ['--plan'] });

    expect(report!.totals).toEqual({
      created: 2,
      updated: 1,
      unchanged: 5,
      skipped: 0,
    });
    expect(report!.changes).toContainEqual({
      kind: 'dashboard layout',
      name: 'Demo',
      action: 'updated',
      note: 'added: Claims',
    });
    expect(superset.writes).toBe(writes);
  });

  it('leaves one of each when five run at once on a fresh Superset', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => run()));

    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    const { database, dataset, chart, dashboard } = superset.objects;
    expect([database, dataset, chart, dashboard].map(all => all.length)).toEqual(
      [1, 1, 2, 1],
    );
    const made = outcomes.flatMap(({ report }) =>
      report!.changes!.filter(({ action }) => action === 'created'),
    );
    expect(
      made.filter(({ kind }) => kind !== 'dashboard layout'),
    ).toHaveLength(5);
    expect(placedCharts()).toEqual(['Total', 'Rate']);
    expectNothingChanged(await run());
  });

  it('makes nothing that charts need when no table is there, and no dashboard without charts', async () => {
    trino.tables.clear();

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 1, skipped: 6 });
    expect(superset.objects.dashboard).toEqual([]);
  });

  it('defers a table that Trino has and Superset does not find', async () => {
    superset.tables.clear();

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.changes).toContainEqual(
      expect.objectContaining({
        name: 'postgresql.banking.payments',
        action: 'skipped',
        note: expect.stringContaining('Superset does not find it yet'),
      }),
    );
  });

  it('treats a database that is not made yet as a table that is not there', async () => {
    trino.failures.push({
      errorName: 'JDBC_ERROR',
      errorType: 'EXTERNAL',
      message: 'FATAL: database "banking" does not exist',
    });

    const { report } = await run();

    expect(report!.changes).toContainEqual(
      expect.objectContaining({
        name: 'postgresql.banking.payments',
        action: 'skipped',
      }),
    );
  });

  it('adds charts that come later below what a person arranged', async () => {
    await run();
    const layout = layoutOf();
    layout['MARKDOWN-by-hand'] = { id: 'MARKDOWN-by-hand', type: 'MARKDOWN' };
    layout[`CHART-${TOTAL}`].meta.width = 9;
    layout.GRID_ID.children.unshift('ROW-by-hand');
    superset.objects.dashboard[0].position_json = JSON.stringify(layout);
    makeTable('postgresql.banking.claims');

    const { report } = await run();

    expect(report!.totals).toMatchObject({ created: 2, updated: 1 });
    const { GRID_ID: grid, ...parts } = layoutOf();
    expect(grid.children).toEqual([
      ...layout.GRID_ID.children,
      `ROW-${LATER}`,
    ]);
    expect(parts).toMatchObject({
      [`CHART-${TOTAL}`]: layout[`CHART-${TOTAL}`],
      'MARKDOWN-by-hand': layout['MARKDOWN-by-hand'],
    });
    expectNothingChanged(await run());
  });

  it('keeps what a person changed, and says in what it differs', async () => {
    await run();
    const { database, dataset, chart, dashboard } = superset.objects;
    database[0].sqlalchemy_uri = 'trino://other@elsewhere:8080/postgresql';
    database[0].database_name = 'Renamed';
    dataset[0].table_name = 'payments_view';
    chart[0].slice_name = 'Renamed';
    chart[0].params = JSON.stringify({ metric: 'sum' });
    chart[1].viz_type = 'table';
    dashboard[0].dashboard_title = 'Renamed';
    dashboard[0].slug = 'renamed';
    const before = copyOf();

    const outcome = await run();

    expectNothingChanged(outcome);
    expect(copyOf()).toEqual(before);
    expect(
      outcome
        .report!.changes!.filter(({ note }) => note?.startsWith('differs'))
        .map(({ note }) => note!.replace('differs from the values, kept: ', '')),
    ).toEqual([
      'name, uri',
      'table',
      'slug, title',
      'name, params',
      'vizType',
    ]);
  });

  it('leaves off the dashboard what a person took off', async () => {
    await run();
    takeOff('Rate');
    makeTable('postgresql.banking.claims');

    await run();
    const outcome = await run();

    expect(placedCharts()).toEqual(['Total', 'Claims']);
    expectNothingChanged(outcome);
    expect(outcome.report!.changes).toContainEqual(
      expect.objectContaining({ note: 'taken off by hand, kept so: Rate' }),
    );
  });

  it('takes connection, dataset and chart that a person made first', async () => {
    const connection = superset.add('database', {
      database_name: "AKKO's Trino!",
      sqlalchemy_uri: 'trino://somebody@akko-trino:8080/postgresql',
    });
    const dataset = superset.add('dataset', {
      database: { id: connection.id },
      catalog: 'postgresql',
      schema: 'banking',
      table_name: 'payments',
    });
    superset.add('chart', {
      slice_name: 'Total',
      viz_type: 'table',
      params: '{}',
      datasource_id: 999,
      dashboards: [],
    });
    const chart = superset.add('chart', {
      slice_name: 'Total',
      viz_type: 'table',
      params: '{}',
      datasource_id: dataset.id,
      dashboards: [{ id: 999 }],
    });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 3, unchanged: 3 });
    expect(superset.objects.database).toHaveLength(1);
    expect(superset.objects.dataset).toHaveLength(1);
    expect(superset.objects.chart).toHaveLength(3);
    const [dashboard] = superset.objects.dashboard;
    expect(chart).toMatchObject({
      viz_type: 'table',
      dashboards: [{ id: 999 }, { id: dashboard.id }],
    });
    expect(placedCharts()).toEqual(['Total', 'Rate']);
    expectNothingChanged(await run());
  });

  it("adds nothing to a person's dashboard of the same slug", async () => {
    superset.add('dashboard', {
      slug: 'demo',
      dashboard_title: 'By hand',
      position_json: null,
    });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.changes).toContainEqual(
      expect.objectContaining({
        kind: 'dashboard',
        action: 'unchanged',
        note: expect.stringContaining('another dashboard has the slug demo'),
      }),
    );
    expect(superset.objects.dashboard).toEqual([
      expect.objectContaining({ position_json: null }),
    ]);
    expect(superset.objects.chart.map(each => each.dashboards)).toEqual([
      [],
      [],
    ]);
  });

  it('goes on where a run was cut off, after whichever write', async () => {
    await run();
    const whole = superset.writes;
    const finished = copyOf();
    for (let cut = 1; cut < whole; cut++) {
      Object.values(superset.objects).forEach(all => all.splice(0));
      superset.writeFaults.splice(
        0,
        Infinity,
        ...Array(cut).fill(undefined),
        { status: 403, json: { message: 'Forbidden' } },
      );
      expect((await run()).exitCode).toBe(77);

      expect((await run()).exitCode).toBe(0);

      expect(placedCharts()).toEqual(['Total', 'Rate']);
      expect(
        Object.values(superset.objects).map(all => all.map(({ uuid }) => uuid)),
      ).toEqual(
        Object.values(finished).map(all => all.map(({ uuid }) => uuid)),
      );
      expectNothingChanged(await run());
    }
  });

  it('places charts again when a person deleted the dashboard', async () => {
    await run();
    superset.objects.dashboard.splice(0);
    superset.objects.chart.forEach(each => {
      each.dashboards = [];
    });

    const { report } = await run();

    expect(report!.totals).toMatchObject({ created: 2, unchanged: 4 });
    expect(placedCharts()).toEqual(['Total', 'Rate']);
    const [{ id }] = superset.objects.dashboard;
    expect(superset.objects.chart.map(each => each.dashboards)).toEqual([
      [{ id }],
      [{ id }],
    ]);
  });

  it('tells a layout without a place for charts, and leaves it', async () => {
    await run();
    const strange = JSON.stringify({ ROOT_ID: { id: 'ROOT_ID', type: 'ROOT' } });
    superset.objects.dashboard[0].position_json = strange;

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.changes).toContainEqual({
      kind: 'dashboard layout',
      name: 'Demo',
      action: 'skipped',
      note: 'it has neither a grid nor a tab; add by hand: Total, Rate',
    });
    expect(superset.objects.dashboard[0].position_json).toBe(strange);
  });

  it('signs in again when the token has ended', async () => {
    superset.revoked.add('token-number-0');
    // The first token is given, and taken once for its CSRF token.
    superset.faults.push(undefined, {
      status: 200,
      json: { result: 'csrf-of-token-number-0' },
    });

    const { exitCode, report, log } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(6);
    expect(superset.tokens).toHaveLength(2);
    expect(log).not.toContain('token-number');
  });

  it('signs in again when a write is sent to the sign-in page', async () => {
    superset.writeFaults.push({ status: 302, location: '/login/?next=x' });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(6);
  });

  it('does not need Trino when all datasets are there', async () => {
    makeTable('postgresql.banking.claims');
    await run();
    trino.requests.splice(0);
    trino.starting.splice(0, 1, true);

    expectNothingChanged(await run());
    expect(trino.requests).toEqual([]);
  });

  it('tells no password of the connection', async () => {
    const uri = 'trino://akko:a-secret-of-trino@akko-trino:8080/postgresql';
    await run({ config: config({ database: { uri } }) });

    const outcome = await run({ config: config({ database: { uri } }) });

    expectNothingChanged(outcome);
    expect(outcome.report!.changes![2]).not.toHaveProperty('note');
    expect(outcome.log).not.toContain('a-secret-of-trino');
  });
});

describe('superset-bootstrap meets a fault', () => {
  const forever = (status: number) => Array(99).fill({ status });

  it.each<{
    fault: string;
    options?: any;
    prepare?: () => void;
    code: string;
    exit: number;
    service?: string;
    message: string;
    nextStep: string;
  }>([
    {
      fault: 'a wrong password',
      options: { env: { ...ENV, SUPERSET_PASSWORD: 'another-secret' } },
      code: 'authentication-failed',
      exit: 67,
      service: 'superset',
      message: `superset at ${SUPERSET} answered 401 to: sign the account in (Not authorized).`,
      nextStep: 'superset fab reset-password',
    },
    {
      fault: 'a missing Secret',
      options: { env: { SUPERSET_USER: 'keeper' } },
      code: 'misconfigured',
      exit: 78,
      message:
        "The password of Superset's administrator is missing: Secret akko-superset, key admin-password is not there or empty.",
      nextStep: 'Create it',
    },
    {
      fault: 'an address that is not that of Superset',
      prepare: () => superset.faults.push({ status: 404 }),
      code: 'misconfigured',
      exit: 78,
      service: 'superset',
      message: 'answered 404 to: sign the account in',
      nextStep: 'superset.url',
    },
    {
      fault: 'a proxy that sends to its own sign-in',
      prepare: () =>
        superset.faults.push(undefined, {
          status: 302,
          location: 'https://identity.akko.local/login?rd=x',
        }),
      code: 'authentication-failed',
      exit: 67,
      service: 'superset',
      message: 'redirects to https://identity.akko.local/login?rd=x',
      nextStep: "in Superset's place",
    },
    {
      fault: 'a session that is never taken',
      prepare: () => superset.writeFaults.push(
        { status: 400, json: { errors: [{ message: '400 Bad Request: The CSRF session token is missing.' }] } },
        { status: 400, json: { errors: [{ message: '400 Bad Request: The CSRF session token is missing.' }] } },
      ),
      code: 'authentication-failed',
      exit: 67,
      service: 'superset',
      message: 'The CSRF session token is missing',
      nextStep: 'SECRET_KEY',
    },
    {
      fault: 'a missing right',
      prepare: () => {
        superset.mayCreate = false;
      },
      code: 'permission-denied',
      exit: 77,
      service: 'superset',
      message:
        "answered 403 to: create the database AKKO's Trino! (Forbidden).",
      nextStep: 'missing right',
    },
    {
      fault: '500 forever',
      prepare: () => superset.faults.push(...forever(500)),
      code: 'service-unavailable',
      exit: 69,
      service: 'superset',
      message: `superset at ${SUPERSET} answered 500 to: sign the account in. It was not ready within 1.2 s.`,
      nextStep: 'log of superset',
    },
    {
      fault: '500 to every write',
      prepare: () => superset.writeFaults.push(...forever(500)),
      code: 'service-unavailable',
      exit: 69,
      service: 'superset',
      message: "answered 500 to: create the database AKKO's Trino!.",
      nextStep: 'log of superset',
    },
    {
      fault: 'a Superset that does not reach Trino',
      prepare: () => {
        superset.canConnect = false;
      },
      code: 'service-unavailable',
      exit: 69,
      service: 'superset',
      message: "HTTPConnectionPool(host='akko-trino', port=8080)",
      nextStep: 'database.uri',
    },
    {
      fault: 'a Trino that never starts',
      prepare: () => trino.starting.splice(0, 1, true),
      code: 'service-unavailable',
      exit: 69,
      service: 'trino',
      message: `trino at ${TRINO} answered 503 to: tell whether it has started (it is still starting).`,
      nextStep: 'log of trino',
    },
    {
      fault: 'a table that Trino does not show',
      prepare: () =>
        trino.failures.push({
          errorName: 'PERMISSION_DENIED',
          errorType: 'USER_ERROR',
          message: 'Access Denied: Cannot show columns of table payments',
        }),
      code: 'permission-denied',
      exit: 77,
      service: 'trino',
      message:
        'failed to describe the table postgresql.banking.payments as akko: Access Denied: Cannot show columns of table payments (PERMISSION_DENIED).',
      nextStep: 'grant akko the table',
    },
    {
      fault: 'a service behind Trino that is down',
      prepare: () =>
        trino.failures.push(
          ...Array(99).fill({
            errorName: 'JDBC_ERROR',
            errorType: 'EXTERNAL',
            message: 'Connection to akko-postgresql-data:5432 refused',
          }),
        ),
      code: 'service-unavailable',
      exit: 69,
      service: 'trino',
      message: 'Connection to akko-postgresql-data:5432 refused (JDBC_ERROR)',
      nextStep: 'behind the catalog',
    },
    {
      fault: 'a connection that Superset does not understand',
      prepare: () =>
        superset.writeFaults.push({
          status: 422,
          json: {
            message: { sqlalchemy_uri: ['Invalid connection string'] },
          },
        }),
      code: 'misconfigured',
      exit: 78,
      service: 'superset',
      message: '(sqlalchemy_uri: Invalid connection string)',
      nextStep: 'Check the database in the values',
    },
    {
      fault: 'a UUID that is taken by what the account does not see',
      prepare: () =>
        superset.writeFaults.push(
          ...Array(99).fill({
            status: 422,
            json: { message: 'Database could not be created.' },
          }),
        ),
      code: 'misconfigured',
      exit: 78,
      service: 'superset',
      message: 'Database could not be created.',
      nextStep: 'that the account sees every object',
    },
    {
      fault: 'charts of datasets and dashboards of charts that are not there',
      options: {
        config: config({
          top: {
            datasets: [],
            dashboard: {
              uuid: DASHBOARD,
              slug: 'demo',
              title: 'Demo',
              charts: [CONNECTION],
            },
          },
        }),
      },
      code: 'misconfigured',
      exit: 78,
      message: `charts.0.dataset: there is no dataset ${PAYMENTS}`,
      nextStep: "chart's values",
    },
  ])('$fault is $code', async each => {
    each.prepare?.();

    const { exitCode, report, log } = await run(each.options);

    expect(report).toMatchObject({
      outcome: 'failed',
      error: {
        code: each.code,
        message: expect.stringContaining(each.message),
        nextStep: expect.stringContaining(each.nextStep),
        ...(each.service && { service: each.service }),
      },
    });
    expect(exitCode).toBe(each.exit);
    const told = log + JSON.stringify(report);
    expect(told).not.toContain(PASSWORD);
    expect(told).not.toContain('another-secret');
    expect(told).not.toContain('token-number');
  });

  it.each(['superset', 'trino'])(
    'a %s that is down is waited for, then unavailable',
    async service => {
      const url = `http://127.0.0.1:${await freePort()}`;

      const { exitCode, report, log } = await run({
        config: config({ [service]: { url } }),
      });

      expect(exitCode).toBe(69);
      expect(log).toContain(`waiting for ${service} at ${url}`);
      expect(report!.error).toMatchObject({
        code: 'service-unavailable',
        service,
        message: expect.stringContaining(
          `${service} at ${url} is not reachable: the connection was refused`,
        ),
      });
    },
  );

  it('services that come up slowly are waited for', async () => {
    superset.faults.push({ status: 503 }, undefined, { status: 502 });
    trino.starting.splice(0, 1, true, false);

    const { exitCode, report, log } = await run({
      config: config({ top: { waitSeconds: 20 } }),
    });

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(6);
    expect(log).toContain(`waiting for superset at ${SUPERSET}`);
    expect(log).toContain(`waiting for trino at ${TRINO}`);
  }, 20_000);

  it('a 500 to a write is tried again', async () => {
    superset.writeFaults.push(undefined, { status: 500 });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(6);
  });
});
