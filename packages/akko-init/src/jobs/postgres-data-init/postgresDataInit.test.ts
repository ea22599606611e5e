import {
  fault,
  faultOfJob,
  faultsOfServer,
} from '../../__testUtils__/postgresFaults';
import { PostgresPeer } from '../../__testUtils__/PostgresPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { expectNothingChanged } from '../../__testUtils__/services';

const START_TIMEOUT_MS = 120_000;
const BANKING = {
  name: 't_banking',
  extensions: [],
  schemas: ['banking'],
  demo: 'banking',
};
const HEALTHCARE = {
  name: 't_healthcare',
  extensions: [],
  demo: 'healthcare',
};

// Every test makes real databases.
jest.setTimeout(60_000);

let peer: PostgresPeer;
beforeAll(async () => {
  peer = await PostgresPeer.start();
}, START_TIMEOUT_MS);
afterEach(() => peer.remove('t_'));
afterAll(() => peer.stop());

/** This server has neither PostGIS nor pgvector. */
function config(overrides: Record<string, unknown> = {}) {
  return {
    waitSeconds: 1.2,
    postgresql: peer.config(),
    ownerRole: { name: 't_owner' },
    databases: [BANKING],
    ...overrides,
  };
}

const JOB = {
  command: 'postgres-data-init',
  peer: () => peer,
  config: (postgresql: unknown) => config({ postgresql }),
};

function run(options: { config?: unknown; args?: string[] } = {}) {
  return runJobHere('postgres-data-init', {
    config: config(),
    env: peer.env,
    ...options,
  });
}

/** Every row of the demo tables, and when it was written. */
async function contents(database: string, schema: string): Promise<string> {
  const tables = await peer.ask(
    database,
    `SELECT tablename, tableowner, obj_description(format('%I.%I', schemaname, tablename)::regclass)
       FROM pg_tables WHERE schemaname IN ('${schema}', 'akko_init') ORDER BY 1`,
  );
  const rows = await Promise.all(
    tables.map(([table]) =>
      peer.ask(
        database,
        `SELECT xmin::text, t::text FROM ${
          table === 'seeds' ? 'akko_init' : schema
        }.${table} AS t ORDER BY 2`,
      ),
    ),
  );
  return JSON.stringify([tables, rows]);
}

const entry = { kind: 'demo data', name: 't_banking/banking' };

