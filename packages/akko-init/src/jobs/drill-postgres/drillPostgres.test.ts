import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakePostgresTools } from '../../__testUtils__/FakePostgresTools';
import {
  fault,
  faultOfJob,
  faultsOfServer,
} from '../../__testUtils__/postgresFaults';
import { PostgresPeer } from '../../__testUtils__/PostgresPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { newBackupId } from '../../backups/backupId';

const START_TIMEOUT_MS = 120_000;
const CONTENTS = `
  CREATE SCHEMA runs; CREATE EXTENSION pg_trgm;
  CREATE TABLE runs.metrics AS SELECT generate_series(1, 7) AS n;
  SELECT lo_from_bytea(0, 'one')`;
const GOOD = { dumps: { t_mlflow: CONTENTS } };

jest.setTimeout(60_000);

let peer: PostgresPeer;
let tools: FakePostgresTools;
let folder: string;
/** Two backups, the older one first. */
let ids: string[];
beforeAll(async () => {
  peer = await PostgresPeer.start();
  tools = new FakePostgresTools();
  await peer.ask('postgres', 'CREATE DATABASE t_mlflow');
  await peer.ask('t_mlflow', CONTENTS);
}, START_TIMEOUT_MS);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'akko-volume-'));
  tools.install();
  tools.behave(GOOD);
  ids = [];
  for (let index = 0; index < 2; index++) {
    const { report } = await runJobHere('backup postgres', {
      config: backupConfig(),
      env: peer.env,
    });
    ids.push(report!.backup!.id);
  }
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await peer.remove('akko_drill_');
});
afterAll(async () => {
  tools.remove();
  await peer.stop();
});

function backupConfig() {
  return {
    waitSeconds: 1.2,
    servers: [{ name: 'infra', ...peer.config() }],
    databases: { include: ['t_mlflow'] },
    target: { type: 'directory', path: folder },
  };
}

function config(scratch: unknown = peer.config(), overrides = {}) {
  return { ...backupConfig(), scratch, ...overrides };
}

const JOB = { command: 'drill postgres', peer: () => peer, config };

function run(overrides: Record<string, unknown> = {}, args: string[] = []) {
  return runJobHere('drill postgres', {
    config: config(peer.config(), overrides),
    env: peer.env,
    args,
  });
}

async function databases(): Promise<unknown[]> {
  const rows = await peer.ask(
    'postgres',
    'SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1',
  );
  return rows.flat();
}

const dumpOf = (id: string) =>
  join(folder, id, 'infra/databases/t_mlflow.dump');

