import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request, RequestHandler, Response } from 'express';
import { callerOf, type Caller, type CallLimits } from '../access';

/** What {@link createDoor} works with. */
export interface DoorOptions {
  httpAuth: HttpAuthService;
  limits: CallLimits;
}

/** Answers a request of a caller who is known. */
export type Handler = (
  request: Request,
  response: Response,
  caller: Caller,
) => Promise<void>;

/** Makes routes for callers who say who they are and do not ask too often: nothing is registered on the router in another way. */
export function createDoor({ httpAuth, limits }: DoorOptions) {
  return (handler: Handler): RequestHandler =>
    async (request, response) => {
      const caller = callerOf(
        await httpAuth.credentials(request, { allow: ['user', 'service'] }),
        { request },
      );
      await limits.count(
        caller.principal,
        request.method === 'POST' ? 'changes' : 'reads',
      );
      await handler(request, response, caller);
    };
}
