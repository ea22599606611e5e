import {
  resourceDefinitions,
  type ResourceDefinition,
} from '../store/resources';
import { answer } from './answer';
import { openApi } from './openapi';
import type { Call } from './types';

const authorization = {
  group: 'authorization.k8s.io',
  resources: [
    ['selfsubjectaccessreviews', 'SelfSubjectAccessReview'],
    ['selfsubjectrulesreviews', 'SelfSubjectRulesReview'],
  ] as const,
};

/** Of the release whose behaviour the sandbox follows, marked so that nobody takes it for a real one. */
export const gitVersion = 'v1.35.4+sandbox';

const groupVersions = [
  { group: 'authorization.k8s.io', version: 'v1' },
  { group: 'batch', version: 'v1' },
];

/** Answers what is no resource: discovery, version, health, OpenAPI. @returns false for unknown paths */
export function answerPath(call: Call): boolean {
  const { info, request, response } = call;
  const path = info.path.replace(/\/$/, '') || '/';
  if (['/healthz', '/livez', '/readyz'].includes(path)) {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('ok');
    return true;
  }
  const aggregated =
    /apidiscovery\.k8s\.io;v=v2;as=APIGroupDiscoveryList|as=APIGroupDiscoveryList;.*v=v2/.test(
      String(request.headers.accept ?? ''),
    );
  if (aggregated && (path === '/api' || path === '/apis')) {
    answer(request, response, 200, aggregatedDiscovery(path), {
      'Content-Type':
        'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
      Vary: 'Accept',
    });
    return true;
  }
  const body = documents(path, request.headers.host ?? '') ?? openApi(path);
  if (body) {
    answer(request, response, 200, body);
  }
  return body !== undefined;
}

function documents(path: string, host: string): unknown {
  switch (path) {
    case '/':
      return {
        paths: [
          '/api',
          '/api/v1',
          '/apis',
          ...groupVersions.flatMap(({ group, version }) => [
            `/apis/${group}`,
            `/apis/${group}/${version}`,
          ]),
          '/healthz',
          '/livez',
          '/openapi/v2',
          '/openapi/v3',
          '/readyz',
          '/version',
        ],
      };
    case '/version':
      return {
        major: '1',
        minor: '35',
        emulationMajor: '1',
        emulationMinor: '35',
        minCompatibilityMajor: '1',
        minCompatibilityMinor: '34',
        gitVersion,
        gitCommit: '',
        gitTreeState: '',
        buildDate: '1970-01-01T00:00:00Z',
        goVersion: '',
        compiler: '',
        platform: 'sandbox',
      };
    case '/api':
      return {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [
          { clientCIDR: '0.0.0.0/0', serverAddress: host },
        ],
      };
    case '/apis':
      return {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: groupVersions.map(groupDocument),
      };
    case '/api/v1':
      return resourceList('v1', '');
    default: {
      const [group, version] = path.replace('/apis/', '').split('/');
      const known = groupVersions.find(
        each =>
          path.startsWith('/apis/') &&
          each.group === group &&
          (version === undefined || each.version === version),
      );
      if (!known) {
        return undefined;
      }
      return version
        ? resourceList(`${group}/${version}`, group)
        : { kind: 'APIGroup', apiVersion: 'v1', ...groupDocument(known) };
    }
  }
}

function groupDocument({ group, version }: { group: string; version: string }) {
  const entry = { groupVersion: `${group}/${version}`, version };
  return { name: group, versions: [entry], preferredVersion: entry };
}

function resourceList(groupVersion: string, group: string) {
  return {
    kind: 'APIResourceList',
    ...(group ? { apiVersion: 'v1' } : {}),
    groupVersion,
    resources:
      group === authorization.group
        ? authorization.resources.map(([name, kind]) => ({
            name,
            singularName: kind.toLowerCase(),
            namespaced: false,
            kind,
            verbs: ['create'],
          }))
        : resourceDefinitions
            .filter(definition => definition.group === group)
            .flatMap(listed),
  };
}

function listed(definition: ResourceDefinition) {
  const { resource, singular, namespaced, kind, verbs } = definition;
  return [
    {
      name: resource,
      singularName: singular,
      namespaced,
      kind,
      verbs,
      ...(definition.shortNames ? { shortNames: definition.shortNames } : {}),
      ...(definition.categories ? { categories: definition.categories } : {}),
    },
    ...definition.subresources.map(subresource => ({
      name: `${resource}/${subresource.name}`,
      singularName: '',
      namespaced,
      kind: subresource.kind,
      verbs: subresource.verbs,
    })),
  ];
}

function aggregatedDiscovery(path: string) {
  const groups =
    path === '/api'
      ? [{ metadata: {}, versions: [versionOf('')] }]
      : [
          {
            metadata: { name: authorization.group },
            versions: [
              {
                version: 'v1',
                resources: authorization.resources.map(([resource, kind]) => ({
                  resource,
                  responseKind: { group: '', version: '', kind },
                  scope: 'Cluster',
                  singularResource: kind.toLowerCase(),
                  verbs: ['create'],
                })),
                freshness: 'Current',
              },
            ],
          },
          { metadata: { name: 'batch' }, versions: [versionOf('batch')] },
        ];
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups,
  };
}

function versionOf(group: string) {
  return {
    version: 'v1',
    resources: resourceDefinitions
      .filter(definition => definition.group === group)
      .map(definition => ({
        resource: definition.resource,
        responseKind: { group: '', version: '', kind: definition.kind },
        scope: definition.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: definition.singular,
        verbs: definition.verbs,
        ...(definition.shortNames ? { shortNames: definition.shortNames } : {}),
        ...(definition.categories ? { categories: definition.categories } : {}),
        ...(definition.subresources.length > 0
          ? {
              subresources: definition.subresources.map(each => ({
                subresource: each.name,
                responseKind: { group: '', version: '', kind: each.kind },
                verbs: each.verbs,
              })),
            }
          : {}),
      })),
    freshness: 'Current',
  };
}
