import { StatusError } from '../store/StatusError';
import type { RequestInfo } from './requestInfo';

/** What a token may do. `*` stands for everything; a subresource is named `pods/log`. */
export interface AccessRule {
  verbs: string[];
  resources: string[];
  /** Default: every namespace and the cluster scope. */
  namespaces?: string[];
}

/** A bearer token that the sandbox accepts. */
export interface AccessToken {
  token: string;
  /** As error texts name the user; default `system:serviceaccount:kube-system:sandbox`. */
  user?: string;
  /** Default: everything is allowed. */
  rules?: AccessRule[];
}

export interface User {
  name: string;
  rules: AccessRule[];
}

const everything: AccessRule[] = [{ verbs: ['*'], resources: ['*'] }];
const anonymous: User = { name: 'system:anonymous', rules: [] };

const publicPaths = ['/healthz', '/livez', '/readyz', '/version'];
const authenticatedPaths = ['/api', '/apis', '/openapi'];

/** @throws StatusError Unauthorized for a token that is not known */
export function authenticate(
  authorization: string | undefined,
  tokens: Iterable<AccessToken>,
): User {
  const given = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1]?.trim();
  if (given === undefined) {
    return anonymous;
  }
  for (const { token, user, rules } of tokens) {
    if (token === given) {
      return {
        name: user ?? 'system:serviceaccount:kube-system:sandbox',
        rules: rules ?? everything,
      };
    }
  }
  throw new StatusError(401, 'Unauthorized', 'Unauthorized');
}

/** The question that RBAC answers. */
export interface Attributes {
  verb: string;
  resource: string;
  subresource?: string;
  namespace?: string;
}

export function isAllowed(user: User, asked: Attributes): boolean {
  const resource = asked.subresource
    ? `${asked.resource}/${asked.subresource}`
    : asked.resource;
  return user.rules.some(
    rule =>
      includes(rule.verbs, asked.verb) &&
      includes(rule.resources, resource) &&
      (rule.namespaces === undefined ||
        includes(rule.namespaces, asked.namespace ?? '')),
  );
}

/** @throws StatusError Forbidden, in RBAC's words */
export function authorize(user: User, info: RequestInfo): void {
  if (info.isResourceRequest) {
    if (
      !isAllowed(user, info) &&
      !(user !== anonymous && info.group === 'authorization.k8s.io')
    ) {
      throw forbiddenResource(user, info);
    }
    return;
  }
  const isPublic = startsWithAny(info.path, publicPaths);
  const isOpen =
    user !== anonymous && startsWithAny(info.path, authenticatedPaths);
  if (
    !isPublic &&
    !isOpen &&
    !user.rules.some(rule => includes(rule.resources, '*'))
  ) {
    throw new StatusError(
      403,
      'Forbidden',
      `forbidden: User "${user.name}" cannot ${info.verb} path "${info.path}"`,
      {},
    );
  }
}

function forbiddenResource(user: User, info: RequestInfo): StatusError {
  const qualified = info.group
    ? `${info.resource}.${info.group}`
    : info.resource;
  const resource = info.subresource
    ? `${info.resource}/${info.subresource}`
    : info.resource;
  return new StatusError(
    403,
    'Forbidden',
    `${qualified}${info.name ? ` "${info.name}"` : ''} is forbidden: User "${
      user.name
    }" cannot ${info.verb} resource "${resource}" in API group "${
      info.group
    }" ${
      info.namespace
        ? `in the namespace "${info.namespace}"`
        : 'at the cluster scope'
    }`,
    {
      ...(info.name ? { name: info.name } : {}),
      ...(info.group ? { group: info.group } : {}),
      kind: info.resource,
    },
  );
}

function includes(list: string[], value: string) {
  return list.includes('*') || list.includes(value);
}

function startsWithAny(path: string, prefixes: string[]) {
  return prefixes.some(
    prefix => path === prefix || path.startsWith(`${prefix}/`),
  );
}
