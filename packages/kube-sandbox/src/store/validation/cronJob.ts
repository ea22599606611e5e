import { CronExpressionParser } from 'cron-parser';
import { invalid, notSupported, required, type FieldProblem } from '../errors';
import type { Fields } from '../strategies/types';
import type { KubernetesObject } from '../types';
import { validateJobSpec } from './job';

const policies = ['Allow', 'Forbid', 'Replace'];

/** The checks of a CronJob. */
export function validateCronJob(object: KubernetesObject): FieldProblem[] {
  const spec = object.spec as Fields;
  return [
    ...validateSchedule(spec.schedule),
    ...validateTimeZone(spec.timeZone),
    ...(policies.includes(spec.concurrencyPolicy)
      ? []
      : [
          notSupported(
            'spec.concurrencyPolicy',
            spec.concurrencyPolicy,
            policies,
          ),
        ]),
    ...validateJobSpec(spec.jobTemplate.spec, 'spec.jobTemplate.spec'),
  ];
}

function validateSchedule(schedule: string | undefined): FieldProblem[] {
  const field = 'spec.schedule';
  if (!schedule) {
    return [required(field)];
  }
  if (schedule.includes('TZ')) {
    return [
      invalid(
        field,
        schedule,
        'cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ),
    ];
  }
  if (schedule.startsWith('@')) {
    return [];
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) {
    return [
      invalid(
        field,
        schedule,
        `expected exactly 5 fields, found ${fields.length}: [${fields.join(
          ' ',
        )}]`,
      ),
    ];
  }
  try {
    CronExpressionParser.parse(schedule);
    return [];
  } catch (error) {
    return [invalid(field, schedule, (error as Error).message)];
  }
}

function validateTimeZone(timeZone: string | undefined): FieldProblem[] {
  if (timeZone === undefined) {
    return [];
  }
  try {
    Intl.DateTimeFormat('en', { timeZone });
    return [];
  } catch {
    return [
      invalid('spec.timeZone', timeZone, `unknown time zone ${timeZone}`),
    ];
  }
}
