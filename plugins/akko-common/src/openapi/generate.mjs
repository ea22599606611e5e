#!/usr/bin/env node
// Writes src/generated from openapi.yaml: the types, and the document as a constant. Refuses a document that is not OpenAPI 3.1, or whose examples
// do not fit their schemas.
/* eslint-disable no-console -- a tool for the command line */
/* eslint-disable @backstage/no-undeclared-imports -- its libraries are the root's, as those of all tools are */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { parse } from 'yaml';
import { problemsOf } from './lint.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const { values: options } = parseArgs({
  options: {
    document: { type: 'string', default: join(here, 'openapi.yaml') },
    output: { type: 'string', default: join(here, '../generated') },
  },
});

const constant = document => `/**
 * This file was generated from openapi.yaml by \`yarn generate\`.
 * Do not make direct changes to the file.
 */
import type { OpenApiDocument } from '../openapi/OpenApiDocument';

/**
 * The OpenAPI 3.1 document of the AKKO API, as a portal serves it at \`/api/akko/openapi.json\`, but for the portal's address in \`servers\`.
 * @public
 */
export const akkoOpenApiDocument: OpenApiDocument = ${JSON.stringify(
  document,
  null,
  2,
)};
`;

async function main({ document, output }) {
  const problems = await problemsOf(document);
  if (problems.length > 0) {
    throw new Error(`${document} has problems:\n${problems.join('\n')}`);
  }
  const types = await openapiTS(pathToFileURL(document), { silent: true });
  writeFileSync(
    join(output, 'schema.ts'),
    `${COMMENT_HEADER}${astToString(types)}`,
  );
  writeFileSync(
    join(output, 'document.ts'),
    constant(parse(readFileSync(document, 'utf8'))),
  );
}

main(options).catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
