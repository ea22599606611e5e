import { identifier } from '../../postgres/PostgresServer';
import { askPart, CHAT_PART, CHOOSE_PART, EMBED_PART } from './python';

/** A function of the database, as it shall be. */
export interface AiFunction {
  name: string;
  /** Its arguments as PostgreSQL itself writes them. */
  arguments: string;
  /** Their types, which tell it from others of its name. */
  argumentTypes: readonly string[];
  /** Its result, as SQL takes it. */
  returns: string;
  volatility: 'volatile' | 'stable';
  /** Whether NULL among its arguments makes its result NULL. */
  isStrict: boolean;
  /** What it does, for its comment. */
  about: string;
  body: string;
}

interface Sketch extends Pick<AiFunction, 'name' | 'arguments' | 'about'> {
  returns?: string;
  volatility?: AiFunction['volatility'];
  isStrict?: boolean;
  parts: readonly string[];
  code: string;
}

/** Where the functions live, and what is there. */
export interface AiSurroundings {
  schema: string;
  /** The type `vector` as SQL takes it, where the database has pgvector. */
  vectorType?: string;
}

/** Fence of code in Markdown, which would end the strings here. */
const FENCE = '`'.repeat(3);
const CHAT = [CHAT_PART];
const CHOICE = [CHAT_PART, CHOOSE_PART];

/**
 * The functions. A signature that was once released stays as it is, because changing one would need DROP: what needs other arguments becomes another
 * function of the same name whose arguments have no defaults, or gets a name of its own.
 */
export function aiFunctions({
  schema,
  vectorType,
}: AiSurroundings): AiFunction[] {
  return sketches(vectorType).map(
    ({ parts, code, returns = 'text', ...sketch }) => ({
      volatility: 'volatile',
      isStrict: true,
      ...sketch,
      returns,
      argumentTypes: sketch.arguments
        .split(', ')
        .map(each => each.replace(/^\w+ /, '').replace(/ DEFAULT .*$/, '')),
      body: [
        `\nNAME = "${sketch.name}"\n`,
        askPart(`${identifier(schema)}.settings`),
        ...parts,
        code,
      ].join(''),
    }),
  );
}

/** A function's name with the types of its arguments, as SQL takes it. */
export function signatureOf(
  schema: string,
  { name, argumentTypes }: AiFunction,
): string {
  return `${identifier(schema)}.${name}(${argumentTypes.join(', ')})`;
}

