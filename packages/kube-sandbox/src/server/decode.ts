import { parse as parseYaml } from 'yaml';
import { badRequest } from '../store/errors';
import { StatusError } from '../store/StatusError';
import { apiVersionOf, type ResourceDefinition } from '../store/resources';
import type { Fields } from '../store/strategies/types';
import type { NewObject } from '../store/types';

const jobIntegers = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
];

/**
 * Reads an object from a body of JSON or YAML.
 * @throws StatusError BadRequest in the decoder's words
 */
export function decodeObject(
  definition: ResourceDefinition,
  body: string,
): NewObject {
  const object = parseBody(definition, body);
  const { kind, version } = definition;
  const isSame =
    (!object.kind || object.kind === kind) &&
    (!object.apiVersion || object.apiVersion === apiVersionOf(definition));
  if (!isSame) {
    const givenVersion = String(object.apiVersion ?? version);
    const shortVersion = givenVersion.split('/').pop();
    throw badRequest(
      `${object.kind ?? ''} in version ${JSON.stringify(
        shortVersion,
      )} cannot be handled as a ${kind}: converting (${shortVersion}.${
        object.kind
      }) to (${definition.group || 'core'}.${kind}): unknown conversion`,
    );
  }
  if (definition.resource === 'jobs') {
    requireIntegers(definition, (object.spec ?? {}) as Fields);
  }
  return { ...object, metadata: object.metadata ?? {} } as NewObject;
}

function parseBody(definition: ResourceDefinition, body: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    if (!/^\s*[{[]/.test(body)) {
      value = parseYaml(body);
    } else {
      throw badRequest(
        `the object provided is unrecognized (must be of type ${
          definition.kind
        }): couldn't get version/kind; json parse error: ${
          (error as Error).message
        } (${body.slice(0, 100)})`,
      );
    }
  }
  if (!value || typeof value !== 'object' || Array.isArray(value)) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${
        definition.kind
      }): couldn't get version/kind; json parse error: json: cannot unmarshal ${
        Array.isArray(value) ? 'array' : typeof value
      } into Go value of type struct`,
    );
  }
  return value as Fields;
}

function requireIntegers(definition: ResourceDefinition, spec: Fields): void {
  for (const field of jobIntegers) {
    const value = spec[field];
    if (value !== undefined && value !== null && !Number.isInteger(value)) {
      const type = field === 'activeDeadlineSeconds' ? 'int64' : 'int32';
      throw badRequest(
        `${definition.kind} in version "v1" cannot be handled as a ${
          definition.kind
        }: json: cannot unmarshal ${typeof value} into Go struct field JobSpec.spec.${field} of type ${type}`,
      );
    }
  }
}

/** An answer of 500 without a reason. */
export function noReason(message: string): StatusError {
  const error = new StatusError(500, '', message);
  delete error.status.reason;
  return error;
}
