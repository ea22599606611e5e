import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fault,
  faultOfJob,
  faultsOfServer,
} from '../../__testUtils__/postgresFaults';
import { PostgresPeer } from '../../__testUtils__/PostgresPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { expectNothingChanged } from '../../__testUtils__/services';

const START_TIMEOUT_MS = 120_000;
const OWNER_PASSWORD = "the owner's password";
const MLFLOW = {
  name: 't_mlflow',
  extensions: ['pg_trgm', 'earthdistance'],
  schemas: ['runs', 'public'],
};

// Every test makes real databases.
jest.setTimeout(60_000);

let peer: PostgresPeer;
let folder: string;
beforeAll(async () => {
  peer = await PostgresPeer.start();
  folder = mkdtempSync(join(tmpdir(), 'akko-scripts-'));
}, START_TIMEOUT_MS);
afterEach(() => peer.remove('t_'));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await peer.stop();
});

function config(overrides: Record<string, unknown> = {}) {
  return {
    waitSeconds: 1.2,
    postgresql: peer.config(),
    ownerRole: {
      name: 't_owner',
      password: {
        env: 'OWNER_PASSWORD',
        secret: 'akko-postgresql',
        key: 'akko-admin-password',
      },
    },
    databases: [MLFLOW],
    ...overrides,
  };
}

const JOB = {
  command: 'postgres-init',
  peer: () => peer,
  config: (postgresql: unknown) => config({ postgresql }),
  secrets: { OWNER_PASSWORD },
};

function run(
  options: {
    config?: unknown;
    env?: Record<string, string>;
    args?: string[];
  } = {},
) {
  return runJobHere('postgres-init', {
    config: config(),
    env: { ...peer.env, OWNER_PASSWORD },
    ...options,
  });
}

/** A script in a file, as the chart mounts it. */
function script(sql: string, database = 't_mlflow') {
  const file = join(folder, 'ensure.sql');
  writeFileSync(file, sql);
  return { name: 'ensure.sql', database, file };
}

/** Everything that the job may make. */
async function state(): Promise<unknown> {
  const databases = await peer.ask(
    'postgres',
    "SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE datname LIKE 't\\_%' ORDER BY 1",
  );
  return {
    roles: await peer.ask(
      'postgres',
      "SELECT rolname, rolcanlogin, rolpassword FROM pg_authid WHERE rolname LIKE 't\\_%' ORDER BY 1",
    ),
    databases: await Promise.all(
      databases.map(async ([name, owner]) => [
        name,
        owner,
        await peer.ask(
          String(name),
          `SELECT extname, extversion FROM pg_extension
           UNION ALL
           SELECT nspname, nspowner::regrole::text FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1`,
        ),
        await peer.ask(
          String(name),
          "SELECT relname, xmin::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
        ),
      ]),
    ),
  };
}

