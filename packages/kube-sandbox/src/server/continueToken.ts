import { badRequest } from '../store/errors';
import { StatusError } from '../store/StatusError';

/** Where the next page of a list starts, and of which state it is. */
export interface ContinueToken {
  /** -1: of the newest state, because the old one is gone. */
  rv: number;
  /** Key of the last object that was given out. */
  start: string;
}

export function encodeContinue({ rv, start }: ContinueToken): string {
  return Buffer.from(
    JSON.stringify({ v: 'meta.k8s.io/v1', rv, start: `${start}\u0000` }),
  ).toString('base64url');
}

/** @throws StatusError BadRequest for what is no token of this server */
export function decodeContinue(text: string): ContinueToken {
  let token: { v?: string; rv?: number; start?: string };
  try {
    token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    throw badRequest(
      `invalid continue token: continue key is not valid: ${
        (error as Error).message
      }`,
    );
  }
  if (token.v !== 'meta.k8s.io/v1' || !token.rv || !token.start) {
    throw badRequest(
      `invalid continue token: continue key is not valid: server does not recognize this encoded version ${JSON.stringify(
        token.v ?? '',
      )}`,
    );
  }
  return { rv: token.rv, start: token.start.split('\u0000')[0] };
}

/** 410 with a token that goes on inconsistently, as the real server offers. */
export function expiredContinue(token: ContinueToken): StatusError {
  const error = new StatusError(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
  );
  error.status.metadata = {
    continue: encodeContinue({ rv: -1, start: token.start }),
  };
  return error;
}
