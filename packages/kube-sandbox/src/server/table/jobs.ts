import type { Fields } from '../../store/strategies/types';
import type { KubernetesObject } from '../../store/types';
import { ageColumn, nameColumn, templateColumns, type Column } from './columns';
import { age, humanDuration } from './duration';

export const jobColumns: Column[] = [
  nameColumn,
  { name: 'Status', description: 'Status of the job.' },
  { name: 'Completions', description: 'Pods that succeeded, of those wanted.' },
  { name: 'Duration', description: 'Time required to complete the job.' },
  ageColumn,
  ...templateColumns,
];

export const cronJobColumns: Column[] = [
  nameColumn,
  { name: 'Schedule', description: 'The schedule in Cron format.' },
  { name: 'Timezone', description: 'The time zone of the schedule.' },
  { name: 'Suspend', type: 'boolean', description: 'Whether it is suspended.' },
  { name: 'Active', type: 'integer', description: 'Jobs that run now.' },
  { name: 'Last Schedule', description: 'When a Job was last scheduled.' },
  ageColumn,
  ...templateColumns,
];

export function printJob(object: KubernetesObject, now: number): unknown[] {
  const spec = object.spec as Fields;
  const status = (object.status ?? {}) as Fields;
  const succeeded = status.succeeded ?? 0;
  return [
    object.metadata.name,
    jobStatus(object),
    completions(spec, succeeded),
    duration(object, now),
    age(object.metadata.creationTimestamp, now),
    ...template(spec.template),
    selectorText(spec.selector),
  ];
}

export function printCronJob(object: KubernetesObject, now: number): unknown[] {
  const spec = object.spec as Fields;
  const status = (object.status ?? {}) as Fields;
  return [
    object.metadata.name,
    spec.schedule,
    spec.timeZone ?? '<none>',
    spec.suspend ? 'True' : 'False',
    (status.active ?? []).length,
    status.lastScheduleTime ? age(status.lastScheduleTime, now) : '<none>',
    age(object.metadata.creationTimestamp, now),
    ...template(spec.jobTemplate.spec.template),
    '<none>',
  ];
}

function jobStatus(object: KubernetesObject): string {
  const conditions: Fields[] =
    (object.status as Fields | undefined)?.conditions ?? [];
  const has = (type: string) =>
    conditions.some(each => each.type === type && each.status === 'True');
  if (has('Complete')) {
    return 'Complete';
  }
  if (has('Failed')) {
    return 'Failed';
  }
  if (object.metadata.deletionTimestamp) {
    return 'Terminating';
  }
  if (has('Suspended')) {
    return 'Suspended';
  }
  if (has('FailureTarget')) {
    return 'FailureTarget';
  }
  return has('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

function completions(spec: Fields, succeeded: number): string {
  if (spec.completions !== undefined) {
    return `${succeeded}/${spec.completions}`;
  }
  return spec.parallelism > 1
    ? `${succeeded}/1 of ${spec.parallelism}`
    : `${succeeded}/1`;
}

function duration({ status }: KubernetesObject, now: number): string {
  const { startTime, completionTime } = (status ?? {}) as Fields;
  if (!startTime) {
    return '';
  }
  const end = completionTime ? Date.parse(completionTime) : now;
  return humanDuration(end - Date.parse(startTime));
}

function template({ spec }: Fields): string[] {
  const containers: Fields[] = spec?.containers ?? [];
  return [
    containers.map(each => each.name).join(','),
    containers.map(each => each.image).join(','),
  ];
}

function selectorText(selector: Fields | undefined): string {
  return (
    Object.entries(selector?.matchLabels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',') || '<none>'
  );
}
