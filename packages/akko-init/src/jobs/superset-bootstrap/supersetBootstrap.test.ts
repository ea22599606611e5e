import { expectNothingChanged } from '../../__testUtils__/services';
import {
  BootstrapPeers,
  config,
  CONNECTION,
  DASHBOARD,
  LATER,
  QUERIES,
  run,
  TOTAL,
} from '../../__testUtils__/supersetBootstrapFixture';

const peers = new BootstrapPeers().useInTests();

function layoutOf(dashboard = peers.superset.objects.dashboard[0]): any {
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
  const [dashboard] = peers.superset.objects.dashboard;
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
  peers.superset.objects.chart.find(
    ({ slice_name }) => slice_name === name,
  )!.dashboards = [];
}

const copyOf = () => structuredClone(peers.superset.objects);

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
    const { database, dataset, chart, dashboard } = peers.superset.objects;
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
    const { writes } = peers.superset;
    const before = copyOf();

    const outcome = await run();

    expectNothingChanged(outcome);
    expect(outcome.report!.totals!.skipped).toBe(2);
    expect(
      outcome.report!.changes!.filter(
        ({ action, note }) => action === 'unchanged' && note,
      ),
    ).toEqual([]);
    expect(peers.superset.writes).toBe(writes);
    expect(copyOf()).toEqual(before);
  });

  it('plans without changing anything', async () => {
    const onFresh = await run({ args: ['--plan'] });
    expect(onFresh.exitCode).toBe(0);
    expect(onFresh.report!.totals).toMatchObject({ created: 6, skipped: 2 });
    expect(peers.superset.writes).toBe(0);

    await run();
    peers.makeTable('postgresql.banking.claims');
    const { writes } = peers.superset;

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
    expect(peers.superset.writes).toBe(writes);
  });

  it('leaves one of each when five run at once on a fresh Superset', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => run()));

    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    const { database, dataset, chart, dashboard } = peers.superset.objects;
    expect(
      [database, dataset, chart, dashboard].map(all => all.length),
    ).toEqual([1, 1, 2, 1]);
    const made = outcomes.flatMap(({ report }) =>
      report!.changes!.filter(({ action }) => action === 'created'),
    );
    expect(made.filter(({ kind }) => kind !== 'dashboard layout')).toHaveLength(
      5,
    );
    expect(placedCharts()).toEqual(['Total', 'Rate']);
    expectNothingChanged(await run());
  });

  it('makes nothing that charts need when no table is there, and no dashboard without charts', async () => {
    peers.trino.tables.clear();

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 1, skipped: 6 });
    expect(peers.superset.objects.dashboard).toEqual([]);
  });

  it('defers a table that Trino has and Superset does not find', async () => {
    peers.superset.tables.clear();

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
    peers.trino.failures.push({
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
    peers.superset.objects.dashboard[0].position_json = JSON.stringify(layout);
    peers.makeTable('postgresql.banking.claims');

    const { report } = await run();

    expect(report!.totals).toMatchObject({ created: 2, updated: 1 });
    const { GRID_ID: grid, ...parts } = layoutOf();
    expect(grid.children).toEqual([...layout.GRID_ID.children, `ROW-${LATER}`]);
    expect(parts).toMatchObject({
      [`CHART-${TOTAL}`]: layout[`CHART-${TOTAL}`],
      'MARKDOWN-by-hand': layout['MARKDOWN-by-hand'],
    });
    expectNothingChanged(await run());
  });

  it('keeps what a person changed, and says in what it differs', async () => {
    await run();
    const { database, dataset, chart, dashboard } = peers.superset.objects;
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
        .map(({ note }) =>
          note!.replace('differs from the values, kept: ', ''),
        ),
    ).toEqual(['name, uri', 'table', 'slug, title', 'name, params', 'vizType']);
  });

  it('leaves off the dashboard what a person took off', async () => {
    await run();
    takeOff('Rate');
    peers.makeTable('postgresql.banking.claims');

    await run();
    const outcome = await run();

    expect(placedCharts()).toEqual(['Total', 'Claims']);
    expectNothingChanged(outcome);
    expect(outcome.report!.changes).toContainEqual(
      expect.objectContaining({ note: 'taken off by hand, kept so: Rate' }),
    );
  });

  it('takes connection, dataset and chart that a person made first', async () => {
    const connection = peers.superset.add('database', {
      database_name: "AKKO's Trino!",
      sqlalchemy_uri: 'trino://somebody@akko-trino:8080/postgresql',
    });
    const dataset = peers.superset.add('dataset', {
      database: { id: connection.id },
      catalog: 'postgresql',
      schema: 'banking',
      table_name: 'payments',
    });
    peers.superset.add('chart', {
      slice_name: 'Total',
      viz_type: 'table',
      params: '{}',
      datasource_id: 999,
      dashboards: [],
    });
    const chart = peers.superset.add('chart', {
      slice_name: 'Total',
      viz_type: 'table',
      params: '{}',
      datasource_id: dataset.id,
      dashboards: [{ id: 999 }],
    });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 3, unchanged: 3 });
    expect(peers.superset.objects.database).toHaveLength(1);
    expect(peers.superset.objects.dataset).toHaveLength(1);
    expect(peers.superset.objects.chart).toHaveLength(3);
    const [dashboard] = peers.superset.objects.dashboard;
    expect(chart).toMatchObject({
      viz_type: 'table',
      dashboards: [{ id: 999 }, { id: dashboard.id }],
    });
    expect(placedCharts()).toEqual(['Total', 'Rate']);
    expectNothingChanged(await run());
  });

  it("adds nothing to a person's dashboard of the same slug", async () => {
    peers.superset.add('dashboard', {
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
    expect(peers.superset.objects.dashboard).toEqual([
      expect.objectContaining({ position_json: null }),
    ]);
    expect(peers.superset.objects.chart.map(each => each.dashboards)).toEqual([
      [],
      [],
    ]);
  });

  it('goes on where a run was cut off, after whichever write', async () => {
    await run();
    const whole = peers.superset.writes;
    const finished = copyOf();
    for (let cut = 1; cut < whole; cut++) {
      Object.values(peers.superset.objects).forEach(all => all.splice(0));
      peers.superset.writeFaults.splice(
        0,
        Infinity,
        ...Array(cut).fill(undefined),
        { status: 403, json: { message: 'Forbidden' } },
      );
      expect((await run()).exitCode).toBe(77);

      expect((await run()).exitCode).toBe(0);

      expect(placedCharts()).toEqual(['Total', 'Rate']);
      expect(
        Object.values(peers.superset.objects).map(all =>
          all.map(({ uuid }) => uuid),
        ),
      ).toEqual(
        Object.values(finished).map(all => all.map(({ uuid }) => uuid)),
      );
      expectNothingChanged(await run());
    }
  });

  it('places charts again when a person deleted the dashboard', async () => {
    await run();
    peers.superset.objects.dashboard.splice(0);
    peers.superset.objects.chart.forEach(each => {
      each.dashboards = [];
    });

    const { report } = await run();

    expect(report!.totals).toMatchObject({ created: 2, unchanged: 4 });
    expect(placedCharts()).toEqual(['Total', 'Rate']);
    const [{ id }] = peers.superset.objects.dashboard;
    expect(peers.superset.objects.chart.map(each => each.dashboards)).toEqual([
      [{ id }],
      [{ id }],
    ]);
  });

  it('tells a layout without a place for charts, and leaves it', async () => {
    await run();
    const strange = JSON.stringify({
      ROOT_ID: { id: 'ROOT_ID', type: 'ROOT' },
    });
    peers.superset.objects.dashboard[0].position_json = strange;

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.changes).toContainEqual({
      kind: 'dashboard layout',
      name: 'Demo',
      action: 'skipped',
      note: 'it has neither a grid nor a tab; add by hand: Total, Rate',
    });
    expect(peers.superset.objects.dashboard[0].position_json).toBe(strange);
  });

  it('signs in again when the token has ended', async () => {
    peers.superset.revoked.add('token-number-0');
    // The first token is given, and taken once for its CSRF token.
    peers.superset.faults.push(undefined, {
      status: 200,
      json: { result: 'csrf-of-token-number-0' },
    });

    const { exitCode, report, log } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(6);
    expect(peers.superset.tokens).toHaveLength(2);
    expect(log).not.toContain('token-number');
  });

  it('signs in again when a write is sent to the sign-in page', async () => {
    peers.superset.writeFaults.push({
      status: 302,
      location: '/login/?next=x',
    });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(6);
  });

  it('does not need Trino when all datasets are there', async () => {
    peers.makeTable('postgresql.banking.claims');
    await run();
    peers.trino.requests.splice(0);
    peers.trino.starting.splice(0, 1, true);

    expectNothingChanged(await run());
    expect(peers.trino.requests).toEqual([]);
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
