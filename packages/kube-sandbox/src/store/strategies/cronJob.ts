import type { KubernetesObject } from '../types';
import { validateCronJob } from '../validation/cronJob';
import { withTemplateDefaults } from './job';
import type { Fields, Strategy } from './types';

function defaults(object: KubernetesObject): KubernetesObject {
  const spec = (object.spec ?? {}) as Fields;
  const jobTemplate: Fields = spec.jobTemplate ?? {};
  return {
    ...object,
    spec: {
      ...spec,
      concurrencyPolicy: spec.concurrencyPolicy ?? 'Allow',
      suspend: spec.suspend ?? false,
      jobTemplate: {
        ...jobTemplate,
        metadata: jobTemplate.metadata ?? {},
        spec: {
          ...jobTemplate.spec,
          template: withTemplateDefaults(jobTemplate.spec?.template),
        },
      },
      successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
      failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
    },
    ...(object.status ? { status: withoutEmptyList(object.status) } : {}),
  };
}

/** Go leaves an empty list out of what it writes. */
function withoutEmptyList(value: unknown): Fields {
  const { active, ...status } = value as Fields;
  return active?.length ? { active, ...status } : status;
}

export const cronJobStrategy: Strategy = {
  prepare: (draft, { keepStatus }) => ({
    ...defaults(draft),
    status: (keepStatus && draft.status) || {},
  }),
  defaults,
  validate: validateCronJob,
  validateUpdate: validateCronJob,
};
