import { badRequest } from '../store/errors';
import type { ResourceDefinition } from '../store/resources';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';

/**
 * Field selectors (`=`, `==`, `!=`, joined by commas) on the labels that the kind supports.
 * @throws StatusError BadRequest in the words of the kind's conversion function
 */
export function parseFieldSelector(
  definition: ResourceDefinition,
  text: string | null,
): (object: KubernetesObject) => boolean {
  const terms = (text ?? '')
    .split(',')
    .filter(Boolean)
    .map(term => {
      const match = /^([^!=]+)(!=|==|=)(.*)$/.exec(term);
      if (!match) {
        throw badRequest(
          `invalid selector: '${text}'; can't understand '${term}'`,
        );
      }
      const [, label, operator, value] = match;
      requireLabel(definition, label);
      return { label, isEqual: operator !== '!=', value };
    });
  return object =>
    terms.every(
      ({ label, isEqual, value }) =>
        (read(definition, object, label) === value) === isEqual,
    );
}

function requireLabel(definition: ResourceDefinition, label: string): void {
  const isKnown =
    label === 'metadata.name' ||
    (label === 'metadata.namespace' && definition.namespaced) ||
    definition.fieldLabels?.includes(label);
  if (isKnown) {
    return;
  }
  if (definition.resource === 'jobs') {
    throw badRequest(`field label "${label}" not supported for Job`);
  }
  throw badRequest(
    definition.fieldLabels
      ? `field label not supported: ${label}`
      : `"${label}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );
}

function read(
  definition: ResourceDefinition,
  object: KubernetesObject,
  label: string,
): string {
  if (definition.resource === 'jobs' && label === 'status.successful') {
    return String((object.status as Fields | undefined)?.succeeded ?? 0);
  }
  if (definition.resource === 'events' && label === 'source') {
    return (
      (object.source as Fields | undefined)?.component ||
      (object.reportingComponent as string | undefined) ||
      ''
    );
  }
  const value = label
    .split('.')
    .reduce<unknown>(
      (parent, key) => (parent as Fields | undefined)?.[key],
      object,
    );
  return value === undefined || value === null ? '' : String(value);
}
