import type { OperationVia } from '@akko/backstage-plugin-akko-common';
import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';

/** Credentials of a person or a program. */
export type CallerCredentials = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** Who asks, and through which door. */
export interface Caller {
  credentials: CallerCredentials;
  /** Entity ref of a user, or a service's subject: as written into operations and audit events. */
  principal: string;
  via: OperationVia;
  /** Of callers over HTTP. */
  request?: Request;
}

/** Subject of the scaffolder, which acts for the user whose task it carries out. */
const SCAFFOLDER = 'plugin:scaffolder';

/** Reads from credentials who asks. The door is what Backstage vouches for: nobody can name another. */
export function callerOf(
  credentials: CallerCredentials,
  door: { via: 'action' } | { request: Request },
): Caller {
  const { principal } = credentials;
  const isUser = principal.type === 'user';
  const program = isUser ? principal.actor?.subject : principal.subject;
  const by = {
    credentials,
    principal: isUser ? principal.userEntityRef : principal.subject,
  };
  const request = 'request' in door ? door.request : undefined;
  if (program === SCAFFOLDER) {
    return { ...by, via: 'scaffolder', request };
  }
  if (!request) {
    return { ...by, via: 'action' };
  }
  return { ...by, via: isUser && !program ? 'portal' : 'api', request };
}
