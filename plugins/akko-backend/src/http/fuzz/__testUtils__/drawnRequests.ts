import type { InstanceRef } from '@akko/backstage-plugin-akko-common';
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

/** A request as it is drawn, before ids that are only known later are put in. */
export interface DrawnRequest {
  operation: string;
  caller: CallerName;
  method: string;
  /** Of the path, in the place of each parameter, as it stands in the request line; a number stands for an id that an earlier answer told. */
  path: Record<string, string | number>;
  /** After the path. */
  suffix: string;
  query: [name: string, value: string][];
  /** Ask for the page after an earlier one. */
  withCursor: boolean;
  /** Send the ETag of an earlier answer. */
  withEtag: boolean;
  headers: Record<string, string>;
  body?: string;
}

/** What the fleet has. */
export interface Names {
  instances: InstanceRef[];
  /** Of parameters, by the parameter's name. */
  values: Record<string, string[]>;
}

/** Requests that mean something, and then up to three things that are wrong with them. A failing one shrinks to those that matter. */
export function drawnRequests(
  document: ApiDocument,
  names: Names,
): fc.Arbitrary<DrawnRequest> {
  return fc.oneof(
    ...document.operations.map(operation => ({
      // What changes something has the most to get wrong.
      weight: operation.method === 'POST' ? 4 : 1,
      arbitrary: fc
        .tuple(
          goodRequest(operation, names),
          fc.oneof(
            { weight: 3, arbitrary: fc.constant<Mutation[]>([]) },
            {
              weight: 4,
              arbitrary: fc.array(mutations(operation), {
                minLength: 1,
                maxLength: 3,
              }),
            },
          ),
        )
        .map(([request, changes]) =>
          readable(
            changes.reduce((changed, change) => change(changed), request),
          ),
        ),
    })),
  );
}

/** Servers read no more of a request line and its headers than 16 KiB; what is longer never comes to the API. */
const LONGEST_URL = 8000;

function readable(request: DrawnRequest): DrawnRequest {
  const length = [...Object.values(request.path), ...request.query.flat()]
    .map(part => encodeURIComponent(part).length)
    .reduce((sum, each) => sum + each, 0);
  return length > LONGEST_URL ? { ...request, query: [] } : request;
}

function goodRequest(
  operation: Operation,
  names: Names,
): fc.Arbitrary<DrawnRequest> {
  const { body, id, method, parameters } = operation;
  const isPaged = parameters.some(({ name }) => name === 'cursor');
  return fc
    .record({
      path: goodPath(parameters, names),
      query: goodQuery(parameters, names),
      withCursor: isPaged ? fc.boolean() : fc.constant(false),
      withEtag: method === 'GET' ? fc.boolean() : fc.constant(false),
      // Few, so that some come again.
      key: fc.option(
        fc.nat(5).map(number => `deploy-${number}`),
        { nil: undefined },
      ),
      sent: body ? goodBody(body) : fc.constant(undefined),
    })
    .map(({ key, sent, ...rest }) => ({
      ...rest,
      operation: id,
      caller: 'operator' as const,
      method,
      suffix: '',
      headers: {
        ...(sent !== undefined && { 'Content-Type': 'application/json' }),
        ...(sent !== undefined && key && { 'Idempotency-Key': key }),
      },
      body: sent,
    }));
}

/** Cluster, namespace and release are those of one instance. */
function goodPath(
  parameters: Parameter[],
  { instances, values }: Names,
): fc.Arbitrary<DrawnRequest['path']> {
  return fc
    .tuple(fc.constantFrom(...instances), fc.nat(1000))
    .map(([instance, number]) =>
      Object.fromEntries(
        parameters
          .filter(({ in: place }) => place === 'path')
          .map(({ name }) => [
            name,
            instance[name as keyof InstanceRef] ??
              values[name]?.[number % values[name].length] ??
              number,
          ]),
      ),
    );
}

function goodQuery(
  parameters: Parameter[],
  { values }: Names,
): fc.Arbitrary<[string, string][]> {
  const known = parameters.filter(
    ({ in: place, name }) => place === 'query' && name !== 'cursor',
  );
  return fc.subarray(known).chain(chosen =>
    fc.tuple(
      ...chosen.map(({ name, schema }) =>
        fc
          .oneof(
            {
              weight: values[name] ? 9 : 0,
              arbitrary: fc.constantFrom(...(values[name] ?? [''])),
            },
            { weight: 1, arbitrary: fitting(schema) },
          )
          .map(value => [name, String(value)] as [string, string]),
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
          .tuple(
            fc.constantFrom(...examples),
            fc.constantFrom({}, {}, {}, { dryRun: false }, { dryRun: true }),
          )
          .map(([example, more]) => ({ ...(example as object), ...more })),
      },
      { weight: 1, arbitrary: fitting(schema) },
    )
    .map(value => JSON.stringify(value));
}