function sketches(vectorType: string | undefined): Sketch[] {
  return [
    {
      name: 'akko_ai_ask',
      arguments: 'question text, context text DEFAULT NULL::text',
      isStrict: false,
      about: 'Answers a question, from a context where one is given.',
      parts: CHAT,
      code: String.raw`
if question is None:
    return None
if context is None:
    return chat("chat_model", "Answer the question. Be brief and truthful; say so when you do not know.", question)
return chat(
    "chat_model",
    "Answer the question from the context alone. Be brief; say so when the context does not tell.",
    "%s\n\nContext:\n%s" % (question, context),
)
`,
    },
    {
      name: 'akko_ai_sentiment',
      arguments: 'text text',
      about: 'Mood of a text: POSITIVE, NEGATIVE, NEUTRAL or MIXED.',
      parts: CHOICE,
      code: String.raw`
labels = ["POSITIVE", "NEGATIVE", "NEUTRAL", "MIXED"]
return choose(chat("chat_model", "Name the sentiment of the text with one word: %s." % ", ".join(labels), text), labels)
`,
    },
    {
      name: 'akko_ai_classify',
      arguments: 'text text, categories text',
      about: 'The category of a text, out of a list that commas part.',
      parts: CHOICE,
      code: String.raw`
labels = [label.strip() for label in categories.split(",") if label.strip()]
return choose(
    chat("chat_model", "Name the one category that fits the text best, and nothing else: %s." % ", ".join(labels), text),
    labels,
)
`,
    },
    {
      name: 'akko_ai_summarize',
      arguments: 'text text, sentences integer DEFAULT 3',
      about: 'A text in so many sentences.',
      parts: CHAT,
      code: String.raw`
return chat("chat_model", "Summarize the text in at most %d sentences, in its own language." % max(1, sentences), text)
`,
    },
    {
      name: 'akko_ai_translate',
      arguments: "text text, language text DEFAULT 'English'::text",
      about: 'A text in another language.',
      parts: CHAT,
      code: String.raw`
return chat("chat_model", "Translate the text into %s. Answer with the translation alone." % language, text)
`,
    },
    {
      name: 'akko_ai_entities',
      arguments: 'text text',
      returns: 'jsonb',
      about:
        'Names in a text, as [{"text": …, "type": person, organization, place, date, amount or other}].',
      parts: CHAT,
      code: String.raw`
import re

answer = chat(
    "chat_model",
    'List the named entities of the text as a JSON array of {"text": "...", "type": "person|organization|place|date|amount|other"}, and nothing else.',
    text,
)
if answer is None:
    return None
try:
    # NUL is what jsonb cannot store.
    return json.dumps(json.loads(re.search(r"\[.*\]", answer, re.DOTALL).group())).replace("\\u0000", "")
except Exception:
    warn("gave no list")
    return None
`,
    },
    {
      name: 'akko_ai_anomaly',
      arguments: 'value double precision, context text DEFAULT NULL::text',
      isStrict: false,
      about: 'Whether a value is unusual in its context: NORMAL or ANOMALY.',
      parts: CHOICE,
      code: String.raw`
if value is None:
    return None
labels = ["NORMAL", "ANOMALY"]
return choose(
    chat(
        "chat_model",
        "Say with one word whether the value is usual in its context: %s." % " or ".join(labels),
        "%s\n\nValue: %s" % (context or "No context.", value),
    ),
    labels,
)
`,
    },
    {
      name: 'akko_ai_sql',
      arguments: 'question text, schema text DEFAULT NULL::text',
      isStrict: false,
      about:
        'SQL that answers a question about tables. It is only written, never run: read it before you do.',
      parts: CHAT,
      code: String.raw`
import re

if question is None:
    return None
answer = chat(
    "sql_model",
    "Write one PostgreSQL query that answers the question from the given tables. Answer with the SQL alone.",
    question if schema is None else "%s\n\nTables:\n%s" % (question, schema),
)
fenced = answer and re.search(r"${FENCE}(?:\w+\n)?(.*?)${FENCE}", answer, re.DOTALL)
return fenced.group(1).strip() if fenced else answer
`,
    },
    {
      name: 'akko_ai_pii',
      arguments: 'text text',
      about:
        'A text with personal data masked, as [NAME] or [EMAIL]. A model may overlook some.',
      parts: CHAT,
      code: String.raw`
return chat(
    "chat_model",
    "Repeat the text with all personal data replaced by its kind in brackets: [NAME], [EMAIL], [PHONE], [ADDRESS], [ACCOUNT], [ID]. Change nothing else.",
    text,
)
`,
    },
    {
      name: 'akko_ai_embed',
      arguments: 'text text',
      returns: vectorType ?? 'real[]',
      // The same in one statement, so that an index can be searched for it.
      volatility: 'stable',
      about: 'Embedding of a text, to search for texts that mean the like.',
      parts: [EMBED_PART],
      code: vectorType
        ? String.raw`
vectors = embed([text])
return json.dumps(vectors[0]) if vectors else None
`
        : String.raw`
vectors = embed([text])
return vectors[0] if vectors else None
`,
    },
    {
      name: 'akko_ai_similarity',
      arguments: 'a text, b text',
      returns: 'double precision',
      volatility: 'stable',
      about: 'How near two texts are in meaning, from -1 to 1.',
      parts: [EMBED_PART],
      code: String.raw`
vectors = embed([a, b])
if vectors is None:
    return None
length = sum(x * x for x in vectors[0]) ** 0.5 * sum(y * y for y in vectors[1]) ** 0.5
return sum(x * y for x, y in zip(*vectors)) / length if length else None
`,
    },
  ];
}
