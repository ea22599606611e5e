import { isDeepStrictEqual } from 'node:util';
import { invalid, type FieldProblem } from '../errors';
import type { KubernetesObject } from '../types';
import { validateJobSpec, validateJobName } from '../validation/job';
import { withPodSpecDefaults } from './podSpec';
import type { Fields, Strategy } from './types';

/** A Job's spec with what decoding fills in. Also used for the template of a CronJob. */
export function withJobSpecDefaults(spec: Fields): Fields {
  const single =
    spec.completions === undefined && spec.parallelism === undefined;
  return {
    ...spec,
    parallelism: spec.parallelism ?? 1,
    ...(single ? { completions: 1 } : {}),
    ...(spec.podFailurePolicy
      ? { podFailurePolicy: withConditionStatus(spec.podFailurePolicy) }
      : {}),
    backoffLimit:
      spec.backoffLimit ??
      (spec.backoffLimitPerIndex === undefined ? 6 : 2147483647),
    manualSelector: spec.manualSelector ?? false,
    template: withTemplateDefaults(spec.template),
    completionMode: spec.completionMode ?? 'NonIndexed',
    suspend: spec.suspend ?? false,
    podReplacementPolicy:
      spec.podReplacementPolicy ??
      (spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed'),
  };
}

export function withTemplateDefaults(template: Fields = {}): Fields {
  return {
    ...template,
    metadata: template.metadata ?? {},
    spec: withPodSpecDefaults(template.spec),
  };
}

function withConditionStatus(policy: Fields): Fields {
  return {
    ...policy,
    rules: (policy.rules ?? []).map((rule: Fields) =>
      rule.onPodConditions
        ? {
            ...rule,
            onPodConditions: rule.onPodConditions.map((pattern: Fields) => ({
              status: 'True',
              ...pattern,
            })),
          }
        : rule,
    ),
  };
}

function defaults(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    spec: withJobSpecDefaults((object.spec ?? {}) as Fields),
  };
}

export const jobStrategy: Strategy = {
  prepare(draft, { keepStatus }) {
    const object = defaults(draft);
    const spec = object.spec as Fields;
    const { uid, name, labels: ownLabels } = object.metadata;
    const templateLabels = spec.template.metadata.labels;
    const labels = spec.manualSelector
      ? templateLabels
      : {
          'batch.kubernetes.io/controller-uid': uid,
          'batch.kubernetes.io/job-name': name,
          'controller-uid': uid,
          'job-name': name,
          ...templateLabels,
        };
    // A Job without labels takes those of its template, the generated ones included.
    const inherits = !Object.keys(ownLabels ?? {}).length && labels;
    return {
      ...object,
      metadata: {
        ...object.metadata,
        ...(inherits ? { labels: { ...labels } } : {}),
      },
      spec: {
        ...spec,
        selector: spec.manualSelector
          ? spec.selector
          : {
              ...spec.selector,
              matchLabels: {
                ...spec.selector?.matchLabels,
                'batch.kubernetes.io/controller-uid': uid,
              },
            },
        template: {
          ...spec.template,
          metadata: {
            ...spec.template.metadata,
            ...(labels ? { labels } : {}),
          },
        },
      },
      status: (keepStatus && object.status) || {},
    };
  },
  defaults,
  validate(object) {
    const spec = object.spec as Fields;
    return [
      ...validateJobName(object.metadata.name),
      ...validateJobSpec(spec, 'spec'),
      ...validateSelector(object),
    ];
  },
  validateUpdate(next, current) {
    const spec = next.spec as Fields;
    const before = current.spec as Fields;
    return [
      ...validateJobSpec(spec, 'spec'),
      ...(
        ['selector', 'completionMode', 'podFailurePolicy', 'managedBy'] as const
      )
        .filter(field => !isDeepStrictEqual(spec[field], before[field]))
        .map(field => immutable(`spec.${field}`, spec[field])),
      ...(spec.completions === before.completions ||
      (spec.completionMode === 'Indexed' &&
        spec.completions === spec.parallelism)
        ? []
        : [immutable('spec.completions', spec.completions)]),
      ...validateTemplateChange(next, current),
    ];
  },
};

function immutable(field: string, value: unknown) {
  return invalid(field, value ?? null, 'field is immutable');
}

// Scheduling directives may change while a Job is suspended and never started; everything else of the template is fixed.
function validateTemplateChange(
  next: KubernetesObject,
  current: KubernetesObject,
): FieldProblem[] {
  const fixed = (object: KubernetesObject) => {
    const { metadata, spec } = (object.spec as Fields).template as Fields;
    const isMutable =
      (current.spec as Fields).suspend &&
      !(current.status as Fields | undefined)?.startTime;
    if (!isMutable) {
      return [metadata, spec];
    }
    const { nodeSelector, affinity, tolerations, schedulingGates, ...rest } =
      spec;
    return [rest];
  };
  return isDeepStrictEqual(fixed(next), fixed(current))
    ? []
    : [immutable('spec.template', (next.spec as Fields).template)];
}

function validateSelector(object: KubernetesObject): FieldProblem[] {
  const { selector, template, manualSelector } = object.spec as Fields;
  if (manualSelector) {
    return [];
  }
  const { uid } = object.metadata;
  const labels = template.metadata.labels;
  const problems: FieldProblem[] = [];
  for (const key of ['batch.kubernetes.io/controller-uid', 'controller-uid']) {
    if (labels[key] !== uid) {
      problems.push(
        invalid(
          `spec.template.metadata.labels[${key}]`,
          labels,
          `must be '${uid}'`,
        ),
      );
    }
  }
  const expected = {
    matchLabels: { 'batch.kubernetes.io/controller-uid': uid },
  };
  if (!isDeepStrictEqual(selector, expected)) {
    problems.push(
      invalid('spec.selector', selector, '`selector` not auto-generated'),
    );
  }
  const isSelected = Object.entries(selector.matchLabels).every(
    ([key, value]) => labels[key] === value,
  );
  return isSelected
    ? problems
    : [
        ...problems,
        invalid(
          'spec.template.metadata.labels',
          labels,
          '`selector` does not match template `labels`',
        ),
      ];
}
