import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';

/** What a rule of `spec.podFailurePolicy` says of a failed pod; `Count` where none matches. */
export type FailureVerdict =
  | { action: 'Count' | 'Ignore' }
  | { action: 'FailJob'; message: string };

/** Looks for the first rule that matches a failed pod, as the Job controller of Kubernetes 1.35. */
export function judgeFailure(
  policy: Fields | undefined,
  pod: KubernetesObject,
): FailureVerdict {
  for (const [index, rule] of (policy?.rules ?? []).entries()) {
    const because = rule.onExitCodes
      ? matchingExitCode(rule.onExitCodes, pod)
      : matchingCondition(rule.onPodConditions ?? [], pod);
    if (because) {
      return rule.action === 'FailJob'
        ? {
            action: 'FailJob',
            message: `${because} matching FailJob rule at index ${index}`,
          }
        : { action: rule.action === 'Ignore' ? 'Ignore' : 'Count' };
    }
  }
  return { action: 'Count' };
}

function matchingExitCode(
  { containerName, operator, values }: Fields,
  pod: KubernetesObject,
): string | undefined {
  const status = pod.status as Fields;
  const all: Fields[] = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
  ];
  const match = all.find(({ name, state }) => {
    const code = state?.terminated?.exitCode;
    const isMeant = !containerName || containerName === name;
    return (
      isMeant &&
      code !== undefined &&
      code !== 0 &&
      values.includes(code) === (operator === 'In')
    );
  });
  const { namespace, name } = pod.metadata;
  return (
    match &&
    `Container ${match.name} for pod ${namespace}/${name} failed with exit code ${match.state.terminated.exitCode}`
  );
}

function matchingCondition(
  patterns: Fields[],
  pod: KubernetesObject,
): string | undefined {
  const conditions: Fields[] = (pod.status as Fields).conditions ?? [];
  const match = patterns.find(pattern =>
    conditions.some(
      ({ type, status }) =>
        type === pattern.type && status === (pattern.status ?? 'True'),
    ),
  );
  const { namespace, name } = pod.metadata;
  return match && `Pod ${namespace}/${name} has condition ${match.type}`;
}
