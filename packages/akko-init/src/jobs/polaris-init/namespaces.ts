import type { PolarisClient } from './PolarisClient';

/** Parts the levels of a namespace in an address (Iceberg REST catalog, `namespace` parameter). */
const LEVEL_SEPARATOR = '\u001f';

/** The namespaces with their parents, each once, a parent before its children. */
export function withParents(names: readonly string[]): string[] {
  return [
    ...new Set(
      names.flatMap(name =>
        name
          .split('.')
          .map((_, index, levels) => levels.slice(0, index + 1).join('.')),
      ),
    ),
  ];
}

/** Whether a catalog has a namespace. */
export async function hasNamespace(
  polaris: PolarisClient,
  catalog: string,
  name: string,
): Promise<boolean> {
  const doing = `read the namespace ${name} of the catalog ${catalog}`;
  const answer = await polaris.ask(
    {
      path: `${namespacesOf(catalog)}/${encodeURIComponent(
        name.split('.').join(LEVEL_SEPARATOR),
      )}`,
    },
    doing,
  );
  if (answer.status === 200) {
    return true;
  }
  if (answer.status === 404) {
    return false;
  }
  throw polaris.unexpected(answer, doing);
}

/** @returns `unchanged`, when somebody else was quicker */
export async function createNamespace(
  polaris: PolarisClient,
  catalog: string,
  name: string,
): Promise<'unchanged' | void> {
  const doing = `create the namespace ${name} in the catalog ${catalog}`;
  const answer = await polaris.ask(
    {
      method: 'POST',
      path: namespacesOf(catalog),
      json: { namespace: name.split('.'), properties: {} },
    },
    doing,
  );
  if (answer.status === 200) {
    return undefined;
  }
  if (answer.status === 409) {
    return 'unchanged';
  }
  throw polaris.unexpected(answer, doing);
}

function namespacesOf(catalog: string): string {
  return `/api/catalog/v1/${encodeURIComponent(catalog)}/namespaces`;
}
