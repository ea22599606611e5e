import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

const MINUTES = 60_000;
const PREFIX = ownPrefix();
const OWNER_PASSWORD = 'the-password-of-the-owner';
const SCRIPT = `
CREATE TABLE IF NOT EXISTS runs.notes (id integer PRIMARY KEY, note text);
INSERT INTO runs.notes VALUES (1, 'from the values') ON CONFLICT DO NOTHING;
`;

jest.setTimeout(2 * MINUTES);

describeOnServices('postgres-init on PostgreSQL', () => {
  let peer: PostgresPeer;
  let folder: string;
  beforeAll(() => {
    peer = PostgresPeer.at(
      hostOf('akko-postgresql'),
      secretOf('akko-postgresql', 'postgres-password'),
    );
    folder = mkdtempSync(join(tmpdir(), 'akko-scripts-'));
    writeFileSync(join(folder, 'ensure.sql'), SCRIPT);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await peer.remove(PREFIX);
  });

  const mlflow = `${PREFIX}mlflow`;
  const env = () => ({ ...peer.env, OWNER_PASSWORD });
  const dump = () => dumpOf('akko-postgresql-0', peer, PREFIX);

  function config(overrides: Record<string, unknown> = {}) {
    return {
      waitSeconds: 3,
      postgresql: peer.config(),
      ownerRole: {
        name: `${PREFIX}admin`,
        password: { env: 'OWNER_PASSWORD' },
      },
      databases: [
        { name: `${PREFIX}keycloak` },
        {
          name: mlflow,
          owner: `${PREFIX}mlflow_owner`,
          extensions: ['postgis', 'vector', 'pg_trgm'],
          schemas: ['runs'],
        },
      ],
      scripts: [
        {
          name: 'ensure.sql',
          database: mlflow,
          file: join(folder, 'ensure.sql'),
        },
      ],
      ...overrides,
    };
  }

  const job = {
    command: 'postgres-init',
    peer: () => peer,
    config: (postgresql: unknown) => config({ postgresql }),
    secrets: { OWNER_PASSWORD },
  };

  it(
    'leaves the same state after five runs at once and twenty in a row',
    async () => {
      const first = await expectSteadyState({
        command: 'postgres-init',
        config: config({ waitSeconds: 60 }),
        env: env(),
        dump,
      });

      expect(first.map(({ report }) => report!.totals!.created).sort()).toEqual(
        [0, 0, 0, 0, 8],
      );
      expect(first.map(({ report }) => report!.totals!.updated).sort()).toEqual(
        [0, 0, 0, 0, 1],
      );
      expect(
        await peer.ask(mlflow, "SELECT '[1,2]'::vector <-> '[1,3]'::vector"),
      ).toEqual([[1]]);
      expect(
        await peer.ask(`${PREFIX}keycloak`, 'SELECT current_user', {
          user: `${PREFIX}admin`,
          password: OWNER_PASSWORD,
        }),
      ).toEqual([[`${PREFIX}admin`]]);
    },
    10 * MINUTES,
  );

  it('keeps what a person added and changed', async () => {
    await runJobHere('postgres-init', { config: config(), env: env() });
    await peer.connected(mlflow, client =>
      client.query(`
        UPDATE runs.notes SET note = 'mine';
        CREATE TABLE runs.mine AS SELECT 1 AS id;
        ALTER SCHEMA runs OWNER TO postgres;
        ALTER DATABASE ${mlflow} OWNER TO postgres;
        ALTER ROLE ${PREFIX}admin PASSWORD 'changed by hand'`),
    );
    const before = await dump();

    const outcome = await runJobHere('postgres-init', {
      config: config(),
      env: env(),
    });

    expectNothingChanged(outcome);
    expect(outcome.report!.changes).toContainEqual({
      kind: 'database',
      name: mlflow,
      action: 'unchanged',
      note: 'belongs to postgres, kept',
    });
    expect(await dump()).toBe(before);
  });

  it('plans without changing anything', async () => {
    const before = await dump();
    const { exitCode, report } = await runJobHere('postgres-init', {
      config: config({
        databases: [{ name: `${PREFIX}planned`, extensions: ['postgis'] }],
      }),
      env: env(),
      args: ['--plan'],
    });

    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 2, updated: 1 });
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
          databases: [{ name: `${PREFIX}more` }],
          scripts: [],
        }),
        env: { [PostgresPeer.PASSWORD]: 'of the lesser' },
      }),
    ).toEqual(fault('permission-denied', 77, 'SQLSTATE 42501'));
  });

  it('fails where the server does not have an extension', async () => {
    const databases = [{ name: mlflow, extensions: ['timescaledb'] }];
    expect(await faultOfJob(job, { config: config({ databases }) })).toEqual(
      fault('misconfigured', 78, 'does not have the extension timescaledb'),
    );
  });
});
