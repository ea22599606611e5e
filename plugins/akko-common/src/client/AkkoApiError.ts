import type { ErrorResponse } from '../types';

/**
 * An error that the AKKO API answered with.
 * @public
 */
export class AkkoApiError extends Error {
  readonly name = 'AkkoApiError';
  /** HTTP status. */
  readonly status: number;
  /** Stable code, such as `already-running` (docs: HTTP API, errors). */
  readonly code?: string;
  /** The fields that are wrong, with `invalid-request`. */
  readonly details: { field: string; message: string }[];
  /** The running operation, with `already-running`. */
  readonly operation?: string;
  /** The missing permission, with `not-allowed`. */
  readonly permission?: string;

  constructor(status: number, body: ErrorResponse['error']) {
    super(body.message);
    this.status = status;
    this.code = body.code;
    this.details = body.details ?? [];
    this.operation = body.operation;
    this.permission = body.permission;
  }

  /**
   * Reads the error out of an answer; also of a proxy's answer that is not JSON.
   * @param status - HTTP status of the answer
   * @param body - what the answer carried, parsed if it was JSON
   */
  static of(status: number, body: unknown): AkkoApiError {
    const error = (body as Partial<ErrorResponse> | undefined)?.error;
    return new AkkoApiError(
      status,
      error?.message
        ? error
        : {
            name: 'Error',
            message: `The portal's backend answered with status ${status}`,
          },
    );
  }
}
