import { isAllowed } from './access';
import { answer, methodNotAllowed, readBody, unknownPath } from './answer';
import type { Call } from './types';

/** The virtual resources of `authorization.k8s.io/v1` that ask about oneself. */
export async function review(call: Call): Promise<void> {
  const { info } = call;
  if (info.version !== 'v1' || info.name) {
    throw unknownPath();
  }
  if (info.verb !== 'create') {
    throw methodNotAllowed();
  }
  const body = JSON.parse((await readBody(call.request)) || '{}') as {
    spec?: {
      resourceAttributes?: Record<string, string>;
      nonResourceAttributes?: { path?: string };
      namespace?: string;
    };
  };
  const spec = body.spec ?? {};
  switch (info.resource) {
    case 'selfsubjectaccessreviews':
      answerReview(call, 'SelfSubjectAccessReview', spec, accessOf(call, spec));
      break;
    case 'selfsubjectrulesreviews':
      answerReview(
        call,
        'SelfSubjectRulesReview',
        {},
        {
          resourceRules: rulesOf(call, spec.namespace ?? ''),
          nonResourceRules: [
            {
              verbs: ['get'],
              nonResourceURLs: [
                '/api',
                '/api/*',
                '/apis',
                '/apis/*',
                '/version',
              ],
            },
          ],
          incomplete: false,
        },
      );
      break;
    default:
      throw unknownPath();
  }
}

function answerReview(
  { request, response }: Call,
  kind: string,
  spec: unknown,
  status: unknown,
): void {
  answer(request, response, 201, {
    kind,
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec,
    status,
  });
}

function accessOf(
  { user }: Call,
  spec: { resourceAttributes?: Record<string, string> },
) {
  const asked = spec.resourceAttributes;
  const allowed = asked
    ? isAllowed(user, {
        verb: asked.verb ?? '*',
        resource: asked.resource ?? '*',
        subresource: asked.subresource || undefined,
        namespace: asked.namespace || undefined,
      })
    : isAllowed(user, { verb: '*', resource: '*' });
  return {
    allowed,
    ...(allowed ? { reason: `allowed for "${user.name}" by the sandbox` } : {}),
  };
}

function rulesOf({ user }: Call, namespace: string) {
  return [
    ...user.rules
      .filter(
        rule =>
          !rule.namespaces ||
          rule.namespaces.includes('*') ||
          rule.namespaces.includes(namespace),
      )
      .map(({ verbs, resources }) => ({
        verbs,
        apiGroups: ['*'],
        resources,
      })),
    {
      verbs: ['create'],
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    },
  ];
}
