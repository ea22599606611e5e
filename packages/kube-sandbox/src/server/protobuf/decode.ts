import { Reader } from 'protobufjs/minimal';
import { messages } from './messages';

type Fields = Record<string, unknown>;

interface Field {
  name: string;
  type: string;
  isRepeated: boolean;
  isMap: boolean;
  /** Left out of JSON when zero. */
  isOmitted: boolean;
}

const magic = Buffer.from('k8s\0');
const schema = new Map<string, Map<number, Field>>();

/** Content type of `kubectl`'s typed clients. */
export const protobufType = 'application/vnd.kubernetes.protobuf';

/**
 * Reads an object in Kubernetes' protobuf envelope, as the JSON that means the same.
 * @throws Error for a body without the envelope, or of a kind that the sandbox does not know
 */
export function decodeProtobuf(body: Buffer): Fields {
  if (!body.subarray(0, magic.length).equals(magic)) {
    throw new Error(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  }
  const { apiVersion, kind, raw } = readEnvelope(body.subarray(magic.length));
  if (!messages[kind]) {
    throw new Error(
      `no kind "${kind}" is registered for version "${apiVersion}"`,
    );
  }
  return { apiVersion, kind, ...decodeMessage(kind, raw) };
}

// runtime.Unknown: 1 typeMeta { 1 apiVersion, 2 kind }, 2 raw.
function readEnvelope(body: Uint8Array) {
  let apiVersion = '';
  let kind = '';
  let raw: Uint8Array = new Uint8Array();
  forEachField(Reader.create(body), (number, reader) => {
    if (number === 1) {
      forEachField(Reader.create(reader.bytes()), (inner, typeMeta) => {
        if (inner === 1) {
          apiVersion = typeMeta.string();
        } else {
          kind = typeMeta.string();
        }
      });
    } else if (number === 2) {
      raw = reader.bytes();
    } else {
      return false;
    }
    return true;
  });
  return { apiVersion, kind, raw };
}

function decodeMessage(type: string, body: Uint8Array): Fields {
  const fields = fieldsOf(type);
  const result: Fields = {};
  forEachField(Reader.create(body), (number, reader) => {
    const field = fields.get(number);
    if (!field) {
      return false;
    }
    if (field.isMap) {
      const [key, value] = readEntry(field.type, reader.bytes());
      result[field.name] = { ...(result[field.name] as Fields), [key]: value };
    } else if (field.isRepeated) {
      result[field.name] = [
        ...((result[field.name] as unknown[]) ?? []),
        readValue(field.type, reader),
      ];
    } else {
      assign(result, field, readValue(field.type, reader));
    }
    return true;
  });
  return result;
}

function assign(result: Fields, field: Field, value: unknown): void {
  if (field.name === '-') {
    Object.assign(result, value);
  } else if (!(field.isOmitted && isZero(value)) && value !== undefined) {
    result[field.name] = value;
  }
}

function readEntry(type: string, body: Uint8Array): [string, unknown] {
  let key = '';
  let value: unknown = type === 'string' || type === 'bytes' ? '' : undefined;
  forEachField(Reader.create(body), (number, reader) => {
    if (number === 1) {
      key = reader.string();
    } else {
      value = readValue(type, reader);
    }
    return true;
  });
  return [key, value];
}

function readValue(type: string, reader: Reader): unknown {
  switch (type) {
    case 'string':
      return reader.string();
    case 'bool':
      return reader.bool();
    case 'int':
      return Number(reader.int64());
    case 'double':
      return reader.double();
    case 'bytes':
      return Buffer.from(reader.bytes()).toString('base64');
    case 'strings':
      return readNumbered(reader.bytes()).map(([, value]) => value);
    case 'Time':
    case 'MicroTime':
      return readTime(reader.bytes(), type === 'MicroTime');
    case 'Quantity':
      return readNumbered(reader.bytes())[0]?.[1] ?? '0';
    case 'IntOrString':
      return readIntOrString(reader.bytes());
    case 'Raw':
      return JSON.parse(String(readNumbered(reader.bytes())[0]?.[1] ?? '{}'));
    default:
      return decodeMessage(type, reader.bytes());
  }
}

/** @returns undefined for the zero time */
function readTime(body: Uint8Array, withMicros: boolean): string | undefined {
  const values = new Map(readNumbered(body));
  if (!values.has(1) && !values.has(2)) {
    return undefined;
  }
  const seconds = Number(values.get(1) ?? 0);
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  const micros = Math.floor(Number(values.get(2) ?? 0) / 1000);
  return withMicros
    ? `${text}.${String(micros).padStart(6, '0')}Z`
    : `${text}Z`;
}

function readIntOrString(body: Uint8Array): unknown {
  const values = new Map(readNumbered(body));
  return values.get(1) === 1 ? values.get(3) ?? '' : values.get(2) ?? 0;
}

/** Fields of a small message: numbers as numbers, all else as text. */
function readNumbered(body: Uint8Array): [number, string | number][] {
  const values: [number, string | number][] = [];
  const reader = Reader.create(body);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    values.push([
      tag >>> 3,
      (tag & 7) === 0 ? Number(reader.int64()) : reader.string(),
    ]);
  }
  return values;
}

/** @param read - answers false for a field that it does not know, which is then skipped */
function forEachField(
  reader: Reader,
  read: (number: number, reader: Reader) => boolean | void,
): void {
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (read(tag >>> 3, reader) === false) {
      reader.skipType(tag & 7);
    }
  }
}

function fieldsOf(type: string): Map<number, Field> {
  let fields = schema.get(type);
  if (!fields) {
    fields = new Map(
      messages[type]
        .split(';')
        .filter(Boolean)
        .map(text => {
          const [number, name, fieldType, flags = ''] = text.split(' ');
          return [
            Number(number),
            {
              name,
              type: fieldType,
              isRepeated: flags.includes('r'),
              isMap: flags.includes('m'),
              isOmitted: flags.includes('o'),
            },
          ];
        }),
    );
    schema.set(type, fields);
  }
  return fields;
}

function isZero(value: unknown): boolean {
  return (
    !value ||
    (typeof value === 'object' &&
      !Array.isArray(value) &&
      Object.keys(value).length === 0)
  );
}
