import {
  fault,
  faultOfJob,
  faultsOfServer,
} from '../../__testUtils__/postgresFaults';
import { PostgresPeer } from '../../__testUtils__/PostgresPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { expectNothingChanged } from '../../__testUtils__/services';
import { aiFunctions } from './functions';
import { checksumOf, traitsOf } from './functionTraits';

const START_TIMEOUT_MS = 120_000;
const KEY = 'sk-the-key-of-the-test';
const FUNCTIONS = aiFunctions({ schema: 'akko_ai' });
const SENTIMENT = FUNCTIONS.find(({ name }) => name === 'akko_ai_sentiment')!;
const settingsEntry = { kind: 'AI settings', name: 't_data/akko_ai.settings' };
const sentimentEntry = {
  kind: 'function',
  name: 't_data/akko_ai.akko_ai_sentiment',
};

// Every test makes real databases.
jest.setTimeout(60_000);

let peer: PostgresPeer;
beforeAll(async () => {
  peer = await PostgresPeer.start();
}, START_TIMEOUT_MS);
beforeEach(async () => {
  await peer.ask('postgres', "CREATE ROLE t_owner LOGIN PASSWORD 'of-the-one'");
  await peer.ask(
    'postgres',
    "CREATE ROLE t_analyst LOGIN PASSWORD 'of-the-other'",
  );
  await peer.ask('postgres', 'CREATE DATABASE t_data OWNER t_owner');
  // This server has no Python: functions of this language are stored as they would be, but cannot be called.
  await peer.ask(
    't_data',
    'CREATE LANGUAGE plpython3u HANDLER plpgsql_call_handler',
  );
});
afterEach(() => peer.remove('t_'));
afterAll(() => peer.stop());

function config(
  overrides: Record<string, unknown> = {},
  llm: Record<string, unknown> = {},
) {
  return {
    waitSeconds: 1.2,
    postgresql: peer.config(),
    databases: ['t_data'],
    llm: {
      // Nobody is there, and nobody is asked.
      url: 'http://127.0.0.1:9/v1/',
      key: { env: 'LITELLM_KEY', secret: 'akko-litellm', key: 'master-key' },
      ...llm,
    },
    ...overrides,
  };
}

const JOB = {
  command: 'ai-functions',
  peer: () => peer,
  config: (postgresql: unknown) => config({ postgresql }),
  secrets: { LITELLM_KEY: KEY },
};

function run(
  options: {
    config?: unknown;
    env?: Record<string, string>;
    args?: string[];
  } = {},
) {
  return runJobHere('ai-functions', {
    config: config(),
    env: { ...peer.env, LITELLM_KEY: KEY },
    ...options,
  });
}

async function settings(): Promise<Record<string, unknown>> {
  const rows = await peer.ask(
    't_data',
    'SELECT name, value FROM akko_ai.settings',
  );
  return Object.fromEntries(rows);
}

/** Everything that the job made, with who may use it. */
async function state(): Promise<unknown> {
  return peer.ask(
    't_data',
    `SELECT nspname, nspacl::text, NULL, NULL FROM pg_namespace WHERE nspname LIKE 'akko%'
     UNION ALL
     SELECT proname, proacl::text, prosrc, p.xmin::text FROM pg_proc p WHERE proname LIKE 'akko%' OR pronamespace::regnamespace::text = 'akko_ai'
     UNION ALL
     SELECT relname, relacl::text, NULL, xmin::text FROM pg_class WHERE relnamespace::regnamespace::text = 'akko_ai'
     ORDER BY 1`,
  );
}

const owner = { user: 't_owner', password: 'of-the-one' };
const analyst = { user: 't_analyst', password: 'of-the-other' };

/** What the server says to somebody who calls a function: here it gets as far as the missing Python, or is stopped before. */
function call(login: { user: string; password: string }): Promise<string> {
  return peer.ask('t_data', "SELECT akko_ai.akko_ai_pii('x')", login).then(
    () => 'called',
    error => (error.code === '42501' ? error.message : 'called'),
  );
}

