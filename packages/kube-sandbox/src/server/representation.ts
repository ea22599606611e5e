import type { IncomingMessage } from 'node:http';
import { StatusError } from '../store/StatusError';
import type { ResourceDefinition } from '../store/resources';
import type { KubernetesObject } from '../store/types';
import { toTable } from './table/table';

/** In which shape the caller wants objects. */
export type Representation = 'object' | 'table' | 'metadata';

/** @throws StatusError NotAcceptable when nothing that is asked for can be given */
export function representationOf(request: IncomingMessage): Representation {
  const accept = request.headers.accept || '*/*';
  for (const range of accept.split(',')) {
    const [type, ...parameters] = range.split(';').map(part => part.trim());
    const as = parameters.find(part => part.startsWith('as='))?.slice(3);
    const version = parameters.find(part => part.startsWith('v='))?.slice(2);
    if (!['application/json', 'application/*', '*/*'].includes(type)) {
      continue;
    }
    if (!as) {
      return 'object';
    }
    if (version === 'v1' && as === 'Table') {
      return 'table';
    }
    if (version === 'v1' && as.startsWith('PartialObjectMetadata')) {
      return 'metadata';
    }
  }
  throw new StatusError(
    406,
    'NotAcceptable',
    '406: Not Acceptable\n\nAvailable representations: application/json, application/json;stream=watch',
    {},
  );
}

/** Metadata of a list. */
export interface ListMetadata {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

interface RenderOptions {
  representation: Representation;
  definition: ResourceDefinition;
  now: number;
  /** The query's `includeObject`; of tables only. */
  includeObject: string | null;
}

export function renderList(
  options: RenderOptions,
  metadata: ListMetadata,
  items: readonly KubernetesObject[],
): unknown {
  const { representation, definition } = options;
  if (representation === 'table') {
    return toTable(options, metadata, items);
  }
  if (representation === 'metadata') {
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      items: items.map(toPartial),
    };
  }
  return {
    kind: `${definition.kind}List`,
    apiVersion: items[0]?.apiVersion ?? apiVersion(definition),
    metadata,
    items: items.map(({ apiVersion: _, kind: __, ...item }) => item),
  };
}

export function renderObject(
  options: RenderOptions,
  object: KubernetesObject,
): unknown {
  switch (options.representation) {
    case 'table':
      return toTable(
        options,
        { resourceVersion: object.metadata.resourceVersion },
        [object],
      );
    case 'metadata':
      return toPartial(object);
    default:
      return object;
  }
}

function apiVersion({ group, version }: ResourceDefinition) {
  return group ? `${group}/${version}` : version;
}

/** `PartialObjectMetadata` of an object. */
function toPartial({ metadata }: KubernetesObject) {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
  };
}
