import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

// The validator that openapi-typescript reads documents with, in the version that it brings.
const { createConfig, lint } = createRequire(
  fileURLToPath(import.meta.resolve('openapi-typescript')),
)('@redocly/openapi-core');

/** The parts of an error's schema each know some of its fields. The validator takes this from the rule that comes first, for all of them. */
const examples = { severity: 'error', allowAdditionalProperties: true };

/** What a reader of the document needs, beyond what the specification demands. */
const rules = {
  'no-invalid-media-type-examples': examples,
  'no-invalid-parameter-examples': examples,
  'no-invalid-schema-examples': examples,
  'operation-description': 'error',
  'operation-singular-tag': 'error',
  'operation-tag-defined': 'error',
  'parameter-description': 'error',
  'path-params-defined': 'error',
  'paths-kebab-case': 'error',
  'response-contains-header': {
    severity: 'error',
    names: { 202: ['Location'], 429: ['Retry-After'] },
  },
};

/**
 * What is wrong with an OpenAPI document, one line each.
 * @param {string} file
 * @returns {Promise<string[]>}
 */
export async function problemsOf(file) {
  const config = await createConfig(
    { oas3_1Rules: rules },
    { extends: ['recommended'] },
  );
  const problems = await lint({ ref: file, config });
  return problems.map(
    ({ ruleId, message, location: [{ pointer }] }) =>
      `${pointer}: ${message} (${ruleId})`,
  );
}
