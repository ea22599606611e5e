import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakePostgresTools } from '../../__testUtils__/FakePostgresTools';
import { ObjectPeer } from '../../__testUtils__/ObjectPeer';
import {
  fault,
  faultOfJob,
  faultsOfServer,
} from '../../__testUtils__/postgresFaults';
import { PostgresPeer } from '../../__testUtils__/PostgresPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { PEER_ENV, peerConfig } from '../../__testUtils__/storageOf';
import { newBackupId } from '../../backups/backupId';

const START_TIMEOUT_MS = 120_000;
const ODD_NAME = "t_odd =name/../'";

jest.setTimeout(60_000);

let peer: PostgresPeer;
let tools: FakePostgresTools;
let folder: string;
beforeAll(async () => {
  peer = await PostgresPeer.start();
  tools = new FakePostgresTools();
  await peer.ask('postgres', 'CREATE DATABASE t_mlflow');
  await peer.ask(
    't_mlflow',
    `CREATE SCHEMA runs; CREATE EXTENSION pg_trgm;
     CREATE TABLE runs.metrics AS SELECT generate_series(1, 7) AS n;
     CREATE TABLE runs.empty (n int);
     SELECT lo_from_bytea(0, 'one'), lo_from_bytea(0, 'two')`,
  );
  await peer.ask('postgres', `CREATE DATABASE "${ODD_NAME}"`);
}, START_TIMEOUT_MS);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'akko-volume-'));
  tools.install();
  tools.behave({});
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(async () => {
  tools.remove();
  await peer.stop();
});

function config(
  overrides: Record<string, unknown> = {},
  postgresql: any = peer.config(),
) {
  return {
    waitSeconds: 1.2,
    servers: [{ name: 'infra', ...postgresql }],
    databases: { include: ['t_mlflow'] },
    target: { type: 'directory', path: folder },
    retention: 2,
    ...overrides,
  };
}

const JOB = {
  command: 'backup postgres',
  peer: () => peer,
  config: (postgresql: unknown) => config({}, postgresql),
};

function run(overrides: Record<string, unknown> = {}, args: string[] = []) {
  return runJobHere('backup postgres', {
    config: config(overrides),
    env: { ...peer.env, ...PEER_ENV },
    args,
  });
}

async function runWell(overrides: Record<string, unknown> = {}) {
  const { exitCode, report, log } = await run(overrides);
  expect({ exitCode, log: exitCode ? log : '' }).toEqual({
    exitCode: 0,
    log: '',
  });
  return { backup: report!.backup!, changes: report!.changes!, log };
}

function manifestOf(id: string) {
  return JSON.parse(readFileSync(join(folder, id, 'manifest.json'), 'utf8'));
}

