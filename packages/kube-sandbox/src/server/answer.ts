import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { badRequest } from '../store/errors';
import { StatusError } from '../store/StatusError';
import { decodeProtobuf, protobufType } from './protobuf/decode';

// As the real server: smaller bodies are not worth compressing.
const compressionThreshold = 128 * 1024;

/** Writes a JSON body with its status code. */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  code: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) {
    return;
  }
  const text = Buffer.from(`${JSON.stringify(body)}\n`);
  const isCompressed =
    text.length > compressionThreshold &&
    String(request.headers['accept-encoding'] ?? '').includes('gzip');
  response.writeHead(code, {
    'Cache-Control': 'no-cache, private',
    'Content-Type': 'application/json',
    ...(isCompressed
      ? { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' }
      : {}),
    ...headers,
  });
  response.end(isCompressed ? gzipSync(text) : text);
}

/** Writes an error as a Status; what is no StatusError is a bug of the sandbox and says so. */
export function answerError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  const { code, status } =
    error instanceof StatusError
      ? error
      : new StatusError(
          500,
          'InternalError',
          `Internal error occurred: the sandbox failed: ${
            (error as Error)?.stack ?? error
          }`,
        );
  const retryAfter = status.details?.retryAfterSeconds;
  answer(
    request,
    response,
    code,
    status,
    retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
  );
}

/** `the server could not find the requested resource`. */
export const unknownPath = () =>
  new StatusError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );

export const methodNotAllowed = () =>
  new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );

/** Reads the whole body, at most 3 MiB as the real server; one in protobuf comes as the JSON that means the same. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > 3 * 1024 * 1024) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        'Request entity too large: limit is 3145728',
      );
    }
    chunks.push(chunk as Buffer);
  }
  const body = Buffer.concat(chunks);
  if (request.headers['content-type'] !== protobufType || size === 0) {
    return body.toString('utf8');
  }
  try {
    return JSON.stringify(decodeProtobuf(body));
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}
