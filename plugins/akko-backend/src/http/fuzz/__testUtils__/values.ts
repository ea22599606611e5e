import fc from 'fast-check';
import type { Schema } from './ApiDocument';
import { hostileText } from './hostile';

/** Values that a schema lets through. What the domain has names for comes from the fleet instead. */
export function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) {
    return fc.constantFrom(...schema.enum);
  }
  if (schema.oneOf) {
    return fc.oneof(...schema.oneOf.map(fitting));
  }
  switch (schema.type) {
    case 'integer': {
      const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema;
      return fc.oneof(
        fc.constantFrom(minimum, minimum + 1, maximum - 1, maximum),
        fc.integer({ min: minimum, max: maximum }),
      );
    }
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fitting(schema.items!), {
        minLength: schema.minItems,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([key, value]) => [
            key,
            fitting(value),
          ]),
        ),
        { requiredKeys: schema.required ?? [] },
      );
    default:
      return fittingText(schema);
  }
}

function fittingText({
  format,
  maxLength = 60,
  minLength = 0,
  pattern,
}: Schema): fc.Arbitrary<string> {
  const day = fc.date({
    min: new Date('2020-01-01'),
    max: new Date('2030-12-31'),
    noInvalidDate: true,
  });
  if (format === 'date') {
    return day.map(date => date.toISOString().slice(0, 10));
  }
  if (format === 'date-time') {
    return day.map(date => date.toISOString());
  }
  const fits = pattern ? new RegExp(pattern, 'u') : /^/;
  return fc
    .oneof(
      fc.string({ minLength, maxLength: Math.min(maxLength, 40) }),
      fc.constantFrom(
        'x'.repeat(maxLength),
        'x'.repeat(Math.max(minLength, 1)),
      ),
    )
    .filter(text => text.length >= minLength && fits.test(text));
}

/** Values at the edge of a schema and beyond, of other types, and of ill will. Some fit all the same: the document says which. */
export function doubtful(schema: Schema): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...edgesOf(schema)) },
    { weight: 1, arbitrary: hostileText },
  );
}

function edgesOf(schema: Schema): string[] {
  if (schema.enum) {
    return schema.enum.flatMap(word => [
      word,
      word.toUpperCase(),
      ` ${word}`,
      `${word}s`,
      `${word},${word}`,
      `["${word}"]`,
    ]);
  }
  switch (schema.type) {
    case 'integer': {
      const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema;
      return [
        ...[minimum - 1, minimum, maximum, maximum + 1, -maximum].map(String),
        `+${minimum + 1}`,
        ` ${minimum + 1}`,
        `0${minimum + 1}`,
        `${minimum + 1}.0`,
        `${minimum}.5`,
        '1e1',
        'one',
        '',
      ];
    }
    case 'boolean':
      return ['true', 'false', 'TRUE', 'yes', '0', '1', '', 'null'];
    default:
      return edgesOfText(schema);
  }
}

function edgesOfText({ format, maxLength, minLength }: Schema): string[] {
  switch (format) {
    case 'date':
      return [
        '2026-02-29',
        '2024-02-29',
        '2026-13-01',
        '2026-1-1',
        '0000-01-01',
        '9999-12-31',
        '10000-01-01',
        '20260101',
        '2026-W01-1',
        '2026-01-01T00:00:00Z',
        'today',
        '',
      ];
    case 'date-time':
      return [
        '2026-02-30T00:00:00Z',
        '2026-01-01T24:00:00Z',
        '2026-01-01T23:59:60Z',
        '2026-01-01T00:00:00',
        '2026-01-01T00:00:00+14:00',
        '2026-01-01T00:00:00.123456789Z',
        '0000-01-01T00:00:00Z',
        '9999-12-31T23:59:59Z',
        '2026-01-01',
        '1767225600',
        'now',
        '',
      ];
    default:
      return [
        '',
        ' ',
        ...[minLength ?? 1, maxLength ?? 100, (maxLength ?? 100) + 1].map(
          length => 'x'.repeat(length),
        ),
      ];
  }
}
