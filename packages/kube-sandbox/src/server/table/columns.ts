import type { KubernetesObject } from '../../store/types';

export interface Column {
  name: string;
  type?: 'string' | 'integer' | 'boolean';
  description: string;
  /** Only shown with `-o wide`. */
  isWide?: boolean;
}

/** How `kubectl get` shows a kind. */
export interface Printer {
  columns: Column[];
  /** @param now - milliseconds since the epoch, for ages */
  cells(object: KubernetesObject, now: number): unknown[];
}

export const nameColumn: Column = {
  name: 'Name',
  description: 'Name must be unique within a namespace.',
};

export const ageColumn: Column = {
  name: 'Age',
  description: 'Time since the object was created.',
};

/** The wide columns of what has a pod template. */
export const templateColumns: Column[] = [
  {
    name: 'Containers',
    description: 'Names of each container in the template.',
    isWide: true,
  },
  {
    name: 'Images',
    description: 'Images referenced by each container in the template.',
    isWide: true,
  },
  {
    name: 'Selector',
    description: 'A label query over pods that should match the pod count.',
    isWide: true,
  },
];
