import { dumpOf, ownPrefix } from '../../__testUtils__/pgDump';
import {
  fault,
  faultOfJob,
  faultsOfServer,
} from '../../__testUtils__/postgresFaults';
import { PostgresPeer } from '../../__testUtils__/PostgresPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';
import {
  describeOnServices,
  expectNothingChanged,
  expectSteadyState,
  hostOf,
  secretOf,
} from '../../__testUtils__/services';
import { DEMO_NAMES } from './demo';

const MINUTES = 60_000;
const PREFIX = ownPrefix();

jest.setTimeout(2 * MINUTES);

describeOnServices('postgres-data-init on PostgreSQL', () => {
  let peer: PostgresPeer;
  beforeAll(() => {
    peer = PostgresPeer.at(
      hostOf('akko-postgresql-data'),
      secretOf('akko-postgresql-data', 'postgres-password'),
    );
  });
  afterAll(() => peer.remove(PREFIX));

  const database = (name: string) => `${PREFIX}${name}`;
  const dump = () => dumpOf('akko-postgresql-data-0', peer, PREFIX);

  function config(overrides: Record<string, unknown> = {}) {
    return {
      waitSeconds: 3,
      postgresql: peer.config(),
      ownerRole: { name: `${PREFIX}admin` },
      // Extensions as they are unless told otherwise: PostGIS and pgvector.
      databases: DEMO_NAMES.map(name => ({
        name: database(name),
        schemas: [name],
        demo: name,
      })),
      ...overrides,
    };
  }

  const job = {
    command: 'postgres-data-init',
    peer: () => peer,
    config: (postgresql: unknown) => config({ postgresql }),
  };

  it(
    'leaves the same state after five runs at once and twenty in a row',
    async () => {
      const first = await expectSteadyState({
        command: 'postgres-data-init',
        config: config({ waitSeconds: 60 }),
        env: peer.env,
        dump,
      });

      // The role, and for each database itself, two extensions, a schema, demo data.
      expect(first.map(({ report }) => report!.totals!.created).sort()).toEqual(
        [0, 0, 0, 0, 1 + 4 * 5],
      );
    },
    10 * MINUTES,
  );

  it('makes demo data that PostGIS and pgvector can work with', async () => {
    await runJobHere('postgres-data-init', { config: config(), env: peer.env });

    const [[inside, places]] = (await peer.ask(
      database('geospatial'),
      `SELECT count(*) FILTER (WHERE EXISTS (SELECT FROM geospatial.demo_districts d WHERE ST_Covers(d.area, p.location)))::int, count(*)::int
         FROM geospatial.demo_places p`,
    )) as number[][];
    expect([inside, places]).toEqual([80, 80]);
    expect(
      await peer.ask(
        database('rag'),
        `SELECT document_id FROM rag.demo_documents ORDER BY topics <=> '[0, 1, 0]', document_id LIMIT 2`,
      ),
    ).toEqual([[4], [5]]);
    await peer.connected(database('rag'), async client => {
      const vector = `[${Array(768).fill(0.1)}]`;
      await client.query('BEGIN');
      const { rowCount } = await client.query(
        'UPDATE rag.demo_documents SET embedding = $1',
        [vector],
      );
      await client.query('ROLLBACK');
      expect(rowCount).toBe(8);
    });
  });

  it('keeps what a person changed, added and dropped', async () => {
    await runJobHere('postgres-data-init', { config: config(), env: peer.env });
    await peer.connected(database('banking'), client =>
      client.query(`
        UPDATE banking.demo_transactions SET is_fraud = true WHERE transaction_id = 1;
        INSERT INTO banking.demo_customers VALUES (1000, 'Mine', 'mine', 'FR', '2026-01-01');
        CREATE TABLE banking.mine AS SELECT 1 AS id`),
    );
    await peer.ask(
      database('geospatial'),
      'DROP TABLE geospatial.demo_districts',
    );
    const before = await dump();

    expectNothingChanged(
      await runJobHere('postgres-data-init', {
        config: config(),
        env: peer.env,
      }),
    );
    expect(await dump()).toBe(before);
  });

  it('plans without changing anything', async () => {
    const before = await dump();
    const { exitCode, report } = await runJobHere('postgres-data-init', {
      config: config({
        databases: [{ name: database('planned'), demo: 'rag' }],
      }),
      env: peer.env,
      args: ['--plan'],
    });

    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 4, updated: 0 });
    expect(await dump()).toBe(before);
  });

  it.each(faultsOfServer(job))('meets $name', async ({ meet, expected }) => {
    expect(await meet()).toEqual(expected);
  });

  it('fails as an account that may not make databases', async () => {
    const lesser = `${PREFIX}lesser`;
    await peer.ask(
      'postgres',
      `CREATE ROLE ${lesser} LOGIN PASSWORD 'of the lesser'`,
    );
    expect(
      await faultOfJob(job, {
        config: config({
          postgresql: peer.config({ user: lesser }),
          ownerRole: { name: lesser },
          databases: [{ name: database('more') }],
        }),
        env: { [PostgresPeer.PASSWORD]: 'of the lesser' },
      }),
    ).toEqual(fault('permission-denied', 77, 'SQLSTATE 42501'));
  });
});
