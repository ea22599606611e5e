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
/** A database with pgvector, and one without. */
const RAG = `${PREFIX}rag`;
const PLAIN = `${PREFIX}plain`;
const ANALYST = { user: `${PREFIX}analyst`, password: 'of the analyst' };

jest.setTimeout(5 * MINUTES);

describeOnServices('ai-functions on PostgreSQL and LiteLLM', () => {
  let peer: PostgresPeer;
  let key: string;
  beforeAll(async () => {
    peer = PostgresPeer.at(
      hostOf('akko-postgresql-data'),
      secretOf('akko-postgresql-data', 'postgres-password'),
    );
    key = secretOf('akko-litellm', 'master-key');
    await peer.ask(
      'postgres',
      `CREATE ROLE ${ANALYST.user} LOGIN PASSWORD '${ANALYST.password}'`,
    );
    for (const database of [RAG, PLAIN]) {
      await peer.ask('postgres', `CREATE DATABASE ${database}`);
    }
    await peer.ask(RAG, 'CREATE EXTENSION vector');
  });
  afterAll(() => peer.remove(PREFIX));

  function config(overrides: Record<string, unknown> = {}) {
    return {
      waitSeconds: 3,
      postgresql: peer.config(),
      databases: [RAG, PLAIN],
      callers: [ANALYST.user],
      llm: {
        // As the server in its pod reaches it.
        url: 'http://akko-akko-litellm:4000/v1',
        key: { env: 'LITELLM_KEY', secret: 'akko-litellm', key: 'master-key' },
        timeoutSeconds: 60,
      },
      ...overrides,
    };
  }

  const env = () => ({ ...peer.env, LITELLM_KEY: key });
  const dump = () => dumpOf('akko-postgresql-data-0', peer, PREFIX);
  const job = {
    command: 'ai-functions',
    peer: () => peer,
    config: (postgresql: unknown) => config({ postgresql }),
    secrets: { LITELLM_KEY: 'sk-of-the-fault' },
  };

  function install() {
    return runJobHere('ai-functions', { config: config(), env: env() });
  }

  function set(name: string, value: string) {
    return peer.connected(RAG, client =>
      client.query('UPDATE akko_ai.settings SET value = $2 WHERE name = $1', [
        name,
        value,
      ]),
    );
  }

  /** A call as somebody without any rights beside it: its result, and the warnings. */
  async function call(
    expression: string,
    database = RAG,
  ): Promise<{ result: unknown; warnings: string[] }> {
    return peer.connected(
      database,
      async client => {
        const warnings: string[] = [];
        client.on('notice', ({ severity, message }) => {
          if (severity === 'WARNING') {
            warnings.push(String(message));
          }
        });
        const { rows } = await client.query(
          `SELECT akko_ai.${expression} AS result`,
        );
        return { result: rows[0].result, warnings };
      },
      ANALYST,
    );
  }

  it(
    'leaves the same state after five runs at once and twenty in a row',
    async () => {
      const first = await expectSteadyState({
        command: 'ai-functions',
        config: config({ waitSeconds: 60 }),
        env: env(),
        dump,
      });

      // For each database the language, the schema, the settings, eleven functions, the caller's right.
      expect(first.map(({ report }) => report!.totals!.created).sort()).toEqual(
        [0, 0, 0, 0, 2 * 15],
      );
    },
    10 * MINUTES,
  );

  describe('with the models of the testbed, which repeat what they are told', () => {
    beforeAll(install);

    it.each([
      ["akko_ai_ask('Why?')", 'qwen2.5:3b: Why?'],
      [
        "akko_ai_ask('Why?', 'Because.')",
        'qwen2.5:3b: Why?\n\nContext:\nBecause.',
      ],
      ["akko_ai_sentiment('A negative review.')", 'NEGATIVE'],
      [
        "akko_ai_classify('It is card fraud!', 'travel, card, card fraud')",
        'card fraud',
      ],
      ["akko_ai_summarize('Long.', 2)", 'qwen2.5:3b: Long.'],
      ["akko_ai_translate('Bonjour')", 'qwen2.5:3b: Bonjour'],
      [
        'akko_ai_entities(\'[{"text": "Ada", "type": "person"}]\')',
        [{ text: 'Ada', type: 'person' }],
      ],
      ["akko_ai_anomaly(9000, 'Such an anomaly is rare.')", 'ANOMALY'],
      [
        "akko_ai_sql('How many?', 'customers (id)')",
        'qwen2.5-coder:7b: How many?\n\nTables:\ncustomers (id)',
      ],
      ["akko_ai_sql(E'```sql\\nSELECT 1;\\n```')", 'SELECT 1;'],
      ["akko_ai_pii('Ada lives here.')", 'qwen2.5:3b: Ada lives here.'],
      ["akko_ai_similarity('one two', 'one three')", expect.closeTo(0.5)],
      ["akko_ai_similarity('the same', 'the same')", expect.closeTo(1)],
    ])('answers %s', async (expression, result) => {
      expect(await call(expression)).toEqual({ result, warnings: [] });
    });

    it.each([
      'akko_ai_ask(NULL)',
      'akko_ai_sentiment(NULL)',
      "akko_ai_classify('x', NULL)",
      'akko_ai_anomaly(NULL)',
      'akko_ai_sql(NULL)',
      'akko_ai_embed(NULL)',
      "akko_ai_similarity('x', NULL)",
    ])('makes nothing of nothing: %s', async expression => {
      expect(await call(expression)).toEqual({ result: null, warnings: [] });
    });

    it('embeds as a vector where there is pgvector, as numbers where there is none', async () => {
      await peer.connected(RAG, async client => {
        await client.query(
          "CREATE TABLE documents AS SELECT words, akko_ai.akko_ai_embed(words)::vector(768) AS place FROM unnest(ARRAY['a red car', 'a blue boat']) AS words",
        );
        const { rows } = await client.query(
          "SELECT words FROM documents ORDER BY place <=> akko_ai.akko_ai_embed('my boat') LIMIT 1",
        );
        expect(rows).toEqual([{ words: 'a blue boat' }]);
      });
      const { result } = await call("akko_ai_embed('a red car')", PLAIN);
      expect(result).toHaveLength(768);
    });

    it('tells nobody the key, nor the settings', async () => {
      for (const sql of [
        'SELECT value FROM akko_ai.settings',
        'COPY akko_ai.settings TO STDOUT',
        "DO LANGUAGE plpython3u 'pass'",
      ]) {
        await expect(peer.ask(RAG, sql, ANALYST)).rejects.toMatchObject({
          code: '42501',
        });
      }
      // A table of the caller's own in the place of the real one changes nothing.
      await peer.connected(
        RAG,
        async client => {
          await client.query(
            "CREATE TEMP TABLE settings AS SELECT 'url' AS name, 'http://127.0.0.1:1' AS value",
          );
          await client.query('SET search_path = pg_temp, akko_ai');
          const { rows } = await client.query(
            "SELECT akko_ai.akko_ai_ask('Still there?') AS answer",
          );
          expect(rows).toEqual([{ answer: 'qwen2.5:3b: Still there?' }]);
        },
        ANALYST,
      );
    });
  });

  describe('when the models fail, is NULL with a warning', () => {
    beforeAll(install);
    // What a test set is a person's choice for the job, so it is set back here.
    afterEach(async () => {
      await set('timeout_seconds', '60');
      await set('chat_model', 'qwen2.5:3b');
      await install();
    });

    it.each([
      "akko_ai_ask('fail:503')",
      "akko_ai_sentiment('fail:503')",
      "akko_ai_classify('fail:503', 'a, b')",
      "akko_ai_summarize('fail:503')",
      "akko_ai_translate('fail:503')",
      "akko_ai_entities('fail:503')",
      "akko_ai_anomaly(1, 'fail:503')",
      "akko_ai_sql('fail:503')",
      "akko_ai_pii('fail:503')",
    ])('%s', async expression => {
      const name = expression.split('(')[0];
      expect(await call(expression)).toEqual({
        result: null,
        warnings: [
          expect.stringMatching(
            new RegExp(
              `^${name}: the language model service answered 503: .*asked to fail`,
            ),
          ),
        ],
      });
    });

    it('that are too slow', async () => {
      await set('timeout_seconds', '2');
      expect(await call("akko_ai_ask('sleep:20')")).toEqual({
        result: null,
        warnings: [
          'akko_ai_ask: the language model service did not answer within 2 s',
        ],
      });
    });

    it('that do not exist', async () => {
      await set('chat_model', 'gpt-0');
      expect(await call("akko_ai_ask('Why?')")).toEqual({
        result: null,
        warnings: [expect.stringContaining('answered 400')],
      });
    });

    it.each(['sk-not-the-key', 'sk-with\na-break', ''])(
      'that refuse the key %j, which is told to nobody',
      async wrong => {
        await set('key', wrong);
        const { result, warnings } = await call("akko_ai_embed('Why?')");
        expect({ result, number: warnings.length }).toEqual({
          result: null,
          number: 1,
        });
        expect(warnings[0]).not.toMatch(/sk-/);

        const { report } = await install();
        expect(report!.changes![0]).toMatchObject({
          kind: 'AI settings',
          action: 'updated',
          note: 'key from the values',
        });
        expect((await call("akko_ai_ask('Why?')")).warnings).toEqual([]);
      },
    );

    it.each(['http://127.0.0.1:1/v1', 'http://nowhere.invalid/v1', 'nowhere'])(
      'that are not at %s',
      async url => {
        await set('url', url);
        expect(await call("akko_ai_similarity('a', 'b')")).toEqual({
          result: null,
          warnings: [expect.stringContaining('could not be')],
        });
      },
    );

    it('that say nothing which fits', async () => {
      for (const expression of [
        "akko_ai_sentiment('Hm.')",
        "akko_ai_sentiment('Positive, or negative?')",
        "akko_ai_entities('Nothing.')",
      ]) {
        const { result, warnings } = await call(expression);
        expect({ result, number: warnings.length }).toEqual({
          result: null,
          number: 1,
        });
      }
    });
  });

  it('keeps what a person changed', async () => {
    await install();
    await set('chat_model', 'qwen2.5-coder:7b');
    await peer.connected(RAG, client =>
      client.query(`
        CREATE OR REPLACE FUNCTION akko_ai.akko_ai_translate(text text, language text DEFAULT 'English') RETURNS text
          LANGUAGE plpython3u STRICT AS 'return "mine"';
        GRANT EXECUTE ON FUNCTION akko_ai.akko_ai_ask TO PUBLIC`),
    );
    const before = await dump();

    const outcome = await install();

    expectNothingChanged(outcome);
    expect(
      outcome.report!.changes!.filter(({ note }) => note !== undefined),
    ).toEqual([
      expect.objectContaining({ note: 'chat_model set by hand, kept' }),
      {
        kind: 'function',
        name: `${RAG}/akko_ai.akko_ai_translate`,
        action: 'unchanged',
        note: 'replaced by hand, kept',
      },
    ]);
    expect(await dump()).toBe(before);
    expect((await call("akko_ai_ask('Why?')")).result).toBe(
      'qwen2.5-coder:7b: Why?',
    );
  });

  it('keeps numbers as results where pgvector came later', async () => {
    await install();
    await peer.ask(PLAIN, 'CREATE EXTENSION vector');
    const outcome = await install();

    expectNothingChanged(outcome);
    expect(outcome.report!.changes).toContainEqual({
      kind: 'function',
      name: `${PLAIN}/akko_ai.akko_ai_embed`,
      action: 'unchanged',
      note: 'returns real[], kept; drop it to have "public".vector',
    });
  });

  it.each(faultsOfServer(job))('meets $name', async ({ meet, expected }) => {
    expect(await meet()).toEqual(expected);
  });

  it('fails as an account that is no superuser', async () => {
    expect(
      await faultOfJob(job, {
        config: config({ postgresql: peer.config({ user: ANALYST.user }) }),
        env: { ...env(), [PostgresPeer.PASSWORD]: ANALYST.password },
      }),
    ).toEqual(fault('permission-denied', 77, `${ANALYST.user} is none`));
  });
});