/** As if the database had had more in it when it was dumped. */
function changeManifest(id: string, change: (contents: any) => void) {
  const file = join(folder, id, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  change(manifest.items[1].contents);
  writeFileSync(file, JSON.stringify(manifest));
}

describe('drill-postgres', () => {
  it('restores the newest backup, finds it equal, and leaves nothing', async () => {
    const { exitCode, report, log } = await run();

    expect({ exitCode, log: exitCode ? log : '' }).toEqual({
      exitCode: 0,
      log: '',
    });
    expect(report!.backup).toMatchObject({
      id: ids[1],
      location: join(folder, ids[1]),
      itemCount: 1,
      items: [{ name: 'infra/t_mlflow' }],
      verified: true,
      level: 'restored',
      toolVersion: 'pg_restore (PostgreSQL) 18.4',
      restoreSeconds: expect.any(Number),
    });
    expect(report!.backup!.restoreSeconds).toBeGreaterThan(0);
    expect(await databases()).toEqual(['postgres', 't_mlflow']);
  });

  it('restores without owners and privileges, and never the roles', async () => {
    tools.behave(GOOD);
    await run();
    const [restore] = tools.calls.filter(
      ({ args }) => !args.includes('--list'),
    );
    expect(restore.args).toEqual(
      expect.arrayContaining([
        '--exit-on-error',
        '--no-owner',
        '--no-privileges',
      ]),
    );
    expect(tools.calls.map(({ tool }) => tool)).not.toContain('pg_dumpall');
  });

  it('proves the backup that is named', async () => {
    const { report } = await run({ backup: ids[0] });
    expect(report!.backup!.id).toBe(ids[0]);
  });

  it('says in a plan what it would restore, and does nothing', async () => {
    tools.behave(GOOD);
    const { report } = await run({}, ['--plan']);
    expect(report).toMatchObject({
      plan: true,
      changes: [
        {
          kind: 'test restore',
          name: 'infra/t_mlflow',
          action: 'created',
          note: `of ${ids[1]}`,
        },
      ],
    });
    expect(tools.calls).toEqual([]);
  });

  it('drops what a killed drill left, and not what a running one works with', async () => {
    const [left, used, mine] = [
      `akko_drill_${newBackupId().toLowerCase()}`,
      `akko_drill_${newBackupId().toLowerCase()}`,
      'akko_drill_results',
    ];
    for (const name of [left, used, mine]) {
      await peer.ask('postgres', `CREATE DATABASE "${name}"`);
    }
    await peer.connected('postgres', async client => {
      await client.query(
        "SELECT pg_advisory_lock(hashtext('akko-init drill'), hashtext($1))",
        [used],
      );
      const { exitCode, log } = await run();
      expect(exitCode).toBe(0);
      expect(log).toContain(`dropped the database ${left}`);
    });
    expect(await databases()).toEqual(
      [mine, used, 'postgres', 't_mlflow'].sort(),
    );
  });
});

describe('a drill of a backup that is not good', () => {
  afterEach(async () => {
    // The scratch is gone whatever happened, and the backups are untouched.
    expect(await databases()).toEqual(['postgres', 't_mlflow']);
    expect(readdirSync(folder)).toEqual(ids);
  });

  it('names the file that has changed', async () => {
    appendFileSync(dumpOf(ids[1]), 'more');
    expect(await faultOfJob(JOB)).toEqual(
      fault(
        'conflict',
        65,
        'infra/databases/t_mlflow.dump has 156 bytes instead of 152',
      ),
    );
    const text = readFileSync(dumpOf(ids[1]), 'utf8');
    writeFileSync(
      dumpOf(ids[1]),
      text.slice(0, -4).replace('metrics', 'metrixs'),
    );
    expect(await faultOfJob(JOB)).toEqual(
      fault('conflict', 65, 'infra/databases/t_mlflow.dump has other content'),
    );
  });

  it('names the file that is missing', async () => {
    rmSync(dumpOf(ids[1]));
    expect(await faultOfJob(JOB)).toEqual(
      fault('conflict', 65, 'a file is not there any more (ENOENT)'),
    );
  });

  it('says what the restored database lacks', async () => {
    changeManifest(ids[1], contents => {
      contents.tables[0].rows = 8;
      contents.tables.push({ schema: 'runs', name: 'params', rows: 1 });
      contents.largeObjects = 2;
      contents.extensions.push({ name: 'postgis', version: '3.5' });
    });
    const { exitCode, report } = await run();
    expect(exitCode).toBe(65);
    expect(report).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'conflict',
        message: `The backup ${join(
          folder,
          ids[1],
        )} is not what its manifest says: infra/t_mlflow: table runs.metrics has 7 rows instead of 8; infra/t_mlflow: table runs.params is missing; infra/t_mlflow: the number of large objects is 1 instead of 2; infra/t_mlflow: extension postgis is missing.`,
        nextStep: expect.stringContaining('Do not rely on this backup'),
      },
    });
    // Which one, and nothing good of it.
    expect(report!.backup).toEqual({
      id: ids[1],
      location: join(folder, ids[1]),
    });
  });

  it.each([
    {
      behaviour: { failing: 'pg_restore', stderr: 'cannot execute it' },
      code: 'conflict',
      exitCode: 65,
      words:
        'pg_restore, which was to restore infra/databases/t_mlflow.dump, ended with exit code 3: cannot execute it',
    },
    {
      behaviour: {
        failing: 'pg_restore',
        stderr: 'ERROR: extension "postgis" is not available',
      },
      code: 'misconfigured',
      exitCode: 78,
      words: 'extension "postgis" is not available',
    },
    {
      behaviour: { version: '17.6' },
      code: 'misconfigured',
      exitCode: 78,
      words:
        'pg_restore (PostgreSQL) 17.6 is older than pg_dump (PostgreSQL) 18.4',
    },
  ])(
    'fails when it cannot be restored: $words',
    async ({ behaviour, code, exitCode, words }) => {
      tools.behave(behaviour);
      expect(await faultOfJob(JOB)).toEqual(fault(code, exitCode, words));
    },
  );

  it('fails when the named one is not there, and says which are', async () => {
    const named = config(peer.config(), { backup: newBackupId() });
    expect(await faultOfJob(JOB, { config: named })).toEqual(
      fault('not-found', 66, `there are ${ids.join(', ')}`),
    );
  });

  it('drops the scratch also when it shall stop', async () => {
    tools.behave({ failing: 'pg_restore', hangs: true });
    const stop = new AbortController();
    const running = runJobHere('drill postgres', {
      config: config(),
      env: peer.env,
      stop: stop.signal,
    });
    const isRestoring = () =>
      tools.calls.some(({ args }) => !args.includes('--list'));
    while (!isRestoring()) {
      await new Promise(done => setImmediate(done));
    }
    stop.abort('SIGTERM');
    const { exitCode, report } = await running;
    expect(exitCode).toBe(143);
    expect(report!.error!.message).toContain(
      'restoring infra/databases/t_mlflow.dump',
    );
  });
});

describe('a drill without any backup', () => {
  it('says so', async () => {
    rmSync(folder, { recursive: true });
    expect(await faultOfJob(JOB)).toEqual(
      fault('not-found', 66, `There is no finished backup at ${folder}`),
    );
  });
});

it.each(faultsOfServer(JOB))('meets $name', async ({ meet, expected }) => {
  expect(await meet()).toEqual(expected);
});
