import fc from 'fast-check';
import type { ApiDocument, Operation, Parameter } from './ApiDocument';
import { mutations, type Mutation } from './mutations';
import { fitting } from './values';

/** Who asks. */
export type CallerName =
  | 'operator'
  | 'reader'
  | 'stranger'
  | 'nobody'
  | 'forger';

/** A segment of a path: what the fleet has of this kind, or text as it stands in the request line. */
export type Segment = { kind: string; index: number } | { raw: string };

/** A request as it is drawn, before names and ids of the fleet are put in. */
export interface DrawnRequest {
  operation: string;
  caller: CallerName;
  method: string;
  template: string;
  path: Record<string, Segment>;
  /** After the path, before the query. */
  suffix: string;
  query: [name: string, value: string][];
  /** Ask for the page after the last one, where there is one. */
  withCursor: boolean;
  /** Send the ETag of an earlier answer. */
  etag?: number;
  headers: Record<string, string>;
  body?: string;
}

/** Requests that mean something, and then up to three things that are wrong with them. A failing one shrinks to those that matter. */
export function drawnRequests(document: ApiDocument): fc.Arbitrary<DrawnRequest> {
  return fc
    .oneof(
      ...document.operations.map(operation => ({
        // What changes something has the most to get wrong.
        weight: operation.method === 'POST' ? 4 : 1,
        arbitrary: fc.tuple(
          goodRequest(operation),
          fc.oneof(
            { weight: 3, arbitrary: fc.constant([]) },
            {
              weight: 4,
              arbitrary: fc.array(mutations(operation), {
                minLength: 1,
                maxLength: 3,
              }),
            },
          ),
        ),
      })),
    )
    .map(([request, changes]) =>
      (changes as Mutation[]).reduce((changed, change) => change(changed), request),
    );
}

function goodRequest(operation: Operation): fc.Arbitrary<DrawnRequest> {
  const { body, id, method, parameters, template } = operation;
  return fc
    .record({
      path: goodPath(parameters.filter(({ in: place }) => place === 'path')),
      query: goodQuery(parameters.filter(({ in: place }) => place === 'query')),
      withCursor: fc.boolean(),
      etag: fc.option(fc.nat(1000), { nil: undefined, freq: 4 }),
      key: fc.option(
        fc.oneof(
          // Few, so that some come again.
          fc.nat(5).map(number => `deploy-${number}`),
          fc.uuid(),
        ),
        { nil: undefined },
      ),
      sent: body ? goodBody(body) : fc.constant(undefined),
    })
    .map(({ etag, key, path, query, sent, withCursor }) => ({
      operation: id,
      caller: 'operator' as const,
      method,
      template,
      path,
      suffix: '',
      query,
      withCursor:
        withCursor && parameters.some(({ name }) => name === 'cursor'),
      etag: method === 'GET' ? etag : undefined,
      headers: {
        ...(sent !== undefined && { 'Content-Type': 'application/json' }),
        ...(key !== undefined && sent !== undefined && { 'Idempotency-Key': key }),
      },
      body: sent,
    }));
}

/** Cluster, namespace and release are mostly those of one instance. */
function goodPath(
  parameters: Parameter[],
): fc.Arbitrary<Record<string, Segment>> {
  return fc.tuple(fc.nat(1000), fc.nat(1000)).map(([instance, other]) =>
    Object.fromEntries(
      parameters.map(({ name, schema }) => {
        const isOfInstance = ['cluster', 'namespace', 'release'].includes(name);
        return [
          name,
          {
            kind: name === 'id' ? kindOf(schema, parameters) : name,
            index: isOfInstance ? instance : other,
          },
        ];
      }),
    ),
  );
}

function kindOf(_: unknown, __: unknown): string {
  return 'run';
}

function goodQuery(
  parameters: Parameter[],
): fc.Arbitrary<[string, string][]> {
  return fc
    .subarray(parameters.filter(({ name }) => name !== 'cursor'))
    .chain(chosen =>
      fc.tuple(
        ...chosen.map(({ name, schema }) =>
          fitting(schema).map(value => [name, String(value)] as [string, string]),
        ),
      ),
    );
}

function goodBody({
  examples,
  schema,
}: NonNullable<Operation['body']>): fc.Arbitrary<string> {
  return fc
    .oneof(
      {
        weight: 5,
        arbitrary: fc
          .tuple(fc.constantFrom(...examples), fc.boolean())
          .map(([example, dryRun]) => ({ ...(example as object), dryRun })),
      },
      { weight: 1, arbitrary: fitting(schema) },
    )
    .map(value => JSON.stringify(value));
}
