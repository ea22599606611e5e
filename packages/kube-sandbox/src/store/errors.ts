import { StatusError } from './StatusError';
import {
  qualifiedKind,
  qualifiedResource,
  type ResourceDefinition,
} from './resources';

/** One complaint about one field, as `field.Error` of Kubernetes. */
export interface FieldProblem {
  field: string;
  reason:
    | 'FieldValueInvalid'
    | 'FieldValueRequired'
    | 'FieldValueNotSupported'
    | 'FieldValueForbidden';
  message: string;
}

export const required = (field: string, detail?: string): FieldProblem => ({
  field,
  reason: 'FieldValueRequired',
  message: detail ? `Required value: ${detail}` : 'Required value',
});

export const invalid = (
  field: string,
  value: unknown,
  detail: string,
): FieldProblem => ({
  field,
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(value)}: ${detail}`,
});

export const notSupported = (
  field: string,
  value: unknown,
  supported: string[],
): FieldProblem => ({
  field,
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${JSON.stringify(
    value,
  )}: supported values: ${supported
    .map(each => JSON.stringify(each))
    .join(', ')}`,
});

export const forbiddenField = (
  field: string,
  detail: string,
): FieldProblem => ({
  field,
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${detail}`,
});

function details(definition: ResourceDefinition, name?: string) {
  return {
    ...(name ? { name } : {}),
    ...(definition.group ? { group: definition.group } : {}),
    kind: definition.resource as string,
  };
}

export function notFound(definition: ResourceDefinition, name: string) {
  return new StatusError(
    404,
    'NotFound',
    `${qualifiedResource(definition)} "${name}" not found`,
    details(definition, name),
  );
}

export function alreadyExists(definition: ResourceDefinition, name: string) {
  return new StatusError(
    409,
    'AlreadyExists',
    `${qualifiedResource(definition)} "${name}" already exists`,
    details(definition, name),
  );
}

export function conflict(
  definition: ResourceDefinition,
  name: string,
  reason = 'the object has been modified; please apply your changes to the latest version and try again',
) {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedResource(
      definition,
    )} "${name}": ${reason}`,
    details(definition, name),
  );
}

/** The deletion's own conflict, which names the kind where others name the resource. */
export function preconditionFailed(
  definition: ResourceDefinition,
  name: string,
  reason: string,
) {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedKind(
      definition,
    )} "${name}": ${reason}`,
    { ...details(definition, name), kind: definition.kind },
  );
}

export function terminatingNamespace(
  definition: ResourceDefinition,
  name: string,
  namespace: string,
) {
  return new StatusError(
    403,
    'Forbidden',
    `${qualifiedResource(
      definition,
    )} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    {
      ...details(definition, name),
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  );
}

export function badRequest(message: string) {
  return new StatusError(400, 'BadRequest', message);
}

/** 422 with every problem; repeated texts are said once, as the real server does. */
export function invalidObject(
  subject: { kind: string; group?: string; qualifiedKind: string },
  name: string,
  problems: FieldProblem[],
) {
  const texts = [
    ...new Set(problems.map(({ field, message }) => `${field}: ${message}`)),
  ];
  return new StatusError(
    422,
    'Invalid',
    `${subject.qualifiedKind} "${name}" is invalid: ${
      texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
    }`,
    {
      ...(name ? { name } : {}),
      ...(subject.group ? { group: subject.group } : {}),
      kind: subject.kind,
      causes: problems.map(({ field, reason, message }) => ({
        reason,
        message,
        field,
      })),
    },
  );
}

/** Throws {@link invalidObject} when there is any problem. */
export function refuse(
  definition: ResourceDefinition,
  name: string,
  problems: FieldProblem[],
): void {
  if (problems.length > 0) {
    throw invalidObject(
      {
        kind: definition.kind,
        group: definition.group,
        qualifiedKind: qualifiedKind(definition),
      },
      name,
      problems,
    );
  }
}
