import {
  CoreV1Api,
  RbacAuthorizationV1Api,
  type KubeConfig,
} from '@kubernetes/client-node';
import type { ClusterAccess } from '../../config';

/**
 * Makes a service account in a namespace of a real cluster that may do what the portal needs and nothing else.
 * @returns access with its token
 */
export async function createPortalAccess(
  administrator: KubeConfig,
  namespace: string,
): Promise<ClusterAccess> {
  const core = administrator.makeApiClient(CoreV1Api);
  const rbac = administrator.makeApiClient(RbacAuthorizationV1Api);
  const metadata = { name: 'akko-portal' };
  await core.createNamespacedServiceAccount({ namespace, body: { metadata } });
  await rbac.createNamespacedRole({
    namespace,
    body: {
      metadata,
      rules: [
        {
          apiGroups: ['batch'],
          resources: ['jobs', 'cronjobs'],
          verbs: ['get', 'list', 'watch'],
        },
        {
          apiGroups: [''],
          resources: ['pods', 'events', 'configmaps'],
          verbs: ['get', 'list', 'watch'],
        },
        { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
        {
          apiGroups: ['batch'],
          resources: ['jobs'],
          verbs: ['create', 'delete'],
        },
        {
          apiGroups: ['batch'],
          resources: ['cronjobs', 'cronjobs/status'],
          verbs: ['patch'],
        },
      ],
    },
  });
  await rbac.createNamespacedRoleBinding({
    namespace,
    body: {
      metadata,
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: metadata.name,
      },
      subjects: [{ kind: 'ServiceAccount', name: metadata.name, namespace }],
    },
  });
  const request = await core.createNamespacedServiceAccountToken({
    namespace,
    name: metadata.name,
    body: { spec: { audiences: [] } },
  });
  const cluster = administrator.getCurrentCluster()!;
  return {
    type: 'url',
    url: cluster.server,
    caData: cluster.caData,
    caFile: cluster.caFile,
    token: request.status!.token,
  };
}