describe('ai-functions', () => {
  it('installs settings and functions, while the language models are down', async () => {
    const { exitCode, report, log } = await run();

    expect({ exitCode, log: exitCode ? log : '' }).toEqual({
      exitCode: 0,
      log: '',
    });
    expect(report!.changes).toEqual([
      { kind: 'schema', name: 't_data/akko_ai', action: 'created' },
      { ...settingsEntry, action: 'created' },
      ...FUNCTIONS.map(({ name }) => ({
        kind: 'function',
        name: `t_data/akko_ai.${name}`,
        action: 'created',
      })),
      { kind: 'extension', name: 't_data/plpython3u', action: 'unchanged' },
    ]);
    expect(await settings()).toEqual({
      url: 'http://127.0.0.1:9/v1',
      key: KEY,
      chat_model: 'qwen2.5:3b',
      sql_model: 'qwen2.5-coder:7b',
      embedding_model: 'nomic-embed-text',
      timeout_seconds: '30',
    });
    expect(log).not.toContain(KEY);
  });

  it('has nothing to do in a second run', async () => {
    await run();
    const before = await state();

    expectNothingChanged(await run());
    expect(await state()).toEqual(before);
  });

  it('does no harm when five run at once on a fresh database', async () => {
    const outcomes = await Promise.all(
      [1, 2, 3, 4, 5].map(() => run({ config: config({ waitSeconds: 30 }) })),
    );

    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    expect(
      outcomes.map(({ report }) => report!.totals!.created).sort(),
    ).toEqual([0, 0, 0, 0, 2 + FUNCTIONS.length]);
    expectNothingChanged(await run());
  });

  it('plans without changing anything', async () => {
    const fresh = await run({ args: ['--plan'] });
    expect(fresh.report!.totals).toMatchObject({
      created: 2 + FUNCTIONS.length,
      unchanged: 1,
    });
    expect(await state()).toEqual([]);

    await run();
    await peer.ask('t_data', 'DROP FUNCTION akko_ai.akko_ai_pii(text)');
    const before = [await state(), await settings()];
    const second = await run({
      args: ['--plan'],
      config: config({ callers: ['t_analyst'] }, { chatModel: 'other' }),
    });
    expect(second.report!.totals).toMatchObject({ created: 2, updated: 1 });
    expect([await state(), await settings()]).toEqual(before);
  });

  it('says in a plan that it cannot look into a database that is not there yet', async () => {
    const { exitCode, report } = await run({
      args: ['--plan'],
      config: config({ databases: ['t_later'] }),
    });
    expect(exitCode).toBe(0);
    expect(report!.changes).toEqual([
      {
        kind: 'database',
        name: 't_later',
        action: 'skipped',
        note: 'not there yet: the plan cannot look into it',
      },
    ]);
  });

  it('takes over a key that was changed in the Secret, without the line break at its end', async () => {
    await run();
    const { report, log } = await run({
      env: { ...peer.env, LITELLM_KEY: 'sk-the-next-key\n' },
    });

    expect(report!.totals).toMatchObject({ created: 0, updated: 1 });
    expect(report!.changes![0]).toEqual({
      ...settingsEntry,
      action: 'updated',
      note: 'key from the values',
    });
    expect(await settings()).toMatchObject({ key: 'sk-the-next-key' });
    expect(log + JSON.stringify(report)).not.toContain('sk-the-next-key');
  });

  it('takes over models and times that the values changed', async () => {
    await run();
    const { report } = await run({
      config: config({}, { chatModel: 'llama3', timeoutSeconds: 5 }),
    });

    expect(report!.changes![0]).toEqual({
      ...settingsEntry,
      action: 'updated',
      note: 'chat_model, timeout_seconds from the values',
    });
    expect(await settings()).toMatchObject({
      chat_model: 'llama3',
      timeout_seconds: '5',
    });
  });

  it('keeps a model and a time that a person set, but no address', async () => {
    await run();
    await peer.connected('t_data', client =>
      client.query(`
        UPDATE akko_ai.settings SET value = 'mine' WHERE name IN ('chat_model', 'url');
        UPDATE akko_ai.settings SET value = '3' WHERE name = 'timeout_seconds';
        DELETE FROM akko_ai.settings WHERE name = 'sql_model';
        INSERT INTO akko_ai.settings (name, value) VALUES ('of_mine', 'stays')`),
    );
    const { report } = await run({
      config: config({}, { chatModel: 'llama3' }),
    });

    expect(report!.changes![0]).toEqual({
      ...settingsEntry,
      action: 'updated',
      note: 'url, sql_model from the values; chat_model, timeout_seconds set by hand, kept',
    });
    expect(await settings()).toMatchObject({
      url: 'http://127.0.0.1:9/v1',
      chat_model: 'mine',
      sql_model: 'qwen2.5-coder:7b',
      timeout_seconds: '3',
      of_mine: 'stays',
    });
    expectNothingChanged(
      await run({ config: config({}, { chatModel: 'llama3' }) }),
    );
  });

  it('lets the owner of the database call and let others call; nobody but superusers reads the settings', async () => {
    await run();

    expect(await call(owner)).toBe('called');
    expect(await call(analyst)).toBe('permission denied for schema akko_ai');
    await peer.ask('t_data', 'GRANT USAGE ON SCHEMA akko_ai TO t_analyst', {
      ...owner,
    });
    expect(await call(analyst)).toBe(
      'permission denied for function akko_ai_pii',
    );
    await peer.ask(
      't_data',
      'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA akko_ai TO t_analyst',
      owner,
    );
    expect(await call(analyst)).toBe('called');
    for (const login of [owner, analyst]) {
      await expect(
        peer.ask('t_data', 'SELECT value FROM akko_ai.settings', login),
      ).rejects.toThrow('permission denied for table settings');
    }

    expectNothingChanged(await run());
    expect(await call(analyst)).toBe('called');
  });

  it.each(['t_analyst', 'PUBLIC'])(
    'lets %s call where the values say so',
    async caller => {
      await run();
      const callers = config({ callers: [caller] });
      const { report } = await run({ config: callers });

      expect(report!.changes![0]).toEqual({
        kind: 'right to call AI functions',
        name: `t_data/${caller}`,
        action: 'created',
      });
      expect(await call(analyst)).toBe('called');
      expectNothingChanged(await run({ config: callers }));
      await run();
      expect(await call(analyst)).toBe('called');
    },
  );

  describe('on a function that is there', () => {
    const body = 'return "of an older version"';

    async function replace(by: string, comment?: string) {
      await peer.connected('t_data', client =>
        client.query(
          `CREATE OR REPLACE FUNCTION akko_ai.akko_ai_sentiment(text text) RETURNS text LANGUAGE plpython3u
             STRICT SECURITY DEFINER COST 1000000 SET search_path = pg_catalog, pg_temp AS '${by}'
           ${
             comment === undefined
               ? ''
               : `; COMMENT ON FUNCTION akko_ai.akko_ai_sentiment IS '${comment}'`
           }`,
        ),
      );
    }

    it('brings one of an older version up to date, with the rights it has', async () => {
      await run({ config: config({ callers: ['t_analyst'] }) });
      const fresh = await state();
      const checksum = checksumOf({ ...traitsOf(SENTIMENT), body });
      await replace(body, `Older. (akko-init sha256:${checksum})`);

      const { report } = await run();

      expect(report!.totals).toMatchObject({ created: 0, updated: 1 });
      expect(report!.changes![0]).toEqual({
        ...sentimentEntry,
        action: 'updated',
      });
      const withoutTransactions = (rows: unknown) =>
        (rows as unknown[][]).map(row => row.slice(0, 3));
      expect(withoutTransactions(await state())).toEqual(
        withoutTransactions(fresh),
      );
      expectNothingChanged(await run());
    });

    it.each([
      { case: 'under our comment', comment: undefined },
      { case: 'without a comment', comment: '' },
      { case: 'with a comment of their own', comment: 'Mine.' },
    ])('keeps one that a person replaced $case', async ({ comment }) => {
      await run();
      await replace('return "mine"', comment);
      const before = await state();

      const outcome = await run();

      expectNothingChanged(outcome);
      expect(outcome.report!.changes).toContainEqual({
        ...sentimentEntry,
        action: 'unchanged',
        note: 'replaced by hand, kept',
      });
      expect(await state()).toEqual(before);
    });

    it('keeps one whose way of running a person changed', async () => {
      await run();
      await peer.ask(
        't_data',
        'ALTER FUNCTION akko_ai.akko_ai_sentiment SECURITY INVOKER',
      );
      const outcome = await run();

      expectNothingChanged(outcome);
      expect(outcome.report!.changes).toContainEqual({
        ...sentimentEntry,
        action: 'unchanged',
        note: 'replaced by hand, kept',
      });
    });

    it('keeps one with another result, which only DROP could change', async () => {
      await run();
      await peer.ask('t_data', 'DROP FUNCTION akko_ai.akko_ai_embed(text)');
      await peer.ask(
        't_data',
        "CREATE FUNCTION akko_ai.akko_ai_embed(text text) RETURNS text LANGUAGE plpython3u AS 'return 1'",
      );
      const outcome = await run();

      expectNothingChanged(outcome);
      expect(outcome.report!.changes).toContainEqual({
        kind: 'function',
        name: 't_data/akko_ai.akko_ai_embed',
        action: 'unchanged',
        note: 'returns text, kept; drop it to have real[]',
      });
    });

    it('keeps one of the same name with other arguments beside it', async () => {
      await run();
      await peer.ask(
        't_data',
        "CREATE FUNCTION akko_ai.akko_ai_sentiment(text text, mine integer) RETURNS text LANGUAGE plpython3u AS 'return 1'",
      );
      const before = await state();

      expectNothingChanged(await run());
      expect(await state()).toEqual(before);
    });
  });

  it.each(faultsOfServer(JOB))('meets $name', async ({ meet, expected }) => {
    expect(await meet()).toEqual(expected);
  });

  describe('meets a fault', () => {
    it('a missing key', async () => {
      expect(await faultOfJob(JOB, { env: peer.env })).toEqual(
        fault(
          'misconfigured',
          78,
          'Secret akko-litellm, key master-key is not there',
        ),
      );
    });

    it.each(['to do it', '--plan'])(
      'an account that is no superuser (%s)',
      async word => {
        expect(
          await faultOfJob(JOB, {
            config: config({ postgresql: peer.config({ user: 't_owner' }) }),
            env: { [PostgresPeer.PASSWORD]: 'of-the-one', LITELLM_KEY: KEY },
            args: word === '--plan' ? [word] : [],
          }),
        ).toEqual(fault('permission-denied', 77, 't_owner is none'));
        expect(await state()).toEqual([]);
      },
    );

    it('a server without PL/Python', async () => {
      await peer.ask('t_data', 'DROP LANGUAGE plpython3u');
      expect(await faultOfJob(JOB)).toEqual(
        fault(
          'misconfigured',
          78,
          'refused to create the extension plpython3u in t_data',
        ),
      );
    });

    it.each([
      {
        name: 'a database',
        overrides: { databases: ['t_nowhere'] },
        expected: fault('not-found', 66, 'database "t_nowhere" does not exist'),
      },
      {
        name: 'a caller',
        overrides: { callers: ['t_nobody'] },
        expected: fault('misconfigured', 78, 'has no role t_nobody'),
      },
    ])('$name that is not there', async ({ overrides, expected }) => {
      expect(await faultOfJob(JOB, { config: config(overrides) })).toEqual(
        expected,
      );
    });

    it.each([
      'CREATE SCHEMA akko_ai AUTHORIZATION t_analyst',
      'CREATE SCHEMA akko_ai; GRANT CREATE ON SCHEMA akko_ai TO PUBLIC',
      'CREATE SCHEMA akko_ai; CREATE TABLE akko_ai.settings (name text PRIMARY KEY, value text, installed text); ALTER TABLE akko_ai.settings OWNER TO t_analyst',
      'CREATE SCHEMA akko_ai; CREATE TABLE akko_ai.settings (name text PRIMARY KEY, value text, installed text); GRANT SELECT ON akko_ai.settings TO PUBLIC',
    ])('a place where others could read the key: %s', async trap => {
      await peer.connected('t_data', client => client.query(trap));
      const before = await state();
      expect(await faultOfJob(JOB)).toEqual(
        fault('conflict', 65, 'the key is not written there'),
      );
      expect(await state()).toEqual(before);
    });
  });
});