describe('backup-postgres', () => {
  it('dumps roles and databases, with what is in them', async () => {
    const { backup, changes } = await runWell();

    expect(backup).toMatchObject({
      location: join(folder, backup.id),
      itemCount: 2,
      kept: 1,
      pruned: 0,
      verified: true,
      level: 'readable',
      toolVersion: 'pg_dump (PostgreSQL) 18.4',
      serverVersion: expect.stringMatching(/^infra 18\./),
      items: [
        { name: 'infra/roles', bytes: 20 },
        { name: 'infra/t_mlflow', bytes: 5 },
      ],
    });
    expect(changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'roles dump infra',
      'database dump infra/t_mlflow',
      `backup ${backup.id}`,
    ]);
    expect(readdirSync(folder)).toEqual([backup.id]);
    expect(manifestOf(backup.id)).toMatchObject({
      schema: 'akko.io/backup/v1',
      kind: 'postgres',
      id: backup.id,
      servers: [{ name: 'infra', address: `${peer.host}:${peer.port}` }],
      items: [
        { type: 'globals', file: 'infra/globals.sql' },
        {
          type: 'database',
          server: 'infra',
          database: 't_mlflow',
          file: 'infra/databases/t_mlflow.dump',
          locale: { encoding: 'UTF8' },
          contents: {
            tables: [
              { schema: 'runs', name: 'empty', rows: 0 },
              { schema: 'runs', name: 'metrics', rows: 7 },
            ],
            largeObjects: 2,
            extensions: [{ name: 'pg_trgm' }, { name: 'plpgsql' }],
          },
        },
      ],
    });
    // The group of the volume can prune it, others cannot read it.
    const modes = ['', 'infra/databases', 'infra/databases/t_mlflow.dump'].map(
      path =>
        (statSync(join(folder, backup.id, path)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['770', '770', '640']);
  });

  it('dumps what is in the snapshot that it counts', async () => {
    await runWell();
    const dump = tools.calls.find(({ tool }) => tool === 'pg_dump')!;
    expect(dump.args).toContainEqual(
      expect.stringMatching(/^--snapshot=[0-9A-F-]+$/),
    );
  });

  it('gives no tool a password or the name of a database as an argument', async () => {
    await runWell();
    expect(tools.calls.map(({ tool }) => tool)).toEqual([
      'pg_dumpall',
      'pg_dump',
      'pg_restore',
    ]);
    const args = tools.calls.flatMap(call => call.args).join(' ');
    expect(args).not.toContain(peer.password);
    expect(args).not.toContain('t_mlflow');
    expect(tools.calls[1].env.PGPASSWORD).toBe(peer.password);
  });

  it('takes all databases but those that are excluded and scratches, whatever they are called', async () => {
    const scratch = `akko_drill_${newBackupId().toLowerCase()}`;
    await peer.ask('postgres', `CREATE DATABASE "${scratch}"`);
    try {
      const { backup, changes } = await runWell({
        databases: { exclude: ['t_mlflow'] },
      });
      expect(backup.items!.map(({ name }) => name)).toEqual([
        'infra/roles',
        'infra/postgres',
        `infra/${ODD_NAME}`,
      ]);
      expect(readdirSync(join(folder, backup.id, 'infra/databases'))).toEqual([
        'postgres.dump',
        't_odd%20%3Dname%2F..%2F%27.dump',
      ]);
      expect(changes).toContainEqual(
        expect.objectContaining({
          name: `infra/${scratch}`,
          action: 'skipped',
        }),
      );
    } finally {
      await peer.remove('akko_drill_');
    }
  });

  it('prunes by count, and tells what', async () => {
    const ids: string[] = [];
    const told: unknown[] = [];
    for (let index = 0; index < 4; index++) {
      const { backup, changes } = await runWell();
      ids.push(backup.id);
      told.push([
        backup.kept,
        backup.pruned,
        changes.filter(({ kind }) => kind === 'old backup'),
      ]);
    }
    const removed = (name: string) => [
      {
        kind: 'old backup',
        name,
        action: 'updated',
        note: 'removed: the newest 2 are kept',
      },
    ];
    expect(told).toEqual([
      [1, 0, []],
      [2, 0, []],
      [2, 1, removed(ids[0])],
      [2, 1, removed(ids[1])],
    ]);
    expect(readdirSync(folder)).toEqual(ids.slice(2));
  });

  it('does no harm to another run at the same time', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => runWell()));
    const ids = runs.map(({ backup }) => backup.id).sort();
    expect(readdirSync(folder)).toEqual(ids.slice(1));
  });

  it('says in a plan what it would dump and prune, and does nothing', async () => {
    const { backup } = await runWell();
    const { report } = await run({ retention: 1 }, ['--plan']);
    expect(report).toMatchObject({ plan: true, outcome: 'succeeded' });
    expect(report!.changes!.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      [
        'roles dump infra',
        'database dump infra/t_mlflow',
        'backup new',
        `old backup ${backup.id}`,
      ],
    );
    expect(readdirSync(folder)).toEqual([backup.id]);
  });

  it('puts the same into an object storage', async () => {
    const storage = await ObjectPeer.start();
    storage.buckets.set('akko-backups', new Map());
    try {
      const target = {
        type: 's3',
        objectStorage: peerConfig(storage.endpoint),
        bucket: 'akko-backups',
        prefix: '/postgres/',
      };
      const { backup } = await runWell({ target, retention: 1 });
      const { backup: next } = await runWell({ target, retention: 1 });
      expect(backup.location).toBe(`s3://akko-backups/postgres/${backup.id}`);
      expect(next).toMatchObject({ kept: 1, pruned: 1 });
      expect(storage.keys('akko-backups')).toEqual(
        [
          'infra/databases/t_mlflow.dump',
          'infra/globals.sql',
          'manifest.json',
        ].map(file => `postgres/${next.id}/${file}`),
      );
    } finally {
      await storage.stop();
    }
  });

  it('dumps once more when a dump fails', async () => {
    tools.behave({ failing: 'pg_dump', once: true, stderr: 'relation gone' });
    const { log } = await runWell();
    expect(log).toContain('once more from the beginning');
    expect(log).toContain('relation gone');
  });

  it('leaves a database out that is dropped meanwhile', async () => {
    await peer.ask('postgres', 'CREATE DATABASE t_short_lived');
    tools.behave({ failing: 'pg_dump', stderr: 'database gone' });
    const dropping = run({ databases: { include: ['t_short_lived'] } });
    await until(() => tools.calls.some(({ tool }) => tool === 'pg_dump'));
    await peer.remove('t_short_lived');
    const { exitCode, report } = await dropping;
    expect(exitCode).toBe(0);
    expect(report!.changes).toContainEqual({
      kind: 'database dump',
      name: 'infra/t_short_lived',
      action: 'skipped',
      note: 'was dropped meanwhile',
    });
  });
});

