import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { callerOf, type Caller, type CallLimits } from '../access';
import { AkkoError } from '../errors';
import { toAkkoError } from '../toAkkoError';

/** What {@link ActionDoor} works with. */
export interface ActionDoorOptions {
  auth: AuthService;
  limits: CallLimits;
}

/** The way in for registered actions: who asks is known and does not ask too often, and errors are those that Backstage knows. */
export class ActionDoor {
  constructor(private readonly options: ActionDoorOptions) {}

  /** Carries an action out. */
  async open<Output>(
    kind: 'reads' | 'changes',
    credentials: BackstageCredentials,
    act: (caller: Caller) => Promise<Output>,
  ): Promise<{ output: Output }> {
    const { auth, limits } = this.options;
    try {
      if (
        !auth.isPrincipal(credentials, 'user') &&
        !auth.isPrincipal(credentials, 'service')
      ) {
        throw new AuthenticationError(
          'Only users and services may use the actions of AKKO. Sign in, or send a token.',
        );
      }
      const caller = callerOf(credentials, { via: 'action' });
      await limits.count(caller.principal, kind);
      return { output: await act(caller) };
    } catch (error) {
      throw backstageError(error);
    }
  }
}

/** Backstage answers an error by its class; it has none for some of ours. */
function backstageError(error: unknown): unknown {
  const known = toAkkoError(error);
  if (!known) {
    return error;
  }
  return Object.assign(classOf(known), { code: known.code, ...known.fields });
}

function classOf({ httpStatus, message }: AkkoError): Error {
  switch (httpStatus) {
    case 401:
      return new AuthenticationError(message);
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    case 429:
    case 503:
      return new ServiceUnavailableError(message);
    default:
      return new InputError(message);
  }
}
