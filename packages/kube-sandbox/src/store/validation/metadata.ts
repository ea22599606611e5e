import {
  forbiddenField,
  invalid,
  required,
  type FieldProblem,
} from '../errors';
import type { ResourceDefinition } from '../resources';
import type { KubernetesObject } from '../types';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const qualifiedName = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?';

const matches = (pattern: string, text: string) =>
  new RegExp(`^${pattern}$`).test(text);

/** What is wrong with a DNS subdomain, the name of most objects. */
export function subdomainProblem(text: string): string | undefined {
  if (text.length > 253) {
    return 'must be no more than 253 bytes';
  }
  return matches(subdomain, text)
    ? undefined
    : `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`;
}

/** What is wrong with a DNS label, the name of namespaces and containers. */
export function dnsLabelProblem(text: string): string | undefined {
  if (text.length > 63) {
    return 'must be no more than 63 bytes';
  }
  return matches(label, text)
    ? undefined
    : `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`;
}

/** What is wrong with a label's value. */
export function labelValueProblem(text: string): string | undefined {
  if (text.length > 63) {
    return 'must be no more than 63 bytes';
  }
  return matches(labelValue, text)
    ? undefined
    : `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${labelValue}')`;
}

/** What is wrong with the key of a label or an annotation. */
export function qualifiedNameProblem(text: string): string | undefined {
  const parts = text.split('/');
  const name = parts.pop()!;
  if (parts.length > 1) {
    return `a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedName}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  }
  const prefixProblem = parts.length === 1 && subdomainProblem(parts[0]);
  if (prefixProblem) {
    return `prefix part ${prefixProblem}`;
  }
  if (name === '') {
    return 'name part must be non-empty';
  }
  if (name.length > 63) {
    return 'name part must be no more than 63 bytes';
  }
  return matches(qualifiedName, name)
    ? undefined
    : `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedName}')`;
}

/** Names, labels, annotations, and on update finalizers of an object that is being deleted. */
export function validateMetadata(
  definition: ResourceDefinition,
  object: KubernetesObject,
  current?: KubernetesObject,
): FieldProblem[] {
  const { labels, annotations, finalizers } = object.metadata;
  const problems = current ? [] : nameProblems(definition, object);
  for (const [key, value] of Object.entries(labels ?? {})) {
    problems.push(
      ...asProblem('metadata.labels', key, qualifiedNameProblem(key)),
      ...asProblem('metadata.labels', value, labelValueProblem(value)),
    );
  }
  for (const key of Object.keys(annotations ?? {})) {
    problems.push(
      ...asProblem(
        'metadata.annotations',
        key,
        qualifiedNameProblem(key.toLowerCase()),
      ),
    );
  }
  const added = (finalizers ?? []).filter(
    finalizer => !current?.metadata.finalizers?.includes(finalizer),
  );
  if (current?.metadata.deletionTimestamp && added.length > 0) {
    problems.push(
      forbiddenField(
        'metadata.finalizers',
        `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
          .map(finalizer => JSON.stringify(finalizer))
          .join(', ')}}`,
      ),
    );
  }
  return problems;
}

function nameProblems(
  definition: ResourceDefinition,
  { metadata: { name } }: KubernetesObject,
): FieldProblem[] {
  if (!name) {
    return [required('metadata.name', 'name or generateName is required')];
  }
  return asProblem(
    'metadata.name',
    name,
    definition.resource === 'namespaces'
      ? dnsLabelProblem(name)
      : subdomainProblem(name),
  );
}

function asProblem(
  field: string,
  value: unknown,
  problem: string | undefined,
): FieldProblem[] {
  return problem ? [invalid(field, value, problem)] : [];
}
