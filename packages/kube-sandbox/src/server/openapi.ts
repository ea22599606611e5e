import {
  apiVersionOf,
  resourceDefinitions,
  type ResourceDefinition,
} from '../store/resources';

const documentPaths: Record<string, string> = {
  '/openapi/v3/api/v1': '',
  '/openapi/v3/apis/batch/v1': 'batch',
};

/**
 * As much OpenAPI as `kubectl` asks for: which kinds there are, and that the server checks fields itself.
 * Schemas accept any field.
 */
export function openApi(path: string): unknown {
  if (path === '/openapi/v3') {
    return {
      paths: Object.fromEntries(
        Object.keys(documentPaths).map(each => [
          each.replace('/openapi/v3/', ''),
          { serverRelativeURL: `${each}?hash=sandbox` },
        ]),
      ),
    };
  }
  if (path === '/openapi/v2') {
    return {
      swagger: '2.0',
      info: { title: 'Kubernetes', version: 'v1.35.4' },
      paths: pathsOf(resourceDefinitions),
      definitions: schemasOf(resourceDefinitions),
    };
  }
  const group = documentPaths[path];
  if (group === undefined) {
    return undefined;
  }
  const definitions = resourceDefinitions.filter(each => each.group === group);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.35.4' },
    paths: pathsOf(definitions),
    components: { schemas: schemasOf(definitions) },
  };
}

function groupVersionKind({ group, version, kind }: ResourceDefinition) {
  return { group, version, kind };
}

function pathsOf(definitions: readonly ResourceDefinition[]) {
  return Object.fromEntries(
    definitions.flatMap(definition => {
      const { group, resource, namespaced } = definition;
      const base = `/${group ? 'apis' : 'api'}/${apiVersionOf(definition)}${
        namespaced ? '/namespaces/{namespace}' : ''
      }/${resource}`;
      const operation = {
        parameters: ['dryRun', 'fieldManager', 'fieldValidation'].map(name => ({
          name,
          in: 'query',
          schema: { type: 'string' },
        })),
        responses: { 200: { description: 'OK' } },
        'x-kubernetes-group-version-kind': groupVersionKind(definition),
      };
      return [
        [base, { post: { ...operation, 'x-kubernetes-action': 'post' } }],
        [
          `${base}/{name}`,
          {
            patch: { ...operation, 'x-kubernetes-action': 'patch' },
            put: { ...operation, 'x-kubernetes-action': 'put' },
          },
        ],
      ];
    }),
  );
}

function schemasOf(definitions: readonly ResourceDefinition[]) {
  return Object.fromEntries(
    definitions.map(definition => [
      `io.k8s.api.${definition.group || 'core'}.v1.${definition.kind}`,
      {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
        'x-kubernetes-group-version-kind': [groupVersionKind(definition)],
      },
    ]),
  );
}
