import type { ApiDocument, Operation, Parameter, Schema } from './ApiDocument';

/**
 * What the document says of a request: `valid`, `invalid`, or `unsure` where it leaves the reading to the server, such as `limit=007`, or cannot
 * say it, such as that a cursor is of this list.
 */
export type Verdict = 'valid' | 'invalid' | 'unsure';

/** Parameters whose values the document cannot judge, because that takes knowledge of the state or of another parameter. */
const BEYOND_SCHEMAS: Record<string, string> = {
  cursor: 'is of the same list with the same filters only',
  attempt: 'is one that the run has',
  from: 'is before `to`, and not too long',
  to: 'is after `from`',
  timeZone: 'is a name that IANA knows',
};

/** What is sent beside the path. */
export interface Judged {
  query: readonly [name: string, value: string][];
  headers: Readonly<Record<string, string>>;
  /** As it is sent; undefined where none is. */
  body?: string;
}

/** Judges everything but the path, whose names only the fleet knows. */
export function verdictOn(
  document: ApiDocument,
  operation: Operation,
  request: Judged,
): Verdict {
  const known = operation.parameters.filter(
    ({ in: place }) => place !== 'path',
  );
  return worst([
    ...known.map(parameter => verdictOnParameter(document, parameter, request)),
    verdictOnBody(document, operation, request),
  ]);
}

function worst(verdicts: Verdict[]): Verdict {
  return (
    (['invalid', 'unsure'] as const).find(each => verdicts.includes(each)) ??
    'valid'
  );
}

function verdictOnParameter(
  document: ApiDocument,
  { allowEmptyValue, in: place, name, schema }: Parameter,
  { headers, query }: Judged,
): Verdict {
  if (place === 'header') {
    const value = headers[name];
    if (value === undefined) {
      return 'valid';
    }
    // Servers take spaces around it off.
    return document.fits(schema, value.trim()) ? 'valid' : 'invalid';
  }
  const plain = query.filter(([key]) => key === name);
  // The ways in which a list or an object can be written; none of the parameters is one.
  const composed = query.filter(
    ([key]) => key.startsWith(`${name}[`) && /^[^[]+\[[^\]]*\]/.test(key),
  );
  if (plain.length > 1 || composed.length > 0) {
    return 'invalid';
  }
  if (plain.length === 0) {
    return 'valid';
  }
  const [[, value]] = plain;
  if (value === '' && allowEmptyValue) {
    return 'valid';
  }
  const verdict = verdictOnText(document, schema, value);
  return verdict === 'valid' && name in BEYOND_SCHEMAS ? 'unsure' : verdict;
}

function verdictOnText(
  document: ApiDocument,
  schema: Schema,
  text: string,
): Verdict {
  const fits = (value: unknown) =>
    document.fits(schema, value) ? 'valid' : 'invalid';
  switch (schema.type) {
    case 'integer':
      if (/^(0|[1-9]\d*)$/.test(text)) {
        return fits(Number(text));
      }
      return /^0\d+$/.test(text) ? 'unsure' : 'invalid';
    case 'boolean':
      return /^(true|false)$/.test(text) ? 'valid' : 'invalid';
    default:
      return fits(text);
  }
}

function verdictOnBody(
  document: ApiDocument,
  { body: documented }: Operation,
  { body, headers }: Judged,
): Verdict {
  if (!documented) {
    // Whether a body that nobody asked for is read is the server's own affair.
    return body === undefined ? 'valid' : 'unsure';
  }
  const type = headers['Content-Type'];
  if (body === undefined || type === undefined) {
    return 'invalid';
  }
  if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(type)) {
    return /^application\/json\b/i.test(type) ? 'unsure' : 'invalid';
  }
  // RFC 8259 lets a reader overlook a byte order mark.
  if (body.startsWith('\ufeff')) {
    return 'unsure';
  }
  if (headers['Content-Encoding']) {
    return 'invalid';
  }
  if (Buffer.byteLength(body) > 100 * 1024) {
    return 'invalid';
  }
  try {
    return document.fits(documented.schema, JSON.parse(body))
      ? 'valid'
      : 'invalid';
  } catch {
    return 'invalid';
  }
}