describe('a backup that fails leaves the ones that are there, and nothing else', () => {
  let before: string;
  beforeEach(async () => {
    before = (await runWell({ retention: 1 })).backup.id;
  });
  afterEach(() => {
    expect(readdirSync(folder)).toEqual([before]);
  });

  it.each([
    {
      behaviour: { failing: 'pg_dump', stderr: 'no idea' },
      code: 'internal',
      exitCode: 70,
      words: 'ended with exit code 3: no idea',
    },
    {
      behaviour: { failing: 'pg_dump', signal: 'SIGKILL' },
      code: 'internal',
      exitCode: 70,
      words: 'was ended by SIGKILL',
    },
    {
      behaviour: { failing: 'pg_dump', stderr: 'ERROR: permission denied' },
      code: 'permission-denied',
      exitCode: 77,
      words: 'permission denied',
    },
    {
      behaviour: { failing: 'pg_dumpall', exitCode: 1, stderr: 'roles!' },
      code: 'internal',
      exitCode: 70,
      words: 'pg_dumpall, which was to dump the roles',
    },
  ])(
    'when a tool fails: $words',
    async ({ behaviour, code, exitCode, words }) => {
      tools.behave(behaviour);
      expect(await faultOfJob(JOB)).toEqual(fault(code, exitCode, words));
    },
  );

  it('when a dump cannot be read', async () => {
    tools.behave({ magic: 'something else' });
    expect(await faultOfJob(JOB)).toEqual(
      fault('internal', 70, 'not appear to be a valid archive'),
    );
  });

  it('when the tools are not there', async () => {
    tools.hideAll();
    expect(await faultOfJob(JOB)).toEqual(
      fault('misconfigured', 78, 'pg_dump cannot be started: it is not there'),
    );
  });

  it('when the tools are older than the server', async () => {
    tools.behave({ version: '17.6' });
    expect(await faultOfJob(JOB)).toEqual(
      fault(
        'misconfigured',
        78,
        'pg_dump (PostgreSQL) 17.6 is older than PostgreSQL 18',
      ),
    );
  });

  it('when a database is missing that is asked for', async () => {
    const asked = config({ databases: { include: ['t_mlflow', 't_none'] } });
    expect(await faultOfJob(JOB, { config: asked })).toEqual(
      fault('not-found', 66, 'There is no database t_none'),
    );
  });

  it('when the account may not read', async () => {
    await peer.ask(
      'postgres',
      "CREATE ROLE t_reader LOGIN PASSWORD 'reader-password'",
    );
    const asked = config(
      {},
      { ...peer.config(), user: 't_reader', database: 'postgres' },
    );
    expect(
      await faultOfJob(JOB, {
        config: asked,
        env: { [PostgresPeer.PASSWORD]: 'reader-password' },
      }),
    ).toEqual(fault('permission-denied', 77, 'permission denied'));
  });

  it('when it shall stop, also when a tool does not', async () => {
    tools.behave({ failing: 'pg_dump', hangs: true });
    const stop = new AbortController();
    const running = runJobHere('backup postgres', {
      config: config(),
      env: peer.env,
      stop: stop.signal,
    });
    await until(() => tools.calls.some(({ tool }) => tool === 'pg_dump'));
    stop.abort('SIGTERM');
    const { exitCode, report } = await running;
    expect(exitCode).toBe(143);
    expect(report!.error).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('dumping the database t_mlflow'),
    });
  });
});

it.each(faultsOfServer(JOB))('meets $name', async ({ meet, expected }) => {
  expect(await meet()).toEqual(expected);
});

/** Waits for a condition. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(done => setImmediate(done));
  }
}
