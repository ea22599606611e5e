/** @jest-environment node */
import { execFile } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { akkoOpenApiDocument } from '..';

const run = promisify(execFile);
const here = __dirname;
const generated = join(here, '../generated');

/** A document that is good as it stands. */
const small = `
openapi: 3.1.0
info: { title: small, version: '1', license: { name: Apache-2.0, url: 'https://www.apache.org/licenses/LICENSE-2.0.html' } }
servers: [{ url: /api/small }]
security: [{ Token: [] }]
tags: [{ name: clusters, description: All of them. }]
paths:
  /clusters:
    get:
      operationId: ListClusters
      tags: [clusters]
      summary: Every cluster
      description: All of them.
      responses:
        '200':
          description: A cluster.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Cluster' }
              examples: { one: { value: { limit: 5 } } }
        '401': { description: Who are you? }
components:
  securitySchemes: { Token: { type: http, scheme: bearer } }
  schemas:
    Cluster: { type: object, properties: { limit: { type: integer, maximum: 200 } } }
`;

describe('yarn generate', () => {
  let output: string;

  beforeEach(() => {
    output = mkdtempSync(join(tmpdir(), 'akko-openapi-'));
  });
  afterEach(() => rmSync(output, { recursive: true }));

  const generate = (...options: string[]) =>
    run(process.execPath, [
      join(here, 'generate.mjs'),
      '--output',
      output,
      ...options,
    ]);

  it('finds nothing wrong with the document, and writes what is in the repository', async () => {
    await generate();
    const files = readdirSync(output);
    expect(files.sort()).toEqual(readdirSync(generated).sort());
    for (const file of files) {
      const [fresh, kept] = [output, generated].map(folder =>
        readFileSync(join(folder, file), 'utf8'),
      );
      // Not toEqual: the difference of two long files takes a minute.
      expect(`${file}: ${fresh === kept ? 'as it is' : 'stale'}`).toBe(
        `${file}: as it is`,
      );
    }
  });

  it.each([
    ['a reference to nothing', "schemas/Cluster' }", "schemas/Clusters' }"],
    ['an example that its schema refuses', 'limit: 5', 'limit: 500'],
  ])('refuses %s, and says where', async (_, from, to) => {
    const document = join(output, 'broken.yaml');
    writeFileSync(document, small.replace(from, to));
    await expect(generate('--document', document)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('#/paths/~1clusters/get/responses/200'),
    });
    expect(readdirSync(output)).toEqual(['broken.yaml']);
  });
});

describe('akkoOpenApiDocument', () => {
  it('is an OpenAPI 3.1 document that tells of itself', () => {
    expect(akkoOpenApiDocument.openapi).toMatch(/^3\.1\./);
    expect(akkoOpenApiDocument.paths['/openapi.json'].get).toMatchObject({
      operationId: 'GetOpenApiDocument',
    });
  });

  it('documents no error without its codes, and none of them in vain', () => {
    const { ErrorCode } = akkoOpenApiDocument.components.schemas as Record<
      string,
      { enum: string[] }
    >;
    const said = new Set<string>();
    const statuses = new Set<string>();
    const silent: string[] = [];
    for (const operations of Object.values(akkoOpenApiDocument.paths)) {
      for (const operation of Object.values(operations)) {
        const { responses = {} } = operation as {
          responses?: Record<string, { $ref?: string }>;
        };
        for (const [status, response] of Object.entries(responses)) {
          if (Number(status) < 400) {
            continue;
          }
          statuses.add(status);
          const codes = codesOf(resolve(response));
          codes.forEach(code => said.add(code));
          if (codes.length === 0) {
            silent.push(`${status} of ${JSON.stringify(response)}`);
          }
        }
      }
    }
    expect(silent).toEqual([]);
    expect([...statuses].sort()).toEqual(
      ['400', '401', '403', '404', '409', '422', '429', '503'].sort(),
    );
    // It is the answer to what is in no document.
    said.add('unknown-route');
    expect([...said].sort()).toEqual([...ErrorCode.enum].sort());
  });
});

function resolve(response: { $ref?: string }): object {
  const name = response.$ref?.split('/').at(-1);
  return name
    ? (akkoOpenApiDocument.components.responses[name] as object)
    : response;
}

/** The codes of an error response: those that its schema lets through. */
function codesOf(response: object): string[] {
  const texts = JSON.stringify(response);
  const rules = /"code":\{"(?:const|enum)":("[^"]+"|\[[^\]]*\])\}/.exec(texts);
  return rules ? [JSON.parse(rules[1])].flat() : [];
}
