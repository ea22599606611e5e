import type { Config } from '@backstage/config';
import type { ClusterAccess } from './config';
import { urlProblem } from './configSchema';

/**
 * Finds a cluster by name in `kubernetes.clusterLocatorMethods[].clusters[]`, where the Backstage Kubernetes plugin has it.
 * Only its service account credentials can be used: those of a signed-in user are not there when nobody looks.
 */
export function readKubernetesPluginCluster(
  config: Config,
  name: string,
): { access: ClusterAccess } | { problem: string } {
  const clusters = (
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []
  ).flatMap(method => method.getOptionalConfigArray('clusters') ?? []);
  const cluster = clusters.find(
    candidate => candidate.getOptionalString('name') === name,
  );
  if (!cluster) {
    const names = clusters
      .map(candidate => candidate.getOptionalString('name'))
      .join(', ');
    return {
      problem: `the Kubernetes plugin has no cluster '${name}' in kubernetes.clusterLocatorMethods (there: ${
        names || 'none'
      }). Use one of these names, or give kubeconfig, inCluster or url.`,
    };
  }
  const url = cluster.getOptionalString('url');
  const wrongUrl = url ? urlProblem(url) : 'is missing.';
  if (!url || wrongUrl) {
    return { problem: `url of '${name}' in the Kubernetes plugin ${wrongUrl}` };
  }
  const provider = cluster.getOptionalString('authProvider');
  if (provider !== 'serviceAccount') {
    return {
      problem: `'${name}' has authProvider '${provider}' in the Kubernetes plugin; watching needs serviceAccount. Give kubeconfig, inCluster or url instead.`,
    };
  }
  if (cluster.getOptionalBoolean('skipTLSVerify')) {
    return {
      problem: `'${name}' has skipTLSVerify in the Kubernetes plugin, which is not supported here. Set its caData instead.`,
    };
  }
  const token = cluster.getOptionalString('serviceAccountToken');
  if (!token) {
    return {
      problem: `'${name}' has no serviceAccountToken in the Kubernetes plugin. Set it there, or use inCluster: true here.`,
    };
  }
  return {
    access: {
      type: 'url',
      url,
      caData: cluster.getOptionalString('caData'),
      caFile: cluster.getOptionalString('caFile'),
      token,
    },
  };
}
