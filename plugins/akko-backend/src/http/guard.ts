import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type { Request, RequestHandler, Response } from 'express';
import { AkkoError } from '../errors';

/** A person or a program. */
export type Caller = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** What every route declares before it does anything. */
export interface RouteRules {
  /** Id of the audit event. */
  eventId: string;
  /** Where it depends on what is asked for: read from a request that is not parsed yet. */
  permission: BasicPermission | ((request: Request) => BasicPermission);
  severity?: AuditorServiceEventSeverityLevel;
}

/** What a handler may add to its audit event. */
export type Audit = (meta: JsonObject) => void;

/** A handler that runs only for callers who may. */
export type GuardedHandler = (
  request: Request,
  response: Response,
  context: { caller: Caller; audit: Audit },
) => Promise<void>;

/** What {@link createGuard} works with. */
export interface GuardOptions {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
}

/** Makes routes that authenticate, authorize and audit: nothing is registered on the router in another way. */
export function createGuard(options: GuardOptions) {
  const { httpAuth, permissions, auditor } = options;
  return (rules: RouteRules, handler: GuardedHandler): RequestHandler =>
    async (request, response) => {
      const caller = await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const meta: JsonObject = { ...request.params };
      const event = await auditor.createEvent({
        eventId: rules.eventId,
        severityLevel: rules.severity ?? 'low',
        request,
        meta,
      });
      try {
        const permission =
          typeof rules.permission === 'function'
            ? rules.permission(request)
            : rules.permission;
        const [{ result }] = await permissions.authorize([{ permission }], {
          credentials: caller,
        });
        if (result !== AuthorizeResult.ALLOW) {
          throw new AkkoError(
            'not-allowed',
            `This needs the permission ${permission.name}, which you do not have. Ask those who run this portal for it.`,
            { permission: permission.name },
          );
        }
        const outcome: JsonObject = {};
        await handler(request, response, {
          caller,
          audit: more => Object.assign(outcome, more),
        });
        await event.success({ meta: outcome });
      } catch (error) {
        assertError(error);
        await event.fail({ error });
        throw error;
      }
    };
}

/** Who asks, as written into operations: an entity ref, or a service's subject. */
export function principalOf({ principal }: Caller): string {
  return principal.type === 'user'
    ? principal.userEntityRef
    : principal.subject;
}
