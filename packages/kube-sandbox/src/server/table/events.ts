import type { Fields } from '../../store/strategies/types';
import type { KubernetesObject } from '../../store/types';
import { nameColumn, type Column } from './columns';
import { age } from './duration';

export const eventColumns: Column[] = [
  { name: 'Last Seen', description: 'When the event was last recorded.' },
  { name: 'Type', description: 'Normal or Warning.' },
  { name: 'Reason', description: 'A short, machine understandable reason.' },
  { name: 'Object', description: 'The object that this event is about.' },
  {
    name: 'Subobject',
    description: 'The part of the object that this event is about.',
    isWide: true,
  },
  {
    name: 'Source',
    description: 'The component reporting this event.',
    isWide: true,
  },
  { name: 'Message', description: 'A human-readable description.' },
  {
    name: 'First Seen',
    description: 'When the event was first recorded.',
    isWide: true,
  },
  {
    name: 'Count',
    description: 'How often this event occurred.',
    isWide: true,
  },
  { ...nameColumn, isWide: true },
];

export function printEvent(object: KubernetesObject, now: number): unknown[] {
  const event = object as Fields;
  const first = event.firstTimestamp ?? event.eventTime;
  const last = event.series?.lastObservedTime ?? event.lastTimestamp ?? first;
  const component = event.source?.component || event.reportingComponent || '';
  const host = event.source?.host || event.reportingInstance || '';
  const { kind = '', name = '', fieldPath = '' } = event.involvedObject;
  return [
    age(last, now),
    event.type ?? '',
    event.reason ?? '',
    `${kind.toLowerCase()}/${name}`,
    fieldPath,
    host ? `${component}, ${host}` : component,
    (event.message ?? '').trim(),
    age(first, now),
    event.series?.count ?? event.count ?? 1,
    event.metadata.name,
  ];
}
