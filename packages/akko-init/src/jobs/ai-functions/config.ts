import { z } from 'zod';
import { baseUrl, commonConfig } from '../../core/loadConfig';
import { secretSource } from '../../core/Secrets';
import { postgresName } from '../../postgres/databasesConfig';
import { postgresConfig } from '../../postgres/postgresConfig';

const model = z.string().min(1);

/** Configuration of `ai-functions`. */
export const aiFunctionsConfig = z.strictObject({
  ...commonConfig,
  postgresql: postgresConfig,
  /** Databases that get the functions. */
  databases: z.array(postgresName).default([]),
  /** Schema of the functions; a name that needs no quotes. */
  schema: z
    .string()
    .regex(
      /^[a-z_][a-z0-9_]{0,62}$/,
      'the name of the schema has lower-case letters, digits and underscores',
    )
    .default('akko_ai'),
  /**
   * Roles that may call the functions, besides the owner of the database, who may also let others; `PUBLIC` means everybody. A right that was
   * given by hand stays.
   */
  callers: z.array(postgresName).default([]),
  /** The language models, behind an API like OpenAI's. */
  llm: z.strictObject({
    /** As the PostgreSQL server reaches it, with its version: `http://akko-akko-litellm:4000/v1`. */
    url: baseUrl,
    /** Stored in the database, and so in its backups: a key of its own, with a budget, is better than the master key. */
    key: secretSource,
    /** Model that answers. */
    chatModel: model.default('qwen2.5:3b'),
    /** Model that writes SQL. */
    sqlModel: model.default('qwen2.5-coder:7b'),
    /** Model of embeddings. */
    embeddingModel: model.default('nomic-embed-text'),
    /** Seconds that a call may wait for each part of its answer. */
    timeoutSeconds: z.number().positive().default(30),
  }),
});

/** See {@link aiFunctionsConfig}. */
export type AiFunctionsConfig = z.output<typeof aiFunctionsConfig>;