describe('postgres-init', () => {
  it('makes the owner, its databases, and what is in them', async () => {
    const { exitCode, report, log } = await run({
      config: config({ databases: [{ name: 't_keycloak' }, MLFLOW] }),
    });

    expect({ exitCode, log: exitCode ? log : '' }).toEqual({
      exitCode: 0,
      log: '',
    });
    expect(report!.changes).toEqual([
      { kind: 'role', name: 't_owner', action: 'created' },
      { kind: 'database', name: 't_keycloak', action: 'created' },
      { kind: 'database', name: 't_mlflow', action: 'created' },
      { kind: 'extension', name: 't_mlflow/pg_trgm', action: 'created' },
      { kind: 'extension', name: 't_mlflow/earthdistance', action: 'created' },
      { kind: 'schema', name: 't_mlflow/runs', action: 'created' },
      { kind: 'schema', name: 't_mlflow/public', action: 'unchanged' },
    ]);
    expect(await state()).toMatchObject({
      roles: [['t_owner', true, expect.stringMatching(/^SCRAM-SHA-256/)]],
      databases: [
        ['t_keycloak', 't_owner', expect.anything(), []],
        [
          't_mlflow',
          't_owner',
          expect.arrayContaining([
            ['cube', expect.anything()],
            ['runs', 't_owner'],
          ]),
          expect.anything(),
        ],
      ],
    });
    expect(
      await peer.ask(
        't_mlflow',
        "CREATE TABLE runs.mine AS SELECT 'mine' AS whose",
        { user: 't_owner', password: OWNER_PASSWORD },
      ),
    ).toEqual([]);
  });

  it('has nothing to do in a second run, whatever is in the Secret by then', async () => {
    await run();
    const before = await state();

    const outcome = await run({
      env: { ...peer.env, OWNER_PASSWORD: 'another password' },
    });

    expectNothingChanged(outcome);
    expect(
      outcome.report!.changes!.filter(({ note }) => note !== undefined),
    ).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('makes an owner without a login where the Secret has no password for it', async () => {
    const { exitCode, report } = await run({ env: peer.env });

    expect(exitCode).toBe(0);
    expect(report!.changes![0]).toEqual({
      kind: 'role',
      name: 't_owner',
      action: 'created',
      note: 'without a login',
    });
    expect(await state()).toMatchObject({ roles: [['t_owner', false, null]] });

    const later = await run();
    expectNothingChanged(later);
    expect(later.report!.changes).toContainEqual({
      kind: 'role',
      name: 't_owner',
      action: 'unchanged',
      note: 'cannot log in, kept',
    });
  });

  it('gives a database the owner that it names, made without a login', async () => {
    const databases = [{ name: 't_airflow', owner: 't_airflow_owner' }];
    await run({ config: config({ databases }) });

    expect(await state()).toMatchObject({
      roles: [
        ['t_airflow_owner', false, null],
        ['t_owner', true, expect.anything()],
      ],
      databases: [
        ['t_airflow', 't_airflow_owner', expect.anything(), expect.anything()],
      ],
    });
  });

  it('takes names as they are', async () => {
    const name = 't_it\'s "Odd" \\ name';
    const databases = [{ name, schemas: [name], owner: name }];
    expect(await run({ config: config({ databases }) })).toMatchObject({
      exitCode: 0,
    });
    expectNothingChanged(await run({ config: config({ databases }) }));
  });

  it('plans without changing anything', async () => {
    const { exitCode, report } = await run({ args: ['--plan'] });

    expect(exitCode).toBe(0);
    expect(report).toMatchObject({
      plan: true,
      totals: { created: 6, updated: 0, unchanged: 0 },
    });
    expect(await state()).toEqual({ roles: [], databases: [] });

    await run({ config: config({ databases: [{ name: 't_mlflow' }] }) });
    const before = await state();
    const second = await run({ args: ['--plan'] });
    expect(second.report!.totals).toMatchObject({ created: 3, unchanged: 3 });
    expect(await state()).toEqual(before);
  });

  it('keeps what a person made otherwise', async () => {
    await peer.ask('postgres', "CREATE ROLE t_person LOGIN PASSWORD 'x'");
    await peer.ask('postgres', 'CREATE DATABASE t_mlflow OWNER t_person');
    await peer.ask('t_mlflow', 'CREATE SCHEMA runs');

    const { report } = await run();

    expect(report!.changes).toContainEqual({
      kind: 'database',
      name: 't_mlflow',
      action: 'unchanged',
      note: 'belongs to t_person, kept',
    });
    expect(report!.changes).toContainEqual({
      kind: 'schema',
      name: 't_mlflow/runs',
      action: 'unchanged',
    });
    const before = await state();
    expectNothingChanged(await run());
    expect(await state()).toEqual(before);
  });

  it('gives what it adds to a database to its owner as it is', async () => {
    await peer.ask('postgres', 'CREATE ROLE t_person');
    await peer.ask('postgres', 'CREATE DATABASE t_mlflow OWNER t_person');

    await run();

    expect(await state()).toMatchObject({
      databases: [
        [
          't_mlflow',
          't_person',
          expect.arrayContaining([['runs', 't_person']]),
          expect.anything(),
        ],
      ],
    });
  });

  it('does no harm when five run at once on a fresh server', async () => {
    const wanted = config({
      waitSeconds: 30,
      scripts: [script('CREATE TABLE IF NOT EXISTS once (); TABLE once')],
    });
    const outcomes = await Promise.all(
      [1, 2, 3, 4, 5].map(() => run({ config: wanted })),
    );

    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    expect(
      outcomes.map(({ report }) => report!.totals!.created).sort(),
    ).toEqual([0, 0, 0, 0, 5]);
    expectNothingChanged(await run({ config: wanted }));
  });

  describe('with a script', () => {
    const table = 'CREATE TABLE IF NOT EXISTS notes (id integer);';
    const entry = { kind: 'script', name: 't_mlflow/ensure.sql' };

    it('runs it after everything else, and tells whether it changed anything', async () => {
      const scripts = [script(`-- Notes\n${table}\nSELECT 'it''s \\ $$';`)];
      const first = await run({ config: config({ scripts }) });
      expect(first.report!.changes).toContainEqual({
        ...entry,
        action: 'updated',
      });

      const second = await run({ config: config({ scripts }) });
      expectNothingChanged(second);
      expect(second.report!.changes).toContainEqual({
        ...entry,
        action: 'unchanged',
      });
    });

    it.each(['', '-- Nothing is needed.\n/* Nothing at all. */\n'])(
      'finds nothing to do in %j',
      async sql => {
        const { exitCode, report } = await run({
          config: config({ scripts: [script(sql)] }),
        });
        expect(exitCode).toBe(0);
        expect(report!.changes).toContainEqual({
          ...entry,
          action: 'unchanged',
        });
      },
    );

    it('tries it in a plan, and takes it back', async () => {
      await run();
      const before = await state();

      const { report } = await run({
        config: config({ scripts: [script(table)] }),
        args: ['--plan'],
      });

      expect(report!.changes![0]).toEqual({ ...entry, action: 'updated' });
      expect(await state()).toEqual(before);
      const other = await run({
        config: config({ scripts: [script('SELECT 1')] }),
        args: ['--plan'],
      });
      expect(other.report!.totals).toMatchObject({ updated: 0 });
    });

    it('does not try it in a plan before what it may need is there', async () => {
      const { exitCode, report } = await run({
        config: config({ scripts: [script('TABLE runs.missing')] }),
        args: ['--plan'],
      });
      expect(exitCode).toBe(0);
      expect(report!.changes).toContainEqual({
        ...entry,
        action: 'updated',
        note: 'not tried: other things would be changed before',
      });
    });

    it.each([
      {
        name: 'that is not SQL',
        sql: `${table} CREATE TABEL other ()`,
        message: 'syntax error',
      },
      {
        name: 'whose second statement fails',
        sql: `${table} INSERT INTO nowhere VALUES (1)`,
        message: 'relation "nowhere" does not exist',
      },
      {
        name: 'that ends the transaction',
        sql: `${table} COMMIT`,
        message: 'transaction commands',
      },
      {
        name: 'that breaks a rule which is checked at its end',
        sql: 'CREATE TABLE notes (id integer UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO notes VALUES (1), (1)',
        message: 'duplicate key',
      },
    ])('keeps nothing of one $name', async ({ sql, message }) => {
      await run();
      const before = await state();
      for (const args of [[], ['--plan']]) {
        expect(
          await faultOfJob(JOB, {
            config: config({ scripts: [script(sql)] }),
            args,
          }),
        ).toEqual({
          ...fault('misconfigured', 78, ''),
          message: expect.stringMatching(
            new RegExp(`run the script ensure.sql in t_mlflow: .*${message}`),
          ),
        });
      }
      expect(await state()).toEqual(before);
    });
  });

  it.each(faultsOfServer(JOB))('meets $name', async ({ meet, expected }) => {
    expect(await meet()).toEqual(expected);
  });

  describe('meets a fault', () => {
    it('a server that goes away in the middle', async () => {
      await run();
      const scripts = [script('SELECT pg_terminate_backend(pg_backend_pid())')];
      expect(await faultOfJob(JOB, { config: config({ scripts }) })).toEqual(
        fault('service-unavailable', 69, 'terminating connection'),
      );
    });

    it.each(['NOSUPERUSER', 'NOSUPERUSER CREATEROLE'])(
      'an account that may not make databases: %s',
      async rights => {
        await peer.ask(
          'postgres',
          `CREATE ROLE t_lesser LOGIN ${rights} PASSWORD 'of the lesser'`,
        );
        const before = await state();
        const owner = rights.endsWith('CREATEROLE') ? 't_lesser' : 't_owner';
        expect(
          await faultOfJob(JOB, {
            config: config({
              postgresql: peer.config({ user: 't_lesser' }),
              ownerRole: { name: owner },
            }),
            env: { [PostgresPeer.PASSWORD]: 'of the lesser' },
          }),
        ).toEqual(fault('permission-denied', 77, 'SQLSTATE 42501'));
        expect(await state()).toEqual(before);
      },
    );

    it.each(['to do it', '--plan'])(
      'an extension that the server does not have (%s)',
      async word => {
        const args = word === '--plan' ? [word] : [];
        const databases = [{ name: 't_mlflow', extensions: ['postgis'] }];
        expect(
          await faultOfJob(JOB, { config: config({ databases }), args }),
        ).toEqual(
          fault('misconfigured', 78, 'does not have the extension postgis'),
        );
      },
    );

    it('a script for a database that is nowhere', async () => {
      expect(
        await faultOfJob(JOB, {
          config: config({ scripts: [script('SELECT 1', 't_nowhere')] }),
        }),
      ).toEqual(fault('misconfigured', 78, 'for the database t_nowhere'));
      expect(await state()).toEqual({ roles: [], databases: [] });
    });

    it('a script that is not mounted', async () => {
      expect(
        await faultOfJob(JOB, {
          config: config({
            scripts: [{ ...script(''), file: join(folder, 'gone.sql') }],
          }),
        }),
      ).toEqual(fault('misconfigured', 78, 'gone.sql: ENOENT'));
    });

    it('a name that PostgreSQL would cut off', async () => {
      const databases = [{ name: `t_${'é'.repeat(31)}` }];
      expect(await faultOfJob(JOB, { config: config({ databases }) })).toEqual(
        fault('misconfigured', 78, 'at most 63 bytes'),
      );
    });
  });
});
