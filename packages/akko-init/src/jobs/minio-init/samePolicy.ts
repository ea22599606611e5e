type Document = Record<string, unknown>;

/**
 * Whether two policy documents say the same. Stores keep a policy in a form of their own: one value or a list of one, `"*"` or
 * `{"AWS": ["*"]}`, an account's number or its ARN, another order.
 * Source: IAM reference, grammar of the JSON policy language; MinIO's and AWS' answers.
 */
export function samePolicy(one: Document, other: Document): boolean {
  return canonical(one) === canonical(other);
}

function canonical(policy: Document): string {
  const statements = listOf(policy.Statement).map(statement =>
    JSON.stringify(
      sortedByKey(
        Object.entries(documentOf(statement)).map(([key, value]) => [
          key,
          canonicalElement(key, value),
        ]),
      ),
    ),
  );
  return JSON.stringify([
    policy.Version ?? '2008-10-17',
    policy.Id ?? policy.ID ?? '',
    statements.sort(),
  ]);
}

function canonicalElement(key: string, value: unknown): unknown {
  switch (key) {
    case 'Sid':
    case 'Effect':
      return value;
    case 'Principal':
    case 'NotPrincipal':
      return mapOf(value === '*' ? { AWS: '*' } : value, texts =>
        texts.map(arnOfAccount),
      );
    case 'Condition':
      return sortedByKey(
        Object.entries(documentOf(value)).map(([operator, tests]) => [
          operator,
          mapOf(tests, texts => texts),
        ]),
      );
    default:
      return textsOf(value);
  }
}

function mapOf(value: unknown, change: (texts: string[]) => string[]) {
  return sortedByKey(
    Object.entries(documentOf(value)).map(([key, texts]) => [
      key,
      change(textsOf(texts)).sort(),
    ]),
  );
}

function documentOf(value: unknown): Document {
  return typeof value === 'object' && value ? (value as Document) : {};
}

function arnOfAccount(principal: string): string {
  return /^\d{12}$/.test(principal)
    ? `arn:aws:iam::${principal}:root`
    : principal;
}

function textsOf(value: unknown): string[] {
  return [...new Set(listOf(value).map(String))].sort();
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

function sortedByKey(entries: [string, unknown][]): [string, unknown][] {
  return entries.sort(([one], [other]) => (one < other ? -1 : 1));
}
