import { findResource, type ResourceDefinition } from '../store/resources';

/** What a request is about, as `RequestInfo` of the API server. */
export interface RequestInfo {
  /** As RBAC names it; for paths outside resources the lower-case HTTP method. */
  verb: string;
  path: string;
  query: URLSearchParams;
  isResourceRequest: boolean;
  group: string;
  version: string;
  /** Plural, also where the sandbox does not serve it; empty for other paths. */
  resource: string;
  definition?: ResourceDefinition;
  namespace?: string;
  name?: string;
  subresource?: string;
}

const writeVerbs: Record<string, string> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
};

/**
 * @param url - path and query as on the request line
 * @throws URIError for a path whose escapes make no sense
 */
export function parseRequest(method: string, url: string): RequestInfo {
  const { pathname, searchParams } = new URL(url, 'http://sandbox');
  const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const groupParts = parts[0] === 'apis' ? 3 : 2;
  const base: RequestInfo = {
    verb: method.toLowerCase(),
    path: pathname,
    query: searchParams,
    isResourceRequest: false,
    group: '',
    version: '',
    resource: '',
  };
  if (
    (parts[0] !== 'api' && parts[0] !== 'apis') ||
    parts.length <= groupParts
  ) {
    return base;
  }
  const [group, version] =
    parts[0] === 'apis' ? [parts[1], parts[2]] : ['', parts[1]];
  const rest = parts.slice(groupParts);
  const target = parseTarget(rest);
  return {
    ...base,
    ...target,
    verb: verbOf(method, searchParams, target.name),
    isResourceRequest: true,
    group,
    version,
    definition:
      version === 'v1' ? findResource(group, target.resource) : undefined,
  };
}

function parseTarget(rest: string[]) {
  const isInNamespace =
    rest[0] === 'namespaces' &&
    rest.length > 2 &&
    !['status', 'finalize'].includes(rest[2]);
  if (isInNamespace) {
    const [, namespace, resource, name, subresource, ...extra] = rest;
    return { namespace, resource, name, subresource: join(subresource, extra) };
  }
  const [resource, name, subresource, ...extra] = rest;
  return { resource, name, subresource: join(subresource, extra) };
}

/** No subresource has parts, so that what is too long is none. */
function join(
  subresource: string | undefined,
  extra: string[],
): string | undefined {
  return subresource && [subresource, ...extra].join('/');
}

function verbOf(
  method: string,
  query: URLSearchParams,
  name: string | undefined,
): string {
  if (method === 'GET' || method === 'HEAD') {
    if (isTrue(query.get('watch')) && !name) {
      return 'watch';
    }
    return name ? 'get' : 'list';
  }
  if (method === 'DELETE') {
    return name ? 'delete' : 'deletecollection';
  }
  return writeVerbs[method] ?? method.toLowerCase();
}

/** Go's reading of a boolean query parameter. */
export function isTrue(value: string | null): boolean {
  return value !== null && !['false', '0'].includes(value);
}
