import fc from 'fast-check';
import type { Operation } from './ApiDocument';
import type { CallerName, DrawnRequest } from './drawnRequests';
import { hostileBody } from './hostileBodies';
import { hostileSegment, hostileText } from './hostile';
import { doubtful } from './values';

/** Spoils a request, or at least tries. */
export type Mutation = (request: DrawnRequest) => DrawnRequest;

/** Three of each, and there is room for the rest of what servers read. */
const LONGEST_PATH = 2500;
const LONGEST_HEADER = 1000;

const doubtfulParameter = (parameters: Operation['parameters']) =>
  fc.constantFrom(...parameters).chain(({ name, schema }) =>
    doubtful(schema).map(
      (value): Mutation =>
        request => ({
          ...request,
          withCursor: request.withCursor && name !== 'cursor',
          query: [
            ...request.query.filter(([key]) => key !== name),
            [name, value],
          ],
        }),
    ),
  );

const repeatedParameter = (parameters: Operation['parameters']) =>
  fc
    .tuple(fc.constantFrom(...parameters), fc.constantFrom('1', 'true', 'x'))
    .map(
      ([{ name }, value]): Mutation =>
        request => ({
          ...request,
          query: [...request.query, [name, value], [name, value]],
        }),
    );

const composedParameter = (parameters: Operation['parameters']) =>
  fc
    .tuple(
      fc.constantFrom(...parameters),
      fc.constantFrom('[]', '[0]', '[a]', '[a][b]'),
    )
    .map(
      ([{ name }, brackets]): Mutation =>
        request => ({
          ...request,
          query: [...request.query, [`${name}${brackets}`, '1']],
        }),
    );

const unknownParameter = fc.tuple(hostileText, hostileText).map(
  ([name, value]): Mutation =>
    request => ({ ...request, query: [...request.query, [`x${name}`, value]] }),
);

const hostilePath = (parameters: Operation['parameters']) =>
  fc.tuple(fc.constantFrom(...parameters), hostileSegment).map(
    ([{ name }, segment]): Mutation =>
      request =>
        segment.length > LONGEST_PATH
          ? request
          : { ...request, path: { ...request.path, [name]: segment } },
  );

const otherPath = fc
  .constantFrom('/', '//', '/x', '/..', '/%2e', '.json', '%20')
  .map(
    (suffix): Mutation =>
      request => ({ ...request, suffix }),
  );

const otherMethod = fc
  .constantFrom('HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND')
  .map(
    (method): Mutation =>
      request => ({ ...request, method }),
  );

const otherCaller = fc
  .constantFrom<CallerName>('reader', 'stranger', 'nobody', 'forger')
  .map(
    (caller): Mutation =>
      request => ({ ...request, caller }),
  );

const hostileHeader = fc
  .tuple(
    fc.constantFrom(
      'Idempotency-Key',
      'If-None-Match',
      'If-Match',
      'If-Modified-Since',
      'Range',
      'Accept',
      'Accept-Encoding',
      'Accept-Language',
      'Cookie',
      'Origin',
      'Referer',
      'X-Forwarded-For',
      'X-Forwarded-Host',
      'X-HTTP-Method-Override',
      'X-Request-Id',
    ),
    fc.oneof(
      hostileText,
      fc.constantFrom(
        '*',
        '"',
        'W/"',
        '"a", W/"b"',
        'bytes=0-1',
        'bytes=9-',
        'bytes=-1,0-0',
        'text/html',
        '*/*;q=0',
        'br, zstd',
        'backstage-auth=x',
        'DELETE',
        'x'.repeat(200),
        'x'.repeat(201),
      ),
    ),
  )
  .map(
    ([name, value]): Mutation =>
      request => ({
        ...request,
        withEtag: request.withEtag && name !== 'If-None-Match',
        headers: { ...request.headers, [name]: headerOf(value) },
      }),
  );

/** What a header can carry: UTF-8 as bytes, without line breaks and other control characters. */
function headerOf(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
    .slice(0, LONGEST_HEADER);
}

const otherBody = (operation: Operation) =>
  hostileBody(operation.body).map(
    (body): Mutation =>
      request => ({
        ...request,
        body,
        headers: { 'Content-Type': 'application/json', ...request.headers },
      }),
  );

const otherType = fc
  .constantFrom<Record<string, string>[]>(
    { 'Content-Type': 'text/plain' },
    { 'Content-Type': 'application/xml' },
    { 'Content-Type': 'multipart/form-data; boundary=x' },
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    { 'Content-Type': 'application/json; charset=latin1' },
    { 'Content-Type': 'application/json; charset=utf-8' },
    { 'Content-Type': 'APPLICATION/JSON' },
    { 'Content-Type': ';' },
    { 'Content-Encoding': 'gzip' },
    { 'Content-Encoding': 'br' },
    { 'Content-Encoding': 'identity, x' },
  )
  .map(
    (headers): Mutation =>
      request => ({
        ...request,
        headers: { ...request.headers, ...headers },
      }),
  );

/** What can be wrong with a request for an operation. */
export function mutations(operation: Operation): fc.Arbitrary<Mutation> {
  const { method, parameters } = operation;
  const inQuery = parameters.filter(({ in: place }) => place === 'query');
  const inPath = parameters.filter(({ in: place }) => place === 'path');
  return fc.oneof(
    ...(inQuery.length > 0
      ? [
          { weight: 6, arbitrary: doubtfulParameter(inQuery) },
          { weight: 1, arbitrary: repeatedParameter(inQuery) },
          { weight: 1, arbitrary: composedParameter(inQuery) },
        ]
      : []),
    ...(inPath.length > 0
      ? [{ weight: 5, arbitrary: hostilePath(inPath) }]
      : []),
    { weight: 1, arbitrary: unknownParameter },
    { weight: 1, arbitrary: otherPath },
    { weight: 1, arbitrary: otherMethod },
    { weight: 2, arbitrary: otherCaller },
    { weight: 3, arbitrary: hostileHeader },
    { weight: method === 'POST' ? 12 : 1, arbitrary: otherBody(operation) },
    ...(method === 'POST' ? [{ weight: 3, arbitrary: otherType }] : []),
  );
}
