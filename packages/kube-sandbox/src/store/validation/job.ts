import { invalid, notSupported, required, type FieldProblem } from '../errors';
import type { Fields } from '../strategies/types';
import { validatePodSpec } from './podSpec';

const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
];

/** A Job's name becomes a label of its pods, which is shorter than a name. */
export function validateJobName(name: string | undefined): FieldProblem[] {
  const problem = invalid(
    'spec.template.labels',
    name,
    'must be no more than 63 bytes',
  );
  // Once for each of the two labels that carry the name.
  return (name ?? '').length > 63 ? [problem, problem] : [];
}

/** The checks of a Job's spec, also of a CronJob's template. */
export function validateJobSpec(spec: Fields, path: string): FieldProblem[] {
  return [
    ...counts
      .filter(field => spec[field] < 0)
      .map(field =>
        invalid(
          `${path}.${field}`,
          spec[field],
          'must be greater than or equal to 0',
        ),
      ),
    ...validateManagedBy(spec.managedBy, `${path}.managedBy`),
    ...validateFailurePolicy(spec, path),
    ...validatePodSpec(spec.template.spec, `${path}.template.spec`),
    ...validateRestartPolicy(spec, `${path}.template.spec.restartPolicy`),
  ];
}

function validateManagedBy(
  value: string | undefined,
  field: string,
): FieldProblem[] {
  return value === undefined || /^[^/]+\/.+$/.test(value)
    ? []
    : [
        invalid(
          field,
          value,
          'must be a domain-prefixed path (such as "acme.io/foo")',
        ),
      ];
}

function validateRestartPolicy(spec: Fields, field: string): FieldProblem[] {
  const policy = spec.template.spec.restartPolicy;
  if (policy === 'Always') {
    return [required(field, 'valid values: "OnFailure", "Never"')];
  }
  if (policy !== 'OnFailure' && policy !== 'Never') {
    return [notSupported(field, policy, ['OnFailure', 'Never'])];
  }
  return spec.podFailurePolicy && policy !== 'Never'
    ? [
        invalid(
          field,
          policy,
          'only "Never" is supported when podFailurePolicy is specified',
        ),
      ]
    : [];
}

function validateFailurePolicy(spec: Fields, path: string): FieldProblem[] {
  const rules: Fields[] = spec.podFailurePolicy?.rules ?? [];
  return rules.flatMap((rule, index) => {
    const field = `${path}.podFailurePolicy.rules[${index}]`;
    if (!rule.onExitCodes && !rule.onPodConditions) {
      return [
        {
          field,
          reason: 'FieldValueInvalid' as const,
          message:
            'Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
        },
      ];
    }
    const values: number[] = rule.onExitCodes?.values ?? [];
    return values.flatMap((value, position) =>
      value === 0 && rule.onExitCodes.operator === 'In'
        ? [
            invalid(
              `${field}.onExitCodes.values[${position}]`,
              value,
              'must not be 0 for the In operator',
            ),
          ]
        : [],
    );
  });
}
