import { makeValidator } from '@backstage/catalog-model';

const { isValidEntityName, isValidLabelKey, isValidLabelValue } =
  makeValidator();

/** Those labels that the catalog takes. They come from a cluster, and one that it refuses would keep the whole fleet out. */
export function entityLabels(
  labels: Readonly<Record<string, string>> = {},
): Record<string, string> | undefined {
  const valid = Object.entries(labels).filter(
    ([key, value]) => isValidLabelKey(key) && isValidLabelValue(value),
  );
  return valid.length > 0 ? Object.fromEntries(valid) : undefined;
}

/**
 * The entity that a label names. A label's value has neither ':' nor '/', so it is the name alone, of the namespace default.
 *
 * @returns as group:default/platform; undefined where the label is absent or no name
 */
export function refOfLabel(
  kind: 'group' | 'system',
  value: string | undefined,
): string | undefined {
  return value && isValidEntityName(value)
    ? `${kind}:default/${value.toLocaleLowerCase('en-US')}`
    : undefined;
}
