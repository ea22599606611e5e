import type { ResourceDefinition } from '../../store/resources';
import type { KubernetesObject } from '../../store/types';
import type { ListMetadata } from '../representation';
import { printerOf } from './printers';

/** A `meta.k8s.io/v1` Table, what `kubectl get` prints. */
export function toTable(
  options: {
    definition: ResourceDefinition;
    now: number;
    includeObject: string | null;
  },
  metadata: ListMetadata,
  items: readonly KubernetesObject[],
): unknown {
  const { columns, cells } = printerOf(options.definition.resource);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(column => ({
      name: column.name,
      type: column.type ?? 'string',
      format: column.name === 'Name' ? 'name' : '',
      description: column.description,
      priority: column.isWide ? 1 : 0,
    })),
    rows: items.map(item => ({
      cells: cells(item, options.now),
      ...(options.includeObject === 'None'
        ? {}
        : {
            object:
              options.includeObject === 'Object'
                ? item
                : {
                    kind: 'PartialObjectMetadata',
                    apiVersion: 'meta.k8s.io/v1',
                    metadata: item.metadata,
                  },
          }),
    })),
  };
}
