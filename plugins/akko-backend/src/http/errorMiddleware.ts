import type { ErrorRequestHandler } from 'express';
import { toAkkoError } from '../toAkkoError';

/**
 * Writes errors in Backstage's body with a stable `error.code`. What is no known error goes on to Backstage's own handler, which logs it and
 * answers 500 without its words.
 */
export function errorMiddleware(): ErrorRequestHandler {
  return (error, request, response, next) => {
    const known = toAkkoError(error);
    if (!known || response.headersSent) {
      next(error);
      return;
    }
    const { code, fields, httpStatus: statusCode, message, name } = known;
    if (known.retryAfter !== undefined) {
      response.set('Retry-After', String(known.retryAfter));
    }
    response.status(statusCode).json({
      error: { name, message, code, ...fields },
      request: { method: request.method, url: request.originalUrl },
      response: { statusCode },
    });
  };
}
