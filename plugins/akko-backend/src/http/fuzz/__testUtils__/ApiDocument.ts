import { akkoOpenApiDocument } from '@akko/backstage-plugin-akko-common';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** A JSON schema, as far as requests are made from it. */
export interface Schema {
  type?: string;
  enum?: string[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  allowEmptyValue?: boolean;
  schema: Schema;
}

/** One method of one path, without references. */
export interface Operation {
  id: string;
  method: 'GET' | 'POST';
  /** Such as `/runs/{id}`. */
  template: string;
  parameters: Parameter[];
  body?: { schema: Schema; examples: unknown[] };
  responses: Record<string, DocumentedResponse>;
}

export interface DocumentedResponse {
  headers: { name: string; required?: boolean }[];
  /** Its schema by media type; nothing where the answer has no body. */
  content: Record<string, ValidateFunction>;
}

type Json = Record<string, any>;

/** The OpenAPI document, taken apart: it knows nothing of the code that it describes. */
export class ApiDocument {
  private readonly ajv = new Ajv({ strict: false, allErrors: false });
  readonly operations: Operation[];
  /** Body of every error. */
  readonly isError: ValidateFunction;
  readonly errorCodes: readonly string[];

  constructor(private readonly document: Json = akkoOpenApiDocument) {
    addFormats(this.ajv);
    this.ajv.addSchema(document, 'api');
    this.isError = this.validator(['components', 'schemas', 'ErrorResponse']);
    this.errorCodes = document.components.schemas.ErrorCode.enum;
    this.operations = Object.entries<Json>(document.paths).flatMap(
      ([template, item]) =>
        Object.keys(item)
          .filter(key => key !== 'parameters')
          .map(method => this.operation(template, item, method)),
    );
  }

  /** Whether a value fits one of the document's schemas. */
  fits(schema: Schema, value: unknown): boolean {
    return this.ajv.validate(schema, value);
  }

  /** The operation that a path below the API's base is meant for; undefined where there is none. */
  find(method: string, path: string): Operation | undefined {
    const asked = method === 'HEAD' ? 'GET' : method;
    return this.operations.find(
      operation => operation.method === asked && isOf(operation.template, path),
    );
  }

  private operation(template: string, item: Json, method: string): Operation {
    const operation = item[method];
    const pointer = ['paths', template, method];
    const body = operation.requestBody?.content['application/json'];
    return {
      id: operation.operationId,
      method: method.toUpperCase() as Operation['method'],
      template,
      parameters: [
        ...(item.parameters ?? []),
        ...(operation.parameters ?? []),
      ].map(each => this.whole(each)),
      body: body && {
        schema: this.whole(body.schema),
        examples: Object.values<Json>(body.examples).map(({ value }) => value),
      },
      responses: Object.fromEntries(
        Object.entries<Json>(operation.responses).map(([status, response]) => {
          const place = response.$ref
            ? response.$ref.slice(2).split('/')
            : [...pointer, 'responses', status];
          return [status, this.response(place)];
        }),
      ),
    };
  }

  private response(pointer: string[]): DocumentedResponse {
    const { content = {}, headers = {} } = at(this.document, pointer);
    return {
      headers: Object.entries<Json>(headers).map(([name, header]) => ({
        name,
        required: this.whole(header).required,
      })),
      content: Object.fromEntries(
        Object.keys(content).map(type => [
          type,
          this.validator([...pointer, 'content', type, 'schema']),
        ]),
      ),
    };
  }

  private validator(pointer: string[]): ValidateFunction {
    const escaped = pointer.map(part =>
      encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1')),
    );
    return this.ajv.getSchema(`api#/${escaped.join('/')}`)!;
  }

  /** A part of the document with what it refers to in the place of the references. */
  private whole(part: any): any {
    if (Array.isArray(part)) {
      return part.map(each => this.whole(each));
    }
    if (typeof part !== 'object' || part === null) {
      return part;
    }
    if (typeof part.$ref === 'string') {
      return this.whole(at(this.document, part.$ref.slice(2).split('/')));
    }
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, this.whole(value)]),
    );
  }
}

function at(document: Json, pointer: string[]): Json {
  return pointer.reduce((part, key) => part[key], document);
}

/** As routers compare: case does not matter, nor does a slash at the end. */
function isOf(template: string, path: string): boolean {
  const parts = (text: string) => text.replace(/\/$/, '').split('/');
  const wanted = parts(template);
  const given = parts(path);
  return (
    wanted.length === given.length &&
    wanted.every((part, index) =>
      part.startsWith('{')
        ? given[index] !== ''
        : part.toLowerCase() === given[index].toLowerCase(),
    )
  );
}
