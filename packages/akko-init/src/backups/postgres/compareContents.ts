import type { DatabaseContents } from '../manifest';

/**
 * In which way what was restored differs from what was dumped, a sentence without its full stop each. Versions of extensions may differ: a server
 * makes those that it has.
 */
export function compareContents(
  dumped: DatabaseContents,
  restored: DatabaseContents,
): string[] {
  const differences: string[] = [];
  const rowsOf = ({ tables }: DatabaseContents) =>
    new Map(
      tables.map(({ schema, name, rows }) => [`${schema}.${name}`, rows]),
    );
  const now = rowsOf(restored);
  const before = rowsOf(dumped);
  for (const [table, rows] of before) {
    const there = now.get(table);
    if (there === undefined) {
      differences.push(`table ${table} is missing`);
    } else if (there !== rows) {
      differences.push(`table ${table} has ${there} rows instead of ${rows}`);
    }
  }
  for (const table of now.keys()) {
    if (!before.has(table)) {
      differences.push(`table ${table} is not in the manifest`);
    }
  }
  if (dumped.largeObjects !== restored.largeObjects) {
    differences.push(
      `the number of large objects is ${restored.largeObjects} instead of ${dumped.largeObjects}`,
    );
  }
  const extensions = new Set(restored.extensions.map(({ name }) => name));
  for (const { name } of dumped.extensions) {
    if (!extensions.has(name)) {
      differences.push(`extension ${name} is missing`);
    }
  }
  return differences;
}
