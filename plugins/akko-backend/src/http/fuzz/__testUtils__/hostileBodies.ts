import fc from 'fast-check';
import type { Operation, Schema } from './ApiDocument';
import { hostileText } from './hostile';

/** Levels; together less than the largest body. */
const DEEP = 15_000;
const TOO_LARGE = 101 * 1024;

/** Bodies that no parser should be asked to read, as text. */
const RAW = [
  '',
  ' ',
  '{',
  '{"action":"bootstrap"',
  '{"action":"bootstrap"}}',
  "{'action':'bootstrap'}",
  '{"action":"bootstrap",}',
  '{"action":"bootstrap","action":"rerun"}',
  '\ufeff{"action":"bootstrap","dryRun":true}',
  'action: bootstrap',
  '<action>bootstrap</action>',
  'null',
  '[]',
  '1',
  '"bootstrap"',
  '[{"action":"bootstrap"}]',
  '{"__proto__":{"action":"bootstrap","polluted":true}}',
  '{"action":"bootstrap","dryRun":true,"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}},"action":"bootstrap"}',
  '{"action":{"toString":"bootstrap"}}',
  '{"action":"rerun","jobs":{"length":1,"0":"minio-init"}}',
  '{"action":"backup","backup":"../../secrets"}',
  '{"action":"rerun","jobs":["minio-init","minio-init"],"dryRun":true}',
  '{"action":"bootstrap","via":"portal"}',
  '{"action":"bootstrap","dryRun":"true"}',
  '{"action":"suspend","backup":"backup-minio","reason":" "}',
  '{"action":"bootstrap","reason":"\\u0000"}',
  '{"action":"bootstrap","reason":"\\ud800","dryRun":true}',
  `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
  `{"action":"bootstrap","reason":"${'x'.repeat(TOO_LARGE)}"}`,
  `{"action":"rerun","jobs":${JSON.stringify(Array(3000).fill('x'))}}`,
];

/** Bodies with which something is wrong, mostly. */
export function hostileBody(
  documented: Operation['body'],
): fc.Arbitrary<string> {
  const raw = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...RAW) },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
  );
  return documented
    ? fc.oneof(
        { weight: 1, arbitrary: raw },
        { weight: 2, arbitrary: spoiledExample(documented) },
      )
    : raw;
}

/** An example of the document with one field too many, too few, or of another kind. */
function spoiledExample({
  examples,
  schema,
}: {
  examples: unknown[];
  schema: Schema;
}): fc.Arbitrary<string> {
  const fields = Object.keys(schema.properties ?? {});
  const value = fc.oneof(
    hostileText,
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      [],
      {},
      ['x'.repeat(64)],
      [''],
      [null],
      Array(51).fill('minio-init'),
      'x'.repeat(500),
      'x'.repeat(501),
    ),
  );
  return fc
    .tuple(
      fc.constantFrom(...examples),
      fc.oneof(fc.constantFrom(...fields), hostileText),
      fc.option(value, { nil: undefined }),
    )
    .map(([example, field, other]) =>
      JSON.stringify(
        other === undefined
          ? without(example as object, field)
          : { ...(example as object), [field]: other },
      ),
    );
}

function without(example: object, field: string): object {
  return Object.fromEntries(
    Object.entries(example).filter(([key]) => key !== field),
  );
}