describe('postgres-data-init', () => {
  it('makes databases, schemas and demo data', async () => {
    const { exitCode, report, log } = await run({
      config: config({ databases: [BANKING, HEALTHCARE] }),
    });

    expect({ exitCode, log: exitCode ? log : '' }).toEqual({
      exitCode: 0,
      log: '',
    });
    expect(report!.changes!.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      [
        'role t_owner',
        'database t_banking',
        'schema t_banking/banking',
        'demo data t_banking/banking',
        'database t_healthcare',
        'demo data t_healthcare/healthcare',
      ],
    );
    expect(report!.totals).toMatchObject({ created: 6 });
    expect(
      await peer.ask(
        't_healthcare',
        "SELECT count(*)::int, pg_get_userbyid((SELECT nspowner FROM pg_namespace WHERE nspname = 'healthcare')) FROM healthcare.demo_measurements",
      ),
    ).toEqual([[270, 't_owner']]);
  });

  it('makes demo data that says so, belongs to the owner, and shows fraud to a dashboard', async () => {
    await run();

    expect(
      await peer.ask(
        't_banking',
        `SELECT tablename, tableowner, left(obj_description(format('banking.%I', tablename)::regclass), 24)
           FROM pg_tables WHERE schemaname = 'banking' ORDER BY 1`,
      ),
    ).toEqual(
      ['demo_accounts', 'demo_customers', 'demo_transactions'].map(name => [
        name,
        't_owner',
        'AKKO demo data: invented',
      ]),
    );
    const [[rows, frauds, categories, countries, usual, suspicious]] =
      (await peer.ask(
        't_banking',
        `SELECT count(*)::int, (count(*) FILTER (WHERE is_fraud))::int, count(DISTINCT category)::int, count(DISTINCT country)::int,
                (avg(amount) FILTER (WHERE NOT is_fraud))::float, (avg(amount) FILTER (WHERE is_fraud))::float
           FROM banking.demo_transactions`,
      )) as number[][];
    expect(rows).toBe(400);
    expect(frauds).toBeGreaterThan(15);
    expect(frauds).toBeLessThan(60);
    expect(categories).toBe(7);
    expect(countries).toBe(9);
    expect(suspicious).toBeGreaterThan(5 * usual);
  });

  it('makes the same data in every database', async () => {
    const databases = ['t_one', 't_two'].map(name => ({ ...BANKING, name }));
    await run({ config: config({ databases }) });

    const [one, two] = await Promise.all(
      databases.map(({ name }) =>
        peer.ask(
          name,
          `SELECT md5(string_agg(t::text, ',' ORDER BY transaction_id)) FROM banking.demo_transactions t`,
        ),
      ),
    );
    expect(one).toEqual(two);
  });

  it('has nothing to do in a second run', async () => {
    await run();
    const before = await contents('t_banking', 'banking');

    expectNothingChanged(await run());
    expect(await contents('t_banking', 'banking')).toBe(before);
  });

  it('does no harm when five run at once on a fresh server', async () => {
    const wanted = config({ waitSeconds: 30 });
    const outcomes = await Promise.all(
      [1, 2, 3, 4, 5].map(() => run({ config: wanted })),
    );

    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    expect(
      outcomes.map(({ report }) => report!.totals!.created).sort(),
    ).toEqual([0, 0, 0, 0, 4]);
  });

  it('plans without changing anything', async () => {
    const fresh = await run({ args: ['--plan'] });
    expect(fresh.report!.totals).toMatchObject({ created: 4, updated: 0 });
    expect(
      await peer.ask(
        'postgres',
        "SELECT FROM pg_database WHERE datname LIKE 't\\_%'",
      ),
    ).toEqual([]);

    await run({ config: config({ demoData: false }) });
    const second = await run({ args: ['--plan'] });
    expect(second.report!.totals).toMatchObject({ created: 1, unchanged: 3 });
    expect(await contents('t_banking', 'banking')).toBe('[[],[]]');
  });

  it('makes no demo data where it is switched off', async () => {
    const { exitCode, report } = await run({
      config: config({ demoData: false }),
    });
    expect(exitCode).toBe(0);
    expect(report!.changes!.map(({ kind }) => kind)).not.toContain('demo data');
    expect(await contents('t_banking', 'banking')).toBe('[[],[]]');
  });

  it('keeps what a person changed, added and deleted in it', async () => {
    await run();
    await peer.connected('t_banking', client =>
      client.query(`
        UPDATE banking.demo_customers SET name = 'Mine' WHERE customer_id = 1;
        DELETE FROM banking.demo_transactions WHERE is_fraud;
        ALTER TABLE banking.demo_accounts ADD COLUMN remark text;
        CREATE TABLE banking.mine AS SELECT 1 AS id`),
    );
    const before = await contents('t_banking', 'banking');

    expectNothingChanged(await run());
    expect(await contents('t_banking', 'banking')).toBe(before);
  });

  it('does not bring back what a person dropped', async () => {
    await run();
    await peer.ask('t_banking', 'DROP TABLE banking.demo_transactions');
    const first = await run();
    expectNothingChanged(first);
    expect(first.report!.changes).toContainEqual({
      ...entry,
      action: 'unchanged',
      note: 'demo_transactions: dropped by hand, stays away',
    });

    await peer.ask('t_banking', 'DROP SCHEMA banking CASCADE');
    const { report } = await run();
    // The schema itself is in the values.
    expect(report!.totals).toMatchObject({ created: 1, updated: 0 });
    expect(
      await peer.ask(
        't_banking',
        "SELECT FROM pg_tables WHERE schemaname = 'banking'",
      ),
    ).toEqual([]);
  });

  it('makes none beside a table of the same name that is there', async () => {
    await peer.ask('postgres', 'CREATE DATABASE t_banking');
    await peer.connected('t_banking', client =>
      client.query(
        'CREATE SCHEMA banking; CREATE TABLE banking.demo_accounts AS SELECT 1 AS mine',
      ),
    );
    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.changes).toContainEqual({
      ...entry,
      action: 'unchanged',
      note: 'demo_accounts: there already, kept',
    });
    expect(
      await peer.ask('t_banking', 'SELECT * FROM banking.demo_accounts'),
    ).toEqual([[1]]);
    expectNothingChanged(await run());
  });

  it('keeps nothing of demo data that could not be made as a whole', async () => {
    await run({ config: config({ demoData: false }) });
    await peer.connected('t_banking', client =>
      client.query("CREATE TYPE banking.demo_transactions AS ENUM ('mine')"),
    );
    const { exitCode } = await run();
    expect(exitCode).not.toBe(0);
    expect(await contents('t_banking', 'banking')).toBe('[[],[]]');

    await peer.ask('t_banking', 'DROP TYPE banking.demo_transactions');
    const { report } = await run();
    expect(report!.totals).toMatchObject({ created: 1 });
  });

  it('leaves out demo data whose extension the database shall not get', async () => {
    const { exitCode, report } = await run({
      config: config({
        databases: [
          { name: 't_geospatial', extensions: [], demo: 'geospatial' },
          { name: 't_rag', extensions: [], demo: 'rag' },
        ],
      }),
    });
    expect(exitCode).toBe(0);
    expect(
      report!.changes!.filter(({ action }) => action === 'skipped'),
    ).toEqual([
      {
        kind: 'demo data',
        name: 't_geospatial/geospatial',
        action: 'skipped',
        note: "needs postgis, not among the database's extensions",
      },
      {
        kind: 'demo data',
        name: 't_rag/rag',
        action: 'skipped',
        note: "needs vector, not among the database's extensions",
      },
    ]);
  });

  it.each(faultsOfServer(JOB))('meets $name', async ({ meet, expected }) => {
    expect(await meet()).toEqual(expected);
  });

  it('fails on a server without the extensions that databases get unless told otherwise', async () => {
    expect(
      await faultOfJob(JOB, {
        config: config({ databases: [{ name: 't_rag' }] }),
      }),
    ).toEqual(
      fault(
        'misconfigured',
        78,
        'does not have the extension postgis that the database t_rag shall get',
      ),
    );
  });

  it('fails as an account that may not make the demo data, and leaves nothing of it', async () => {
    await run({ config: config({ demoData: false }) });
    await peer.ask(
      'postgres',
      "CREATE ROLE t_lesser LOGIN PASSWORD 'of the lesser'",
    );
    expect(
      await faultOfJob(JOB, {
        config: config({ postgresql: peer.config({ user: 't_lesser' }) }),
        env: { [PostgresPeer.PASSWORD]: 'of the lesser' },
      }),
    ).toEqual(
      fault(
        'permission-denied',
        77,
        'refused to make the demo data of banking',
      ),
    );
    expect(await contents('t_banking', 'banking')).toBe('[[],[]]');
  });
});
