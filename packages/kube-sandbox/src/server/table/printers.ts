import type { Fields } from '../../store/strategies/types';
import type { KubernetesObject, ResourceName } from '../../store/types';
import { age } from './duration';
import { eventColumns, printEvent } from './events';
import { cronJobColumns, jobColumns, printCronJob, printJob } from './jobs';
import { podColumns, printPod } from './pods';
import { ageColumn, nameColumn, type Column, type Printer } from './columns';

const withAge = (...columns: Column[]) => [nameColumn, ...columns, ageColumn];

const size = (values: unknown) => Object.keys((values ?? {}) as Fields).length;

const accessModes: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

const printers: Record<ResourceName, Printer> = {
  configmaps: {
    columns: withAge({ name: 'Data', description: 'Number of keys.' }),
    cells: (object, now) => [
      object.metadata.name,
      size(object.data) + size(object.binaryData),
      age(object.metadata.creationTimestamp, now),
    ],
  },
  secrets: {
    columns: withAge(
      { name: 'Type', description: 'What the secret is for.' },
      { name: 'Data', description: 'Number of keys.' },
    ),
    cells: (object, now) => [
      object.metadata.name,
      object.type,
      size(object.data),
      age(object.metadata.creationTimestamp, now),
    ],
  },
  serviceaccounts: {
    columns: withAge(),
    cells: ({ metadata }, now) => [
      metadata.name,
      age(metadata.creationTimestamp, now),
    ],
  },
  namespaces: {
    columns: withAge({
      name: 'Status',
      description: 'The status of the namespace',
    }),
    cells: ({ metadata, status }, now) => [
      metadata.name,
      (status as Fields | undefined)?.phase ?? '',
      age(metadata.creationTimestamp, now),
    ],
  },
  persistentvolumeclaims: {
    columns: [
      ...withAge(
        { name: 'Status', description: 'The current phase.' },
        { name: 'Volume', description: 'The volume that is bound.' },
        { name: 'Capacity', description: 'The size of the volume.' },
        { name: 'Access Modes', description: 'How the volume can be mounted.' },
        { name: 'StorageClass', description: 'StorageClass of the pvc' },
        {
          name: 'VolumeAttributesClass',
          description: 'VolumeAttributesClass of the pvc',
        },
      ),
      {
        name: 'VolumeMode',
        description: 'Filesystem or Block.',
        isWide: true,
      },
    ],
    cells: printClaim,
  },
  pods: { columns: podColumns, cells: printPod },
  events: { columns: eventColumns, cells: printEvent },
  jobs: { columns: jobColumns, cells: printJob },
  cronjobs: { columns: cronJobColumns, cells: printCronJob },
};

/** Columns and cells of a kind, as the real server prints it. */
export function printerOf(resource: ResourceName): Printer {
  return printers[resource];
}

function printClaim(object: KubernetesObject, now: number): unknown[] {
  const spec = object.spec as Fields;
  const status = (object.status ?? {}) as Fields;
  const isBound = Boolean(spec.volumeName);
  return [
    object.metadata.name,
    object.metadata.deletionTimestamp ? 'Terminating' : status.phase ?? '',
    spec.volumeName ?? '',
    isBound ? status.capacity?.storage ?? '' : '',
    isBound
      ? (status.accessModes ?? [])
          .map((mode: string) => accessModes[mode])
          .join(',')
      : '',
    spec.storageClassName ?? '',
    spec.volumeAttributesClassName ?? '<unset>',
    age(object.metadata.creationTimestamp, now),
    spec.volumeMode ?? '<unset>',
  ];
}
