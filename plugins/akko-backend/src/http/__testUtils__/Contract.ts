import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import Ajv, { type ErrorObject } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Response } from 'supertest';
import { parse } from 'yaml';

/** The OpenAPI document, as far as answers are held to it. */
export class Contract {
  private readonly ajv = new Ajv({ strict: false, allErrors: true });

  constructor() {
    addFormats(this.ajv);
    const file = resolvePackagePath(
      '@akko/backstage-plugin-akko-common',
      'src/openapi/openapi.yaml',
    );
    this.ajv.addSchema(parse(readFileSync(file, 'utf8')), 'api');
  }

  /** What is wrong with a JSON answer. @param schema - its name in the document */
  problemsOf(schema: string, { body }: Pick<Response, 'body'>): ErrorObject[] {
    const validate = this.ajv.getSchema(`api#/components/schemas/${schema}`);
    if (!validate) {
      throw new Error(`The OpenAPI document has no schema ${schema}`);
    }
    validate(body);
    return validate.errors ?? [];
  }
}
