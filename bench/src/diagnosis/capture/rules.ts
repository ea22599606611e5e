import type { CaseContext } from './CaseContext';
import { olderJob } from './objects';
import type { KubernetesObject } from './types';

/** A quota of the namespace. */
export function quota(
  name: string,
  hard: Record<string, string>,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name },
    spec: { hard },
  };
}

/** Limits of containers in the namespace. */
export function limitRange(name: string, limits: object): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name },
    spec: { limits: [{ type: 'Container', ...limits }] },
  };
}

/**
 * A ValidatingAdmissionPolicy for pods of the case's namespace alone; removed at the end, because it belongs to the cluster. Returns once the API
 * server goes by it.
 */
export async function admissionPolicy(
  context: CaseContext,
  policy: { name: string; expression: string; message: string },
): Promise<void> {
  const { name, expression, message } = policy;
  const { namespace } = context;
  context.atEnd(() =>
    context.kubectl(
      'delete',
      'validatingadmissionpolicies,validatingadmissionpolicybindings',
      name,
      '--ignore-not-found',
    ),
  );
  await context.create(
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          namespaceSelector: {
            matchLabels: { 'kubernetes.io/metadata.name': namespace },
          },
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE'],
              resources: ['pods'],
            },
          ],
        },
        validations: [{ expression, message }],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  );
  await context.until('the policy to be in force', async () => {
    const { spec } = olderJob({ job: 'try', script: 'true' });
    const { output } = await context.tryToCreate({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'try' },
      spec: spec.template.spec,
    });
    if (output.includes(name)) {
      return true;
    }
    await context.kubectl(
      'delete',
      'pod',
      'try',
      '--ignore-not-found',
      '--now',
    );
    return false;
  });
}
