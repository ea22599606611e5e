import { ClusterCallError } from './clusters/ClusterCallError';
import { AkkoError, type AkkoErrorCode } from './errors';

/** Codes of errors that Backstage and express throw, by name. */
const CODE_OF_NAME: Record<string, AkkoErrorCode> = {
  AuthenticationError: 'not-authenticated',
  NotAllowedError: 'not-allowed',
  InputError: 'invalid-request',
};

/** Largest body that is read. */
export const BODY_LIMIT = '100kb';
/** So much of a parser's message is repeated, which quotes what it could not read. */
const QUOTED = 200;

/** What is wrong with a body, by the type that express gives its error. */
const BODY_PROBLEMS: Record<string, (message: string) => string> = {
  'entity.parse.failed': message =>
    `is no valid JSON: ${message.slice(0, QUOTED)}`,
  'entity.too.large': () => `is larger than ${BODY_LIMIT}`,
};

/** The error that a caller sees; undefined for those that are our own fault. */
export function toAkkoError(error: unknown): AkkoError | undefined {
  if (error instanceof AkkoError) {
    return error;
  }
  if (error instanceof ClusterCallError) {
    const isRefused = error.kind === 'refused' || error.kind === 'invalid';
    return new AkkoError(
      isRefused ? 'cluster-refused' : 'cluster-unreachable',
      `Cluster '${error.cluster}' ${
        isRefused ? 'refuses this' : 'does not answer as it should'
      }: ${error.message}`,
    );
  }
  const { name, message, status, type } = (error ?? {}) as {
    name?: string;
    message?: string;
    status?: number;
    type?: string;
  };
  const code = CODE_OF_NAME[name ?? ''];
  if (code) {
    return new AkkoError(code, message ?? '');
  }
  // A body that is no JSON, one that is too large, a path that cannot be decoded.
  if (status === undefined || status < 400 || status >= 500) {
    return undefined;
  }
  const problem = BODY_PROBLEMS[type ?? '']?.(message ?? '');
  return problem
    ? new AkkoError('invalid-request', `The body ${problem}.`, {
        details: [{ field: 'body', message: problem }],
      })
    : new AkkoError('invalid-request', message ?? 'The request is not valid');
}
