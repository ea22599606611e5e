import type { ResourceName } from './types';

/** How the API serves one kind of object. */
export interface ResourceDefinition {
  resource: ResourceName;
  singular: string;
  kind: string;
  /** Empty for the core group. */
  group: string;
  version: 'v1';
  namespaced: boolean;
  shortNames?: string[];
  categories?: string[];
  verbs: string[];
  subresources: { name: string; kind: string; verbs: string[] }[];
  /** Kinds that count changes of their spec in `metadata.generation`. */
  hasGeneration?: boolean;
  /** Field labels beyond `metadata.name` and `metadata.namespace`, each with the path it reads. */
  fieldLabels?: string[];
}

const allVerbs = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

const statusOf = (kind: string) => ({
  name: 'status',
  kind,
  verbs: ['get', 'patch', 'update'],
});

const core = { group: '', version: 'v1', namespaced: true } as const;
const batch = { group: 'batch', version: 'v1', namespaced: true } as const;

/** Everything the sandbox serves, in the order of the discovery documents. */
export const resourceDefinitions: readonly ResourceDefinition[] = [
  {
    ...core,
    resource: 'configmaps',
    singular: 'configmap',
    kind: 'ConfigMap',
    shortNames: ['cm'],
    verbs: allVerbs,
    subresources: [],
  },
  {
    ...core,
    resource: 'events',
    singular: 'event',
    kind: 'Event',
    shortNames: ['ev'],
    verbs: allVerbs,
    subresources: [],
    fieldLabels: [
      'involvedObject.kind',
      'involvedObject.namespace',
      'involvedObject.name',
      'involvedObject.uid',
      'involvedObject.apiVersion',
      'involvedObject.resourceVersion',
      'involvedObject.fieldPath',
      'reason',
      'reportingComponent',
      'source',
      'type',
    ],
  },
  {
    ...core,
    namespaced: false,
    resource: 'namespaces',
    singular: 'namespace',
    kind: 'Namespace',
    shortNames: ['ns'],
    verbs: allVerbs.filter(verb => verb !== 'deletecollection'),
    subresources: [
      { name: 'finalize', kind: 'Namespace', verbs: ['update'] },
      statusOf('Namespace'),
    ],
    fieldLabels: ['status.phase'],
  },
  {
    ...core,
    resource: 'persistentvolumeclaims',
    singular: 'persistentvolumeclaim',
    kind: 'PersistentVolumeClaim',
    shortNames: ['pvc'],
    verbs: allVerbs,
    subresources: [statusOf('PersistentVolumeClaim')],
  },
  {
    ...core,
    resource: 'pods',
    singular: 'pod',
    kind: 'Pod',
    shortNames: ['po'],
    categories: ['all'],
    verbs: allVerbs,
    subresources: [
      { name: 'log', kind: 'Pod', verbs: ['get'] },
      statusOf('Pod'),
    ],
    hasGeneration: true,
    fieldLabels: [
      'spec.nodeName',
      'spec.restartPolicy',
      'spec.schedulerName',
      'spec.serviceAccountName',
      'status.phase',
      'status.podIP',
      'status.nominatedNodeName',
    ],
  },
  {
    ...core,
    resource: 'secrets',
    singular: 'secret',
    kind: 'Secret',
    verbs: allVerbs,
    subresources: [],
    fieldLabels: ['type'],
  },
  {
    ...core,
    resource: 'serviceaccounts',
    singular: 'serviceaccount',
    kind: 'ServiceAccount',
    shortNames: ['sa'],
    verbs: allVerbs,
    subresources: [],
  },
  {
    ...batch,
    resource: 'cronjobs',
    singular: 'cronjob',
    kind: 'CronJob',
    shortNames: ['cj'],
    categories: ['all'],
    verbs: allVerbs,
    subresources: [statusOf('CronJob')],
    hasGeneration: true,
  },
  {
    ...batch,
    resource: 'jobs',
    singular: 'job',
    kind: 'Job',
    categories: ['all'],
    verbs: allVerbs,
    subresources: [statusOf('Job')],
    hasGeneration: true,
    fieldLabels: ['status.successful'],
  },
];

const byName = new Map(
  resourceDefinitions.map(definition => [definition.resource, definition]),
);

/** @throws Error for a resource that the sandbox does not serve */
export function resourceDefinition(resource: ResourceName): ResourceDefinition {
  const definition = byName.get(resource);
  if (!definition) {
    throw new Error(
      `The sandbox serves no resource "${resource}". Served: ${[
        ...byName.keys(),
      ].join(', ')}.`,
    );
  }
  return definition;
}

/** @returns undefined where the group does not serve that plural name */
export function findResource(
  group: string,
  resource: string,
): ResourceDefinition | undefined {
  const definition = byName.get(resource as ResourceName);
  return definition?.group === group ? definition : undefined;
}

/** `v1` or `batch/v1`. */
export function apiVersionOf(definition: ResourceDefinition): string {
  return definition.group
    ? `${definition.group}/${definition.version}`
    : definition.version;
}

/** As error texts name it: `pods`, `jobs.batch`. */
export function qualifiedResource(definition: ResourceDefinition): string {
  return definition.group
    ? `${definition.resource}.${definition.group}`
    : definition.resource;
}

/** As error texts name it: `Pod`, `Job.batch`. */
export function qualifiedKind(definition: ResourceDefinition): string {
  return definition.group
    ? `${definition.kind}.${definition.group}`
    : definition.kind;
}
